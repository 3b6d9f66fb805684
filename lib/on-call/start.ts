import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { requireForm, requireThat } from "../core/guard";
import { DAYS } from "./coverage";

const START = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/;
const DAY = 24 * 60 * 60;

/**
 * When the first handover is by the clock on the wall of the time zone, in seconds since Monday 00:00 of its week; refuses
 * what is no time. Nothing where that is known after apply.
 */
export function startOf(scope: IConstruct, start: string, timeZone: string): number | undefined {
  const form = "a time with its offset, such as 2027-01-04T09:00:00+01:00";
  requireForm(scope, "start", start, START, form);
  if (Token.isUnresolved(start) || Token.isUnresolved(timeZone)) return undefined;
  const [, year, month, day, hours, minutes, seconds, sign = "+", aheadHours = "0", aheadMinutes = "0"] =
    START.exec(start) ?? [];
  const days = daysUntil(Number(year), Number(month), Number(day));
  requireThat(scope, days !== undefined, { prop: "start", must: `be ${form}`, got: start, mend: "it is no day" });
  const local = (days ?? 0) * DAY + clock(hours, minutes) + Number(seconds);
  return onTheWall(local - Number(`${sign}1`) * clock(aheadHours, aheadMinutes), timeZone);
}

function clock(hours: string, minutes: string): number {
  return Number(hours) * 3600 + Number(minutes) * 60;
}

/** Days since 1970 began; nothing where there is no such day. */
function daysUntil(year: number, month: number, day: number): number | undefined {
  const isLeap = (each: number) => (each % 4 === 0 && each % 100 !== 0) || each % 400 === 0;
  const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > months[month - 1]) return undefined;
  const years = Array.from({ length: year - 1970 }, (_, index) => (isLeap(1970 + index) ? 366 : 365));
  return [...years, ...months.slice(0, month - 1)].reduce((sum, each) => sum + each, day - 1);
}

/** Seconds since Monday 00:00, in the time zone. */
function onTheWall(epochSeconds: number, timeZone: string): number {
  const format = { weekday: "long", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
  const parts = new Intl.DateTimeFormat("en-GB", { ...format, timeZone }).formatToParts(epochSeconds * 1000);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const day = DAYS.findIndex((each) => each === part("weekday").toLowerCase());
  return day * DAY + clock(part("hour"), part("minute")) + Number(part("second"));
}
