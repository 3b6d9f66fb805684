/** What is wrong with an input, in the words of who wrote it. */
export interface Complaint {
  /** The prop as its owner spells it, such as `backupDays` or `load.perInstance`. */
  readonly prop: string;
  /** What must hold, so that it reads after "must": `be between 1 and 35`. */
  readonly must: string;
  readonly got: unknown;
  /**
   * What to write instead.
   *
   * @default - the rule says it all
   */
  readonly mend?: string;
}

/** `<path>: 'backupDays' must be between 1 and 35, got 0; <mend>`: the one form of every refusal. */
export function complain(path: string, { prop, must, got, mend }: Complaint): string {
  const value = got === undefined ? "nothing" : JSON.stringify(got);
  return `${path}: '${prop}' must ${must}, got ${value}${mend ? `; ${mend}` : ""}`;
}
