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
  return `${path}: '${prop}' must ${must}, got ${shown(got)}${mend ? `; ${mend}` : ""}`;
}

/** The longest text of a value that helps to find it. */
const LONGEST = 300;

/** A value as its author wrote it; a construct by its path. */
function shown(got: unknown): string {
  if (got === undefined) return "nothing";
  // JSON has no word for these.
  if (typeof got === "number" || typeof got === "function") return String(got);
  const text = JSON.stringify(got, (_, value: unknown) => pathOf(value) ?? value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

/** By shape: rules and reports know no constructs. */
function pathOf(value: unknown): string | undefined {
  const { node } = (value ?? {}) as { node?: { path?: unknown } };
  return typeof node?.path === "string" ? node.path : undefined;
}
