import { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IConstruct } from "constructs";
import { Duration, seconds } from "../core/duration";
import { refuse } from "../core/guard";
import {
  EventIndicator,
  FreshnessIndicator,
  Indicator,
  LatencyIndicator,
  PercentIndicator,
  PrometheusIndicator,
} from "../core/indicator";
import { Metric } from "../core/signal";
import { metricMath, numbered, sumOf } from "../parts/metric-math";
import { inUnit } from "../review/slo/words";
import { Burn, slicesAbove } from "./burn-windows";
import { numberOf } from "./fraction";

/** What CloudWatch measures. */
export type CloudWatchIndicator = Exclude<Indicator, PrometheusIndicator>;

/** One window of a pair. */
export interface BurnWindow {
  readonly burn: Burn;
  /** Seconds. */
  readonly length: number;
  /** Bad events below which it stays quiet: long windows alone have it. */
  readonly minimumFailures: number;
}

type Child = Partial<CloudwatchMetricAlarmConfig> &
  Pick<CloudwatchMetricAlarmConfig, "comparisonOperator" | "evaluationPeriods">;
type Queries = Pick<CloudwatchMetricAlarmConfig, "metricQuery">;

/** Minutes are the events of freshness. */
const SLICE_SECONDS = 60;

/** The alarm that is on while a window burns: the share of bad events is above the threshold. */
export function childAlarm(indicator: CloudWatchIndicator, window: BurnWindow, within: number): Child {
  if (indicator.kind === "freshness") return slices(indicator, window);
  return {
    ...queriesOf(indicator, window, within),
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: numberOf(window.burn.threshold),
    comparisonOperator: "GreaterThanThreshold",
  };
}

function queriesOf(
  indicator: Exclude<CloudWatchIndicator, FreshnessIndicator>,
  window: BurnWindow,
  within: number,
): Queries {
  if (indicator.kind === "latency") return late(indicator, window, within);
  return "percent" in indicator ? failed(indicator, window) : bad(indicator, window);
}

/**
 * A long window is guarded by failures, never by traffic: a guard by traffic hides the total outage of a quiet service.
 * A short one only minds that nothing can be divided by no events.
 */
function bad({ bad, total }: EventIndicator, { length, minimumFailures }: BurnWindow): Queries {
  const failed = sumOf("bad", bad.length);
  const all = sumOf("total", total.length);
  const enough = minimumFailures > 1 ? `${failed} >= ${minimumFailures}` : `${all} > 0`;
  const metrics = { ...numbered("bad", bad), ...numbered("total", total) };
  return metricMath(`IF(${enough}, (${failed}) / (${all}), 0)`, metrics, length);
}

/**
 * PR is the per cent of events at or below a bound.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
function late({ distribution }: LatencyIndicator, window: BurnWindow, within: number): Queries {
  return notGood(distribution, `PR(:${within})`, window);
}

/** Of 100 for each good event and 0 for each bad one, the average is the per cent of good ones. */
function failed({ percent }: PercentIndicator, window: BurnWindow): Queries {
  return notGood(percent, "Average", window);
}

/**
 * A statistic that is the per cent of good events, of a metric of which each sample is one event. Failures are reckoned
 * back from it, so they are not whole numbers: the guard stands between two of them.
 */
function notGood(metric: Omit<Metric, "statistic">, good: string, { length, minimumFailures }: BurnWindow): Queries {
  const metrics = {
    good: { ...metric, statistic: good },
    count: { ...metric, statistic: "SampleCount" },
  };
  const share = "(100 - good) / 100";
  const guarded = `IF(${share} * count > ${minimumFailures - 0.5}, ${share}, 0)`;
  return metricMath(minimumFailures > 1 ? guarded : share, metrics, length);
}

/** M of N minutes are exactly a share of bad minutes. */
function slices({ metric, bad, threshold }: FreshnessIndicator, { burn, length, minimumFailures }: BurnWindow): Child {
  const evaluationPeriods = length / SLICE_SECONDS;
  const { name, namespace, dimensions, statistic } = metric;
  return {
    namespace,
    metricName: name,
    dimensions: dimensions && { ...dimensions },
    statistic,
    period: SLICE_SECONDS,
    evaluationPeriods,
    datapointsToAlarm: Math.min(evaluationPeriods, Math.max(minimumFailures, slicesAbove(burn, evaluationPeriods))),
    threshold,
    comparisonOperator: bad === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
  };
}

/** How long a good event may take, in the unit of the metric; refuses it where nothing has a length. */
export function withinOf(scope: IConstruct, indicator: Indicator, within: Duration | undefined): number {
  const isTimed = "distribution" in indicator;
  if (!isTimed) {
    const mend = `what ${indicator.kind} counts as bad is part of its indicator`;
    if (within !== undefined) refuse(scope, { prop: "within", must: "be left out", got: within, mend });
    return 0;
  }
  const complaint = { prop: "within", must: `be a length of time, such as "300 milliseconds"`, got: within };
  if (within === undefined) return refuse(scope, complaint);
  const length = lengthOf(within);
  if (!(length > 0)) refuse(scope, complaint);
  return inUnit(length, indicator.unit);
}

function lengthOf(within: Duration): number {
  try {
    return seconds(within);
  } catch {
    return NaN;
  }
}
