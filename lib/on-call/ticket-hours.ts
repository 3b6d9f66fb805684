import { ServiceConfig } from "@cdktf/provider-pagerduty/lib/service";
import { IConstruct } from "constructs";
import { requireThat } from "../core/guard";
import { DAYS, minuteOf } from "./coverage";
import { requireClock, requireTimeZone } from "./forms";
import { OnCallProps } from "./on-call-props";

/**
 * When tickets are told: in working hours at once, at other times by nothing louder than a list, until the next ones begin.
 *
 * @see https://support.pagerduty.com/main/docs/service-settings
 */
export function ticketHours(scope: IConstruct, support: NonNullable<OnCallProps["support"]>): Partial<ServiceConfig> {
  const { from, to, days = DAYS.slice(0, 5), timeZone } = support;
  for (const [prop, time] of Object.entries({ from, to })) {
    requireClock(scope, `support.${prop}`, time);
  }
  requireTimeZone(scope, "support.timeZone", timeZone);
  requireThat(scope, minuteOf(from) < minuteOf(to), { prop: "support.to", must: `be after ${from}`, got: to });
  requireThat(scope, days.length > 0, { prop: "support.days", must: "name at least one day", got: days });
  return {
    incidentUrgencyRule: {
      type: "use_support_hours",
      duringSupportHours: { type: "constant", urgency: "high" },
      outsideSupportHours: { type: "constant", urgency: "low" },
    },
    supportHours: {
      type: "fixed_time_per_day",
      timeZone,
      startTime: `${from}:00`,
      endTime: `${to}:00`,
      daysOfWeek: days.map((day) => DAYS.indexOf(day) + 1),
    },
    scheduledActions: [
      { type: "urgency_change", toUrgency: "high", at: [{ type: "named_time", name: "support_hours_start" }] },
    ],
  };
}
