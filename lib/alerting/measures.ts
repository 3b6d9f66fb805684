import { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Measure, Metric } from "../core/signal";
import { metricMath, numbered, shareOf } from "../parts/metric-math";

/** What is measured, as `PutMetricAlarm` takes it. */
export type Measured = Pick<
  CloudwatchMetricAlarmConfig,
  "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "metricQuery"
>;

const WORDS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/** The measured part of an alarm. */
export function measured(measure: Measure, period: number): Measured {
  if ("metric" in measure) return single(measure.metric, period);
  if ("math" in measure) return metricMath(measure.math.expression, measure.math.metrics, period);
  if ("ratio" in measure) {
    const { bad, total, minimum } = measure.ratio;
    const named = { ...numbered("bad", bad), ...numbered("total", total) };
    return metricMath(shareOf(bad.length, total.length, minimum), named, period);
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
