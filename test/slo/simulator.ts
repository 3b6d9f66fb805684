import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Config, Synthesized } from "../synth";

/** Bad and all events of one minute. */
export interface Minute {
  readonly bad: number;
  readonly total: number;
}

/** What an alarm is at the end of a minute: `at(alarm, minute)`. */
export type States = (alarm: string, minute: number) => boolean;

const DAY = 86_400;

/**
 * Replays minutes against the alarms of a plan: each expression is evaluated as it is written there, over its own window,
 * against its own threshold; each rule likewise. Minute 0 is the first of `minutes`; before it all is well for days.
 *
 * Windows up to a day slide by the minute; longer ones are looked at once an hour.
 */
export function replay(plan: Synthesized, minutes: readonly Minute[], before: Minute): States {
  const history = (4 * DAY) / 60;
  const all = [...Array.from({ length: history }, () => before), ...minutes];
  const sums = { Failed: summed(all.map(({ bad }) => bad)), Requests: summed(all.map(({ total }) => total)) };
  const children = Object.values(plan.all(CloudwatchMetricAlarm));
  const composites = Object.values(plan.all(CloudwatchCompositeAlarm));

  const isChildOn = (alarm: Config, minute: number): boolean => {
    const [expression, ...queries] = alarm.metric_query as Config[];
    const { period } = queries[0].metric;
    const end = history + (period > DAY ? Math.floor((minute + 1) / 60) * 60 : minute + 1);
    const values = queries.map(({ metric }) => {
      const series = sums[metric.metric_name as keyof typeof sums];
      return series && series[end] - series[end - period / 60];
    });
    return evaluate(expression.expression, queries, values) > alarm.threshold;
  };
  const isOn: States = (name, minute) => {
    const child = children.find(({ alarm_name }) => alarm_name === name);
    if (child) return isChildOn(child, minute);
    const rule = composites.find(({ alarm_name }) => alarm_name === name)!.alarm_rule as string;
    const said = rule.replace(
      /ALARM\("\$\{aws_cloudwatch_metric_alarm\.(\w+)_(\w+-\w+)_\w+\.alarm_name\}"\)/g,
      (_, slo, id) => String(isOn(`test-${slo}-${id}`, minute)),
    );
    return new Function(`return ${said.replaceAll("AND", "&&").replaceAll("OR", "||")}`)() as boolean;
  };
  return isOn;
}

/** `IF`, `FILL` and arithmetic of CloudWatch, for one data point. */
function evaluate(expression: string, queries: readonly Config[], values: readonly (number | undefined)[]): number {
  const fill = (value: number | undefined, other: number) => value ?? other;
  const choose = (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise);
  const ids = queries.map(({ id }) => id as string);
  return new Function("FILL", "IF", ...ids, `return ${expression}`)(fill, choose, ...values) as number;
}

/** Sums up to each minute, from 0. */
function summed(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push(sums[sums.length - 1] + value);
  return sums;
}

/** So many requests an hour, one after another, of which the share that `failing` says is bad in a minute. */
export function traffic(perHour: number, length: number, failing: (minute: number) => number): Minute[] {
  const until = (minute: number) => Math.floor((minute * perHour) / 60);
  return Array.from({ length }, (_, minute) => {
    const total = until(minute + 1) - until(minute);
    return { bad: total * failing(minute), total };
  });
}

/** The first minute, counted from 1, at the end of which something is so. */
export function firstMinute(from: number, until: number, is: (minute: number) => boolean): number | undefined {
  for (let minute = from; minute < until; minute++) if (is(minute)) return minute - from + 1;
  return undefined;
}
