import { EventOrchestrationServiceSetRule } from "@cdktf/provider-pagerduty/lib/event-orchestration-service";
import { IConstruct } from "constructs";
import { refuse, requireForm } from "../core/guard";
import { AlarmRoute } from "./on-call-props";

/**
 * Rules by the name of an alarm, as CloudWatch sends it; the first that fits counts.
 *
 * @see https://support.pagerduty.com/main/docs/event-orchestration
 */
export function alarmRules(
  scope: IConstruct,
  routes: Readonly<Record<string, AlarmRoute>>,
): EventOrchestrationServiceSetRule[] {
  return Object.entries(routes).map(([name, { named, severity, escalationPolicy, note }]) => {
    // It stands in quotes of its own.
    requireForm(scope, `routes.${name}.named`, named, /^[^'\\]+$/, "a part of a name, without quotes");
    if (severity === undefined && escalationPolicy === undefined && note === undefined) {
      const must = "say what is different: severity, escalationPolicy or note";
      refuse(scope, { prop: `routes.${name}`, must, got: { named } });
    }
    return {
      label: name,
      condition: [{ expression: `event.custom_details.AlarmName matches part '${named}'` }],
      actions: { severity, escalationPolicy, annotate: note },
    };
  });
}
