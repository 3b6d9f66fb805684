import { IConstruct } from "constructs";
import { refuse } from "./guard";
import { Placement } from "./network";

/** The props that must be given. */
export type Needed<P> = { [prop in keyof P]-?: undefined extends P[prop] ? never : prop }[keyof P] & string;

/** How deep values are looked through; what is deeper is a construct's own affair. */
const DEPTH = 6;

/**
 * Refuses what the types refuse and JavaScript lets pass: no props at all, one that is missing, and anywhere in them
 * `null` or `NaN`, for which no default would apply.
 */
export function requireProps(scope: IConstruct, props: unknown, needed: readonly string[]): void {
  if (typeof props !== "object" || props === null) {
    const mend = needed.length > 0 ? `give { ${needed.join(", ")} }` : "leave them out, or give an object";
    refuse(scope, { prop: "props", must: "be an object", got: props, mend });
  }
  const given = props as Readonly<Record<string, unknown>>;
  for (const prop of needed) {
    if (given[prop] === undefined) refuse(scope, { prop, must: "be given", got: undefined, mend: "it has no default" });
  }
  requireValues(scope, "", props, DEPTH);
}

function requireValues(scope: IConstruct, at: string, value: unknown, depth: number): void {
  if (value === null || Number.isNaN(value)) {
    const mend = value === null ? "leave it out for the default" : "it was reckoned from something that is no number";
    refuse(scope, { prop: at, must: "be a value", got: value, mend });
  }
  if (depth === 0) return;
  if (/^(.+\.)?network$/.test(at)) requirePlacement(scope, at, value as Partial<Placement>);
  if (Array.isArray(value)) value.forEach((each, index) => requireValues(scope, `${at}[${index}]`, each, depth - 1));
  else if (isPlain(value)) {
    for (const [name, each] of Object.entries(value))
      requireValues(scope, at ? `${at}.${name}` : name, each, depth - 1);
  }
}

/** A `network` is the same everywhere: it must have what others read from it. */
function requirePlacement(scope: IConstruct, prop: string, { vpcId, zones }: Partial<Placement>): void {
  const isPlaced = typeof vpcId === "string" && typeof zones === "object" && zones !== null;
  const must = "be a Network, or { vpcId, zones: { <zone>: { private, … } } }";
  const got = { ...(vpcId !== undefined && { vpcId }), ...(zones !== undefined && { zones }) };
  if (!isPlaced) refuse(scope, { prop, must, got });
}

/** Constructs and tokens are not looked into. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
