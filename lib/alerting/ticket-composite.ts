import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { Construct, IConstruct } from "constructs";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { addressOf } from "../core/resolve";
import { DeclaredAlarm } from "../review/manifest";
import { AlarmHandle } from "./define-alarms";

/** The tickets of one construct, and where they go. */
export interface TicketPlan {
  readonly target: IConstruct;
  readonly tickets: readonly AlarmHandle[];
  readonly topic: string;
  readonly runbook: string;
}

/**
 * The one alarm that speaks for all tickets of a construct: ten symptoms of one cause are one ticket.
 *
 * CloudWatch acts on transitions only: a second cause in an open composite does not notify again.
 */
export function ticketComposite(
  scope: Construct,
  { target, tickets, topic, runbook }: TicketPlan,
): CloudwatchCompositeAlarm | undefined {
  if (tickets.length === 0) return undefined;
  const alarmName = nameOf(target, "alarm", "ticket");
  const alarm = new CloudwatchCompositeAlarm(scope, "ticket", {
    alarmName,
    alarmDescription: `${target.node.path} needs a look in working hours; its own alarms say why.\nRunbook: ${runbook}`,
    // By attribute, not by text: a child is not deleted while this rule names it.
    alarmRule: tickets.map(({ alarm: child }) => `ALARM("${child.alarmName}")`).join(" OR "),
    actionsEnabled: true,
    alarmActions: [topic],
    okActions: [topic],
  });
  note(target, "alarm", {
    name: alarmName,
    address: addressOf(alarm),
    path: target.node.path,
    urgency: "ticket",
    notifies: true,
  } satisfies DeclaredAlarm);
  return alarm;
}
