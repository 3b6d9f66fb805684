import kinds from "./kinds.json";

/**
 * What a type is at run time: `"string"`, the name of one in {@link KINDS}, or `"'page'"`, that text; `[kind]`, a list of it;
 * `[kind, kind]`, either; `{ prop: kind }`, an object; `{ "*": kind }`, one with any names; a `?` marks what may be left
 * out.
 */
export type Kind = string | readonly Kind[] | Members;

/** An object by what it has. */
export interface Members {
  readonly [prop: string]: Kind;
}

/** Kinds by the names of their types. */
export type Kinds = Readonly<Record<string, Kind>>;

/** Written by `npm run kinds`. */
export const KINDS = kinds as unknown as Kinds;

/** Whether a kind is a list, or a choice between several. */
export function isSeveral(kind: Kind): kind is readonly Kind[] {
  return Array.isArray(kind);
}

/** Names that a value must have. */
export function required(members: Members): string[] {
  return Object.keys(members).filter((prop) => prop !== "*" && bare(prop) === prop);
}

/** A name without its mark. */
export function bare(prop: string): string {
  return prop.endsWith("?") ? prop.slice(0, -1) : prop;
}
