/**
 * Words by which a part of each declaration is told from what somebody else's construct happens to have under the same
 * name: signals of processes, queries of Athena, quotas of a usage plan.
 */
const MARKS = {
  signals: ["means", "measure", "bad"],
  indicators: ["kind", "counts", "bad", "total"],
  recovers: ["mechanism", "rpo", "rto", "selfHealing"],
  sla: ["value", "condition", "basis"],
  protects: ["backUp", "sizeGib", "by"],
  faults: ["scenario", "mechanism", "does"],
  queries: ["asks", "logGroups"],
  procedures: ["why", "steps"],
  quotas: ["usage", "asked"],
  fence: ["holds", "steps"],
  grows: ["value", "basis"],
} as const;

/** What a construct can declare. */
export type Member = keyof typeof MARKS;

/** All of it. */
export const MEMBERS = Object.keys(MARKS) as readonly Member[];

/** What is one thing, and no collection of things. */
const SINGLE: readonly Member[] = ["sla", "fence", "grows"];

/**
 * Whether a value is meant as a declaration: a part of it has a word of one, or it is an empty collection. Then it is
 * judged, and refused where it is malformed; what is plainly something else is nobody's business.
 */
export function isMeantAs(member: Member, value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (SINGLE.includes(member)) return isMarked(member, value);
  const parts = Object.values(value).flat() as unknown[];
  if (parts.length === 0) return isPlain(value);
  return [value, ...parts].some((part) => isMarked(member, part));
}

function isMarked(member: Member, part: unknown): boolean {
  return typeof part === "object" && part !== null && MARKS[member].some((mark) => mark in part);
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
