import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { inShort, inWords } from "../core/duration";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { addressOf } from "../core/resolve";
import { AlarmRouting } from "../core/routing";
import { Urgency } from "../core/signal";
import { DeclaredAlarm } from "../review/manifest";
import { Burn } from "./burn-windows";
import { CloudWatchIndicator, childAlarm } from "./child-alarm";
import { decimal } from "./fraction";

/** What the alarms of an objective are made of. */
export interface BurnPlan {
  readonly burns: readonly Burn[];
  readonly indicator: CloudWatchIndicator;
  /** In the unit of the metric. */
  readonly within: number;
  readonly minimumFailures: number;
  readonly alarms: AlarmRouting;
  /** What is promised, in words. */
  readonly promise: string;
  readonly runbook: string;
}

/** An alarm and its name, which is known at synthesis. */
export interface Made<T> {
  readonly name: string;
  readonly alarm: T;
}

/** Two alarms that are on together while a budget burns. */
export interface BurnChildren {
  readonly burn: Burn;
  readonly long: Made<CloudwatchMetricAlarm>;
  readonly short: Made<CloudwatchMetricAlarm>;
}

/** One alarm a window, without actions: the composites act. */
export function burnChildren(scope: Construct, plan: BurnPlan): BurnChildren[] {
  return plan.burns.map((burn) => ({
    burn,
    long: child(scope, plan, burn, burn.long),
    short: child(scope, plan, burn, burn.short),
  }));
}

function child(scope: Construct, plan: BurnPlan, burn: Burn, length: number): Made<CloudwatchMetricAlarm> {
  const id = `${burn.urgency}-${inShort(length)}`;
  const minimumFailures = length === burn.long ? plan.minimumFailures : 1;
  const above = `${decimal(burn.threshold)} of ${plan.indicator.counts}`;
  // No threshold in the name: a composite keeps a child from being deleted, so its name has to stay.
  const name = nameOf(scope, "alarm", id);
  const alarm = new CloudwatchMetricAlarm(scope, id, {
    alarmName: name,
    alarmDescription: `${plan.promise} More than ${above} were bad in ${inWords(length)}.\nRunbook: ${plan.runbook}`,
    ...childAlarm(plan.indicator, { burn, length, minimumFailures }, plan.within),
    // No events are no bad ones; silence of the source is a signal of its own.
    treatMissingData: "notBreaching",
    actionsEnabled: true,
  });
  return { name, alarm };
}

/** What a composite speaks for, and the one it stays behind. */
interface Composed {
  readonly urgency: Urgency;
  readonly children: readonly BurnChildren[];
  readonly behind?: Made<CloudwatchCompositeAlarm>;
}

/**
 * The alarm that tells people: on while both windows of any of its pairs burn.
 *
 * A ticket behind a page says nothing while the page is on, and for as long after it as its own slowest window takes to
 * get quiet: each page would be a ticket as well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export function burnComposite(
  scope: Construct,
  plan: BurnPlan,
  { urgency, children, behind }: Composed,
): Made<CloudwatchCompositeAlarm> | undefined {
  const own = children.filter(({ burn }) => burn.urgency === urgency);
  if (own.length === 0) return undefined;
  const name = nameOf(scope, "alarm", urgency);
  const topic = plan.alarms.notify[urgency];
  const composite = new CloudwatchCompositeAlarm(scope, urgency, {
    alarmName: name,
    alarmDescription: `${plan.promise} ${own.map(({ burn }) => told(burn)).join(" ")}\nRunbook: ${plan.runbook}`,
    // By attribute, not by text: a child is not deleted while this rule names it.
    alarmRule: own
      .map(({ long, short }) => `(ALARM("${long.alarm.alarmName}") AND ALARM("${short.alarm.alarmName}"))`)
      .join(" OR "),
    actionsEnabled: true,
    alarmActions: [topic],
    okActions: [topic],
    ...(behind && {
      actionsSuppressor: {
        alarm: behind.alarm.alarmName,
        waitPeriod: 60,
        extensionPeriod: Math.max(...own.map(({ burn }) => burn.short)),
      },
    }),
  });
  note(scope, "alarm", {
    name,
    address: addressOf(composite),
    path: scope.node.path,
    signal: "burn",
    urgency,
    notifies: true,
  } satisfies DeclaredAlarm);
  return { name, alarm: composite };
}

function told({ spends, long, factor }: Burn): string {
  return `On where ${spends} % of its budget goes in ${inWords(long)}, ${decimal(factor, 2)} times too fast.`;
}
