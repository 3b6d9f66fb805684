import { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Metric } from "../core/signal";

// Dashboards reckon with the same expressions, and import nothing from here.
export { numbered, shareOf, sumOf } from "../review/expressions";

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
