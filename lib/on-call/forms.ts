import { IConstruct } from "constructs";
import { requireForm } from "../core/guard";

/** Refuses what is no id of a person; tokens pass, such as the id of a user that is defined beside. */
export function requirePerson(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^[A-Z0-9]{7,14}$/, "the id of a PagerDuty user, such as PXPGF42");
}

/** Refuses what is no time of day. */
export function requireClock(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^([01]\d|2[0-3]):[0-5]\d$/, "a time of day, such as 09:00");
}

/** Refuses what is no time zone by its form; PagerDuty knows the names. */
export function requireTimeZone(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^[A-Z]\w+(\/[\w+-]+)*$/, "a time zone, such as Europe/Berlin");
}
