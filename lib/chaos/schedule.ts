import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import { refuse, requireForm, requireOneOf, requireThat } from "../core/guard";
import { nameOf } from "../core/naming";
import { arnOf, placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { DeadLetters, putsAside } from "../parts/dead-letters";
import { serviceRole } from "../parts/service-role";
import { ExperimentSchedule } from "./experiments-props";

/** The first such day of what it is repeated in, as EventBridge Scheduler writes it. */
const DAYS: Readonly<Record<ExperimentSchedule["every"], (day: string) => string>> = {
  week: (day) => `? * ${day} *`,
  month: (day) => `? * ${day}#1 *`,
  quarter: (day) => `? 1,4,7,10 ${day}#1 *`,
};

const WINDOW = /^(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Refuses a schedule that nobody would see through: without a window that holds it, or unacknowledged. */
function requireSchedule(
  scope: Construct,
  name: string,
  schedule: ExperimentSchedule,
  minutes: number,
): { readonly begin: string; readonly spare: number } {
  const prop = `schedules.${name}`;
  const { every, window, timeZone = "UTC", acknowledged } = schedule;
  requireOneOf(scope, `${prop}.every`, every, Object.keys(DAYS));
  requireForm(scope, `${prop}.window`, window, WINDOW, 'a weekday and its hours, such as "tue 10:00-12:00"');
  requireForm(scope, `${prop}.timeZone`, timeZone, /^(UTC|[A-Z]\w+(\/[\w+-]+)+)$/, "a zone such as Europe/Paris");
  if (postureOf(scope).deletionProtection && !acknowledged?.trim()) {
    const mend = `{ …, acknowledged: "why it may start by itself here" }`;
    refuse(scope, { prop: `${prop}.acknowledged`, must: "say why, in this posture", got: acknowledged, mend });
  }
  const { day, from, to } = hoursOf(window);
  const length = to - from;
  const mend = "widen it: what begins in the window has to end in it";
  const must = `be longer than the ${minutes} minutes that the experiment takes`;
  requireThat(scope, length > minutes, { prop: `${prop}.window`, must, got: window, mend });
  return {
    begin: `cron(${from % 60} ${Math.floor(from / 60)} ${DAYS[every](day.toUpperCase())})`,
    spare: length - minutes,
  };
}

/** Of a window, its day, and the minutes of it at which the window begins and ends. */
function hoursOf(window: string): { readonly day: string; readonly from: number; readonly to: number } {
  const [, day = "", ...times] = WINDOW.exec(window) ?? [];
  const [hour, minute, endHour, endMinute] = times.map(Number);
  return { day, from: hour * 60 + minute, to: endHour * 60 + endMinute };
}

/** Refuses two windows that overlap: what is broken at the same time proves nothing of either claim, and harms more. */
export function requireApart(scope: Construct, schedules: Readonly<Record<string, ExperimentSchedule>>): void {
  const all = Object.entries(schedules).map(([name, { window, timeZone = "UTC" }]) => {
    return { name, window, timeZone, ...hoursOf(window) };
  });
  all.forEach((own, index) => {
    const over = all.slice(0, index).find(({ day, timeZone, from, to }) => {
      return day === own.day && timeZone === own.timeZone && from < own.to && own.from < to;
    });
    const must = `not overlap that of ${over?.name}, which is ${over?.window}`;
    const mend = "two experiments at once prove nothing: give each a window of its own";
    requireThat(scope, !over, { prop: `schedules.${own.name}.window`, must, got: own.window, mend });
  });
}

/** What a schedule starts. */
export interface Started {
  readonly name: string;
  readonly templateId: string;
  readonly minutes: number;
  /** Where a start that failed is put aside. */
  readonly letters: DeadLetters;
}

/** Starts an experiment at some minute of its window, early enough to end in it; never later, and never twice. */
export function schedule(
  scope: Construct,
  given: ExperimentSchedule,
  { name, templateId, minutes, letters }: Started,
): void {
  const { begin, spare } = requireSchedule(scope, name, given, minutes);
  const { partition } = placeOf(scope);
  const role = serviceRole(scope, "schedule-role", {
    service: "scheduler.amazonaws.com",
    may: [
      {
        Sid: "StartThisExperiment",
        Effect: "Allow",
        Action: "fis:StartExperiment",
        // To start is to make an experiment of the template; what is made has no id before.
        Resource: [arnOf(scope, "fis", `experiment-template/${templateId}`), arnOf(scope, "fis", "experiment/*")],
      },
      putsAside(letters),
    ],
  });
  new SchedulerSchedule(scope, "schedule", {
    name: nameOf(scope, "schedule"),
    description: `starts ${scope.node.path}`,
    state: "ENABLED",
    scheduleExpression: begin,
    scheduleExpressionTimezone: given.timeZone ?? "UTC",
    flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: Math.min(spare, 1440) },
    target: {
      arn: `arn:${partition}:scheduler:::aws-sdk:fis:startExperiment`,
      roleArn: role.arn,
      input: JSON.stringify({ ExperimentTemplateId: templateId, ClientToken: "<aws.scheduler.execution-id>" }),
      deadLetterConfig: { arn: letters.queue.arn },
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    },
  });
}
