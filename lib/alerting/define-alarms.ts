import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct, IConstruct } from "constructs";
import { kebab, nameOf } from "../core/naming";
import { Zone } from "../core/network";
import { note } from "../core/notes";
import { addressOf } from "../core/resolve";
import { PageAlarm } from "../core/routing";
import { EventMeasure, Measure, Urgency, URGENCIES } from "../core/signal";
import { lookedAtAfter } from "../review/alarms/window";
import { DeclaredAlarm } from "../review/manifest";
import { describeAlarm } from "./describe";
import { measured } from "./measures";
import { ResolvedSignal } from "./resolve-signal";

/** An alarm of a signal. */
export interface AlarmHandle extends PageAlarm {
  /** How long a breach takes at most until it rings, and to be over. */
  readonly seconds: number;
  readonly alarm: CloudwatchMetricAlarm;
}

/** One signal of one construct, and who is told. */
export interface AlarmPlan {
  readonly target: IConstruct;
  readonly name: string;
  readonly signal: ResolvedSignal;
  readonly notify: Readonly<Record<Urgency, string>>;
  readonly runbook: string;
  /** Another region that the alarms stand in. @default - that of the stack */
  readonly region?: string;
}

/** One alarm for each threshold, and each zone, of a signal. */
export function defineAlarms(scope: Construct, plan: AlarmPlan): Record<Urgency, AlarmHandle[]> {
  const defined: Record<Urgency, AlarmHandle[]> = { page: [], ticket: [] };
  for (const urgency of URGENCIES) {
    const threshold = plan.signal[urgency];
    if (threshold === undefined) continue;
    for (const [zone, measure] of measuresOf(plan.signal.measure)) {
      defined[urgency].push(defineAlarm(scope, plan, { urgency, threshold, zone, measure }));
    }
  }
  return defined;
}

interface Threshold {
  readonly urgency: Urgency;
  readonly threshold: number;
  readonly zone: Zone | undefined;
  readonly measure: Measure;
}

function measuresOf(measure: ResolvedSignal["measure"]): [Zone | undefined, Measure][] {
  if ("zones" in measure) return Object.entries(measure.zones);
  return [[undefined, measure as Exclude<Measure, EventMeasure>]];
}

function defineAlarm(scope: Construct, plan: AlarmPlan, threshold: Threshold): AlarmHandle {
  const { target, name, signal, notify, region } = plan;
  const { urgency, zone, measure } = threshold;
  const id = [kebab(name), zone, urgency].filter(Boolean).join("-");
  // The tickets of a construct act through one composite, see ticket-composite.ts; it reaches no other region.
  const notifies = urgency === "page" || region !== undefined;
  const actions = notifies ? [notify[urgency]] : undefined;
  const alarmName = nameOf(target, "alarm", id);
  const seconds = signal.periodSeconds * signal.periods;
  const soonest = Math.min(seconds, signal.periodSeconds * signal.datapoints + lookedAtAfter(signal.periodSeconds));
  const alarm = new CloudwatchMetricAlarm(scope, id, {
    region,
    alarmName,
    alarmDescription: describeAlarm({ ...plan, ...threshold }),
    ...measured(measure, signal.periodSeconds),
    comparisonOperator: signal.bad === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
    threshold: threshold.threshold,
    evaluationPeriods: signal.periods,
    datapointsToAlarm: signal.datapoints,
    treatMissingData: signal.missing,
    ...(measuresPercentile(measure) && { evaluateLowSampleCountPercentiles: "ignore" }),
    actionsEnabled: true,
    alarmActions: actions,
    okActions: actions,
  });
  note(target, "alarm", {
    name: alarmName,
    address: addressOf(alarm),
    path: target.node.path,
    signal: name,
    ...(zone !== undefined && { zone }),
    urgency,
    threshold: threshold.threshold,
    ...(region !== undefined && { region }),
    seconds,
    ...(soonest < seconds && { soonest }),
    notifies,
  } satisfies DeclaredAlarm);
  return { name: alarmName, arn: alarm.arn, kind: "metric", path: target.node.path, seconds, alarm };
}

/** A percentile of a handful of requests is one request: CloudWatch is told not to judge by it. */
function measuresPercentile(measure: Measure): boolean {
  return "metric" in measure && /^p\d/.test(measure.metric.statistic);
}
