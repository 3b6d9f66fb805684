import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { Complaint, complain } from "../review/complaint";
import { Duration, seconds } from "./duration";

export type { Complaint };

/** `<path>: 'backupDays' must be between 1 and 35, got 0; <mend>`: the one form of every refusal. */
export function complaint(scope: IConstruct, what: Complaint): string {
  // The path of an app is empty.
  return complain(scope.node.path || "app", what);
}

/** Ends the synthesis with an error that names path, prop, rule, value and mend. */
export function refuse(scope: IConstruct, what: Complaint): never {
  throw new Error(complaint(scope, what));
}

/** Refuses what does not hold; what is not known before apply passes. */
export function requireThat(scope: IConstruct, holds: boolean, what: Complaint): void {
  if (!holds && !Token.isUnresolved(what.got)) refuse(scope, what);
}

/** Refuses what is known only after apply, where a name or a number is made from it. */
export function requireKnown(scope: IConstruct, prop: string, got: unknown): void {
  if (!Token.isUnresolved(got)) return;
  const must = "be known at synthesis, since names or numbers are made from it";
  refuse(scope, { prop, must, got: "what is known after apply" });
}

/** Refuses a number out of range. Tokens pass. */
export function requireBetween(
  scope: IConstruct,
  prop: string,
  got: number,
  min: number,
  max: number,
  mend?: string,
): void {
  const must = max === Infinity ? `be at least ${min}` : `be between ${min} and ${max}`;
  requireThat(scope, typeof got === "number" && got >= min && got <= max, { prop, must, got, mend });
}

/** Refuses a number that is not whole or out of range. Tokens pass. */
export function requireWhole(
  scope: IConstruct,
  prop: string,
  got: number,
  min: number,
  max: number,
  mend?: string,
): void {
  requireBetween(scope, prop, got, min, max, mend);
  requireThat(scope, Number.isInteger(got), { prop, must: "be a whole number", got, mend });
}

/** Refuses a secret that is written out: it would stand in the plan. The value is shown to nobody. */
export function requireReference(scope: IConstruct, prop: string, got: string | undefined): void {
  if (got === undefined || Token.isUnresolved(got)) return;
  const must = "be a reference: a text would stand in the plan";
  refuse(scope, { prop, must, got: "a text", mend: "such as a sensitive TerraformVariable" });
}

/** Refuses a value that is not in the list. Tokens pass. */
export function requireOneOf(
  scope: IConstruct,
  prop: string,
  got: string,
  allowed: readonly string[],
  mend?: string,
): void {
  requireThat(scope, allowed.includes(got), { prop, must: `be one of ${allowed.join(", ")}`, got, mend });
}

/** Refuses a text of another form; `form` says it in words. Tokens pass. */
export function requireForm(
  scope: IConstruct,
  prop: string,
  got: string,
  pattern: RegExp,
  form: string,
  mend?: string,
): void {
  requireThat(scope, typeof got === "string" && pattern.test(got), { prop, must: `be ${form}`, got, mend });
}

/** Refuses what is no day of the calendar. Tokens pass. */
export function requireDay(scope: IConstruct, prop: string, got: string): void {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(got) ?? []).map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  requireThat(scope, day >= 1 && day <= last, { prop, must: "be a day, YYYY-MM-DD", got });
}

/** Refuses a duration that is malformed or out of range; returns its seconds. */
export function requireDuration(
  scope: IConstruct,
  prop: string,
  got: Duration,
  min: Duration,
  max: Duration,
  mend?: string,
): number {
  let length: number;
  try {
    length = seconds(got);
  } catch {
    refuse(scope, { prop, must: `be a number and a unit, such as "30 seconds"`, got, mend });
  }
  const holds = length >= seconds(min) && length <= seconds(max);
  requireThat(scope, holds, { prop, must: `be between ${min} and ${max}`, got, mend });
  requireThat(scope, Number.isInteger(length), { prop, must: "be whole seconds", got, mend });
  return length;
}
