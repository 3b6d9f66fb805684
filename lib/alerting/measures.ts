import { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Measure, Metric } from "../core/signal";

/** What is measured, as `PutMetricAlarm` takes it. */
export type Measured = Pick<
  CloudwatchMetricAlarmConfig,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "metricQuery"
>;

const WORDS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/** The measured part of an alarm. */
export function measured(measure: Measure, period: number): Measured {
  if ("metric" in measure) return single(measure.metric, period);
  if ("math" in measure) return math(measure.math.expression, measure.math.metrics, period);
  if ("ratio" in measure) {
    const { bad, total, minimum } = measure.ratio;
    const named = { ...numbered("bad", bad), ...numbered("total", total) };
    return math(share(bad.length, total.length, minimum), named, period);
  }
  throw new Error("an event has no metric");
}

function single({ namespace, name, dimensions, statistic }: Metric, period: number): Measured {
  return {
    namespace,
    metricName: name,
    dimensions: dimensions && { ...dimensions },
    period,
    ...(WORDS.includes(statistic) ? { statistic } : { extendedStatistic: statistic }),
  };
}

function math(expression: string, metrics: Readonly<Record<string, Metric>>, period: number): Measured {
  return {
    metricQuery: [
      { id: "breach", expression, label: "breach", returnData: true },
      ...Object.entries(metrics).map(([id, { namespace, name, dimensions, statistic }]) => ({
        id,
        returnData: false,
        metric: { namespace, metricName: name, dimensions: dimensions && { ...dimensions }, period, stat: statistic },
      })),
    ],
  };
}

/** Per cent of bad events, 0 while there are too few of them to mean something. */
function share(bad: number, total: number, minimum: number): string {
  const all = sum("total", total);
  return `IF(${all} >= ${minimum}, 100 * (${sum("bad", bad)}) / (${all}), 0)`;
}

function sum(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `FILL(${name}${index + 1}, 0)`).join(" + ");
}

function numbered(name: string, metrics: readonly Metric[]): Record<string, Metric> {
  return Object.fromEntries(metrics.map((metric, index) => [`${name}${index + 1}`, metric]));
}
