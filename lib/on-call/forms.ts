import { IConstruct } from "constructs";
import { requireForm, requireThat } from "../core/guard";

/** Refuses what is no id of a person; tokens pass, such as the id of a user that is defined beside. */
export function requirePerson(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^[A-Z0-9]{7,14}$/, "the id of a PagerDuty user, such as PXPGF42");
}

/** Refuses what is no time of day. */
export function requireClock(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, such as 09:00");
}

/** Refuses what is no time zone that both the database of zones and PagerDuty know: all of theirs are in a region. */
export function requireTimeZone(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^[A-Z]\w+(\/[\w+-]+)+$/, "a time zone, such as Europe/Berlin or Etc/UTC");
  requireThat(scope, isZone(got), { prop, must: "be a time zone that is known", got });
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
