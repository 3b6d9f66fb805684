import { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Metric } from "../core/signal";

/** An expression over named metrics, as `PutMetricAlarm` takes it: only the expression returns data. */
export function metricMath(
  expression: string,
  metrics: Readonly<Record<string, Metric>>,
  period: number,
): Pick<CloudwatchMetricAlarmConfig, "metricQuery"> {
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

/** Metrics by the names that {@link sumOf} adds up: `bad1`, `bad2`. */
export function numbered(name: string, metrics: readonly Metric[]): Record<string, Metric> {
  return Object.fromEntries(metrics.map((metric, index) => [`${name}${index + 1}`, metric]));
}

/** `FILL(bad1, 0) + FILL(bad2, 0)`: a metric without data counts as 0. */
export function sumOf(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `FILL(${name}${index + 1}, 0)`).join(" + ");
}
