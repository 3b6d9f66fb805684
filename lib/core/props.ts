import { IConstruct } from "constructs";
import { complain } from "../review/complaint";
import { Kind } from "./kind";
import { faultOf } from "./kind-check";
import { formOf } from "./kind-form";

/** The props that must be given. */
export type Needed<P> = { [prop in keyof P]-?: undefined extends P[prop] ? never : prop }[keyof P] & string;

/** Who is told something: a construct, or the name of a function that has none yet. */
type Told = IConstruct | string;

/**
 * Refuses what the types refuse and JavaScript lets pass: no props at all, one that is missing or of another kind, and
 * anywhere in them `null` or `NaN`, for which no default would apply.
 *
 * @param type the name of their type, where this library knows it, else the props that must be given
 * @param all what they are called together
 */
export function requireProps(told: Told, props: unknown, type: string | readonly string[], all = "props"): void {
  const kind = typeof type === "string" ? type : Object.fromEntries(type.map((prop) => [prop, "any"]));
  check(told, props, kind, (at) => at.replace(/^\./, "") || all);
}

/** Refuses a value of another kind than that of the type, by its name. */
export function requireKind(told: Told, prop: string, value: unknown, type: Kind): void {
  check(told, value, type, (at) => prop + at);
}

function check(told: Told, value: unknown, kind: Kind, nameOf: (at: string) => string): void {
  const fault = faultOf(kind, value);
  if (!fault) return;
  const { at, must, ...what } = fault;
  const path = typeof told === "string" ? told : told.node.path;
  const rule = typeof must === "string" ? must : `be ${formOf(must.be)}`;
  throw new Error(complain(path, { ...what, prop: nameOf(at), must: rule }));
}
