/** What is wrong with an answer, or nothing. */
export function differs(got: unknown, wanted: unknown): string | undefined {
  const [is, should] = [got, wanted].map((value) => JSON.stringify(value));
  return is === should ? undefined : `expected ${should}, got ${is}`;
}
