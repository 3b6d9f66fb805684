import { Plan, Resource, isToken, read } from "./plan";

/** Kept, broken, or not to be known: where a check needs a literal and finds a token, it must not pass. */
export interface Verdict {
  readonly is: "pass" | "fail" | "unknown";
  /** What stands there instead, for who must mend it. */
  readonly got: string;
}

/** Judges one resource, following references where it must. */
export type Judge = (resource: Resource, plan: Plan) => Verdict;

/** One row of the list of reliability checks. */
export interface Check {
  /** The number on the list, or `gap <number>` of the list of what scanners leave out. */
  readonly row: string;
  readonly types: readonly string[];
  /** What is expected, so that it reads after the type. */
  readonly expects: string;
  /** Which resources of the types it is about: also one of which that is known at apply only. @default - all */
  readonly only?: (resource: Resource, plan: Plan) => boolean;
  readonly judge: Judge;
}

/** What a value must be. */
export interface Test {
  readonly holds: (value: unknown) => boolean;
  /** Whether it is enough to know that a token stands for what another resource has. @default false */
  readonly takesReference?: true;
}

export const PASS: Verdict = { is: "pass", got: "" };
export const fail = (got: string): Verdict => ({ is: "fail", got });
export const unknown = (got: string): Verdict => ({ is: "unknown", got });

/** A value, whether the provider's type for it is a text or not. */
export const is = (wanted: boolean | number | string): Test => ({ holds: (value) => String(value) === String(wanted) });

export const between = (least: number, most: number): Test => ({
  holds: (value) => isNumber(value) && Number(value) >= least && Number(value) <= most,
});

export const atLeast = (least: number): Test => between(least, Infinity);

export const oneOf = (...wanted: readonly string[]): Test => ({ holds: (value) => wanted.includes(String(value)) });

/** Something stands there. */
export const given: Test = {
  takesReference: true,
  holds: (value) =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
};

/** Nothing stands there. */
export const absent: Test = { holds: (value) => value === undefined || value === null };

function isNumber(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d+(\.\d+)?$/.test(value));
}

/** Tests one value. */
export function test(name: string, value: unknown, { holds, takesReference }: Test, plan: Plan): Verdict {
  if (isToken(value) && !(takesReference && plan.named(value).length > 0)) return unknown(`${name} is ${value}`);
  return holds(value) ? PASS : fail(`${name} is ${value === undefined ? "not set" : JSON.stringify(value)}`);
}

/** An attribute, by its path. */
export const has =
  (path: string, wanted: Test): Judge =>
  ({ config }, plan) =>
    test(path, read(config, path), wanted, plan);

/** Each one must hold. */
export const all =
  (...judges: readonly Judge[]): Judge =>
  (resource, plan) =>
    worst(judges.map((judge) => judge(resource, plan)));

/** One that holds is enough. */
export const any =
  (...judges: readonly Judge[]): Judge =>
  (resource, plan) =>
    best(judges.map((judge) => judge(resource, plan)));

export function worst(verdicts: readonly Verdict[]): Verdict {
  return pick(verdicts, ["fail", "unknown", "pass"]);
}

export function best(verdicts: readonly Verdict[]): Verdict {
  return pick(verdicts, ["pass", "unknown", "fail"]);
}

function pick(verdicts: readonly Verdict[], order: readonly Verdict["is"][]): Verdict {
  const first = order.find((each) => verdicts.some(({ is: found }) => found === each));
  if (first === undefined) return fail("there is none");
  return {
    is: first,
    got: verdicts
      .filter(({ is: found }) => found === first)
      .map(({ got }) => got)
      .filter(Boolean)
      .join(", "),
  };
}

/** Judges the resource that an attribute refers to. */
export const through =
  (path: string, judge: Judge): Judge =>
  ({ config }, plan) => {
    const value = read(config, path);
    const [there] = plan.named(value);
    if (there) return judge(there, plan);
    return value === undefined ? fail(`${path} is not set`) : unknown(`${path} is ${String(value)}`);
  };

/** At least one resource of a type that refers to it, by an attribute, holds. */
export const from =
  (type: string, attribute: string | undefined, judge: Judge = () => PASS): Judge =>
  (resource, plan) => {
    const found = plan.about(resource, type, attribute);
    if (found.length === 0) return fail(`no ${type} names it`);
    return best(found.map((each) => judge(each, plan)));
  };

/** Two zones, of subnets or of what stands in them. */
export function spread(zones: readonly (string | undefined)[]): Verdict {
  const known = new Set(zones.filter((zone) => zone !== undefined));
  if (known.size >= 2) return PASS;
  const got = `it is in ${known.size === 0 ? "no known zone" : [...known].join(", ")}`;
  return zones.includes(undefined) ? unknown(got) : fail(got);
}

/** The subnets of an attribute are in two zones. */
export const spans =
  (path: string): Judge =>
  ({ config }, plan) => {
    const subnets = read(config, path);
    if (isToken(subnets)) return unknown(`${path} is ${subnets}`);
    return spread([subnets ?? []].flat().map((subnet) => plan.zoneOf(subnet)));
  };

/** A text of JSON, read; what in it is a token stays one. */
export const parsed =
  (path: string, judge: (value: unknown, plan: Plan) => Verdict): Judge =>
  ({ config }, plan) => {
    const text = read(config, path);
    if (typeof text !== "string") return fail(`${path} is ${text === undefined ? "not set" : JSON.stringify(text)}`);
    try {
      return judge(JSON.parse(text), plan);
    } catch {
      return isToken(text) ? unknown(`${path} is ${text}`) : fail(`${path} is no JSON`);
    }
  };
