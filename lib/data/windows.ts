import { Construct } from "constructs";
import { requireForm, requireThat } from "../core/guard";

/** When snapshots are taken and when AWS may patch, where nobody says so: at night in Europe, one after the other. */
export const WINDOWS = { backup: "03:00-04:00", maintenance: "sun:04:30-sun:05:30" };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const TIME = "([01]\\d|2[0-3]):[0-5]\\d";
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);

/**
 * Refuses windows that AWS would refuse at apply: malformed, too short (RDS takes half an hour), or one over the other.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html#Concepts.DBMaintenance
 */
export function requireWindows(scope: Construct, backupWindow: string, maintenanceWindow: string, least = 30): void {
  requireForm(scope, "backupWindow", backupWindow, DAILY, "hh:mm-hh:mm in UTC");
  requireForm(scope, "maintenanceWindow", maintenanceWindow, WEEKLY, "ddd:hh:mm-ddd:hh:mm in UTC");
  const [from, to] = backupWindow.split("-").map(minuteOfDay);
  const [start, end] = maintenanceWindow.split("-").map(minuteOfWeek);
  const snapshot = { from, length: lengthOf(from, to, DAY) };
  const patch = { from: start, length: lengthOf(start, end, 7 * DAY) };
  const long = `be at least ${least} minutes long`;
  requireThat(scope, snapshot.length >= least, { prop: "backupWindow", must: long, got: backupWindow });
  requireThat(scope, patch.length >= least, { prop: "maintenanceWindow", must: long, got: maintenanceWindow });
  requireThat(scope, !overlap(snapshot, patch), {
    prop: "maintenanceWindow",
    must: `stay clear of the backup window ${backupWindow}`,
    got: maintenanceWindow,
    mend: "move one of them",
  });
}

interface Span {
  readonly from: number;
  readonly length: number;
}

/** Whether a daily span meets a weekly one, across midnight and the end of the week. */
function overlap(daily: Span, weekly: Span): boolean {
  return [...DAYS.keys(), -1, 7].some((day) => {
    const from = day * DAY + daily.from;
    return from < weekly.from + weekly.length && weekly.from < from + daily.length;
  });
}

function lengthOf(from: number, to: number, cycle: number): number {
  return (to - from + cycle) % cycle;
}

function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function minuteOfWeek(moment: string): number {
  return DAYS.indexOf(moment.slice(0, 3)) * DAY + minuteOfDay(moment.slice(4));
}
