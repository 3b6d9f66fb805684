import { IConstruct } from "constructs";
import { LIMITS } from "../review/alarms/limits";
import { EXTENDED_FORMS, isExtendedStatistic, isStatistic } from "../review/alarms/statistic";
import { requireBetween, requireThat } from "./guard";
import { Metric } from "./signal";

/** Refuses a metric that CloudWatch does not know how to read. */
export function requireMetric(construct: IConstruct, prop: string, metric: Omit<Metric, "statistic">): void {
  const { statistic, dimensions = {} } = metric as Partial<Metric>;
  const count = Object.keys(dimensions).length;
  requireBetween(construct, `${prop}.dimensions`, count, 0, LIMITS.dimensions);
  if (statistic === undefined) return;
  const must = `be a statistic: Sum, Average, Minimum, Maximum, SampleCount, ${EXTENDED_FORMS}`;
  const holds = isStatistic(statistic) || isExtendedStatistic(statistic);
  requireThat(construct, holds, { prop: `${prop}.statistic`, must, got: statistic });
}

/** Refuses a sum of no metrics, and what {@link requireMetric} does. */
export function requireMetrics(construct: IConstruct, prop: string, metrics: readonly Metric[]): void {
  requireThat(construct, metrics.length > 0, { prop, must: "name at least one metric", got: metrics });
  for (const [index, metric] of metrics.entries()) requireMetric(construct, `${prop}[${index}]`, metric);
}
