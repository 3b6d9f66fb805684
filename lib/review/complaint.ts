/** What is wrong, in the words of who wrote it; the same form as every refusal of this library. */
export interface Fault {
  readonly prop: string;
  /** What must hold, so that it reads after "must". */
  readonly must: string;
  readonly got: unknown;
  /** What to write instead. */
  readonly mend: string;
}

/** `<path>: 'period' must be a multiple of 60, got 45; <mend>`. */
export function complain(path: string, { prop, must, got, mend }: Fault): string {
  return `${path}: '${prop}' must ${must}, got ${got === undefined ? "nothing" : JSON.stringify(got)}; ${mend}`;
}
