import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { kebab, nameOf } from "../core/naming";
import { EventMeasure } from "../core/signal";
import { DeadLetters } from "../parts/dead-letters";
import { eventPattern } from "../parts/event-pattern";
import { AlarmPlan } from "./define-alarms";

/** Brings an event to the topic of its urgency, as it comes: there is no state to return from. */
export function defineEvents(scope: Construct, plan: AlarmPlan, letters: DeadLetters): void {
  const { target, name, signal, notify, runbook, region } = plan;
  const id = kebab(name);
  const rule = new CloudwatchEventRule(scope, id, {
    region,
    name: nameOf(target, "event-rule", id),
    description: `${signal.means}. Runbook: ${runbook}`.slice(0, 512),
    eventPattern: eventPattern((signal.measure as EventMeasure).event),
  });
  new CloudwatchEventTarget(scope, `${id}-target`, {
    region,
    rule: rule.name,
    targetId: "notify",
    arn: notify[signal.urgency ?? "ticket"],
    deadLetterConfig: letters.ofRule(rule),
  });
}
