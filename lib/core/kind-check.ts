import { Token } from "cdktf";
import { Complaint } from "../review/complaint";
import { holdsExpression } from "./content";
import { Duration, seconds } from "./duration";
import { KINDS, Kind, Members, bare, isSeveral, required } from "./kind";

/** What is wrong with a value, and where in it: `.load.perInstance`. */
export interface KindFault extends Omit<Complaint, "prop" | "must"> {
  readonly at: string;
  /** What must hold, in words or as a kind. */
  readonly must: string | { readonly be: Kind };
}

/** How deep values of no kind are looked through. */
const DEPTH = 6;

const REQUIRED = "it has no default";

const HOLDS: Readonly<Partial<Record<string, (value: unknown) => boolean>>> = {
  string: (value) => typeof value === "string",
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  function: (value) => typeof value === "function",
  construct: (value) => typeof value === "object" && value !== null && "node" in value,
  Content: (value) => typeof value === "string",
  Duration: isDuration,
};

/** What is wrong with a value of a kind, if anything is. Tokens pass: what they become is known after apply. */
export function faultOf(kind: Kind, value: unknown): KindFault | undefined {
  if (value === null || Number.isNaN(value)) return none(value);
  if (typeof kind === "object") {
    if (!isSeveral(kind)) return faultInObject(kind, value, kind);
    return kind.length === 1 ? faultInList(kind[0], value) : faultOfEither(kind, value);
  }
  if (kind === "any") return faultInside(value, DEPTH);
  if (kind.startsWith("'")) return value === kind.slice(1, -1) ? undefined : mismatch(kind, value);
  const holds = HOLDS[kind];
  if (holds && !holds(value)) return mismatch(kind, value);
  if (holds) return kind === "string" ? faultOfText(value as string) : undefined;
  const named = KINDS[kind];
  return typeof named === "object" && !isSeveral(named) ? faultInObject(named, value, kind) : faultOf(named, value);
}

function faultOfText(text: string): KindFault | undefined {
  if (text === "") return { at: "", must: "not be empty", got: text };
  if (!holdsExpression(text)) return undefined;
  const must = "hold no ${ or %{, which Terraform reads as an expression";
  return { at: "", must, got: text, mend: "write $${ or %%{ for the text itself" };
}

/** Anywhere in a value: what no default would apply for. */
function faultInside(value: unknown, depth: number): KindFault | undefined {
  if (value === null || Number.isNaN(value)) return none(value);
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return first(value, (each, index) => within(`[${index}]`, faultInside(each, depth - 1)));
  if (!isPlain(value)) return undefined;
  return first(Object.entries(value), ([name, each]) => within(`.${name}`, faultInside(each, depth - 1)));
}

function faultInList(kind: Kind, value: unknown): KindFault | undefined {
  if (!Array.isArray(value)) return mismatch([kind], value);
  return first(value, (each, index) => within(`[${index}]`, faultOf(kind, each)));
}

function faultInObject(members: Members, value: unknown, kind: Kind): KindFault | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return mismatch(kind, value);
  // Constructs and what has a class of its own are not looked into: that they have what they are used by is enough.
  if (!isPlain(value)) return required(members).every((name) => name in value) ? undefined : mismatch(kind, value);
  const given = value as Readonly<Record<string, unknown>>;
  for (const [prop, of] of Object.entries(members)) {
    const name = bare(prop);
    if (name === "*") continue;
    const each = given[name];
    if (each === undefined && name !== prop) continue;
    const fault = each === undefined ? missing(value) : faultOf(of, each);
    if (fault) return within(`.${name}`, fault);
  }
  const others = members["*"] ?? members["*?"];
  if (others === undefined) return undefined;
  return first(Object.entries(given), ([name, each]) => {
    if (name in members || `${name}?` in members || (each === undefined && "*?" in members)) return undefined;
    return within(`.${name}`, each === undefined ? missing(value) : faultOf(others, each));
  });
}

function faultOfEither(kinds: readonly Kind[], value: unknown): KindFault | undefined {
  if (typeof value === "string" && kinds.includes(`'${value}'`)) return undefined;
  const faults: KindFault[] = [];
  for (const kind of kinds) {
    const fault = faultOf(kind, value);
    if (!fault) return undefined;
    faults.push(fault);
  }
  // What lacks nothing of one kind is meant to be of that kind.
  const meant = faults.filter(({ at, got }) => at !== "" && got !== undefined);
  return meant.length === 1 ? meant[0] : mismatch(kinds, value);
}

function mismatch(kind: Kind, got: unknown): KindFault | undefined {
  if (Token.isUnresolved(got)) return undefined;
  return {
    at: "",
    must: { be: kind },
    got,
    ...(kind === "construct" && { mend: "give what new returned, not its name" }),
  };
}

function missing(object: object): KindFault | undefined {
  // A map that is known after apply.
  if (Token.isUnresolved(object)) return undefined;
  return { at: "", must: "be given", got: undefined, mend: REQUIRED };
}

function none(value: unknown): KindFault {
  const mend = value === null ? "leave it out for the default" : "it was reckoned from something that is no number";
  return { at: "", must: "be a value", got: value, mend };
}

function within(step: string, fault: KindFault | undefined): KindFault | undefined {
  return fault && { ...fault, at: step + fault.at };
}

function first<T>(
  all: readonly T[],
  faultOfEach: (each: T, index: number) => KindFault | undefined,
): KindFault | undefined {
  for (const [index, each] of all.entries()) {
    const fault = faultOfEach(each, index);
    if (fault) return fault;
  }
  return undefined;
}

function isDuration(value: unknown): boolean {
  try {
    return typeof value === "string" && seconds(value as Duration) >= 0;
  } catch {
    return false;
  }
}

/** Constructs and tokens are none. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
