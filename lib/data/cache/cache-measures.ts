import { MathMeasure, Metric, MetricMeasure } from "../../core/signal";
import { numbered } from "../../parts/metric-math";
import { most } from "../table/table-measures";

/** What each metric says, and which to watch. */
export const METRICS = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html";

/** What makes a measure of the worst of several nodes. */
export type Worst = (name: string, statistic?: string) => MetricMeasure | MathMeasure;

/** The worst of several nodes; `node` is for metrics that are published by the number of the node as well. */
export function worstOf(members: readonly string[], low = false, node?: string): Worst {
  return (name, statistic = "Maximum") => {
    const metrics = members.map((CacheClusterId): Metric => {
      const dimensions = { CacheClusterId, ...(node !== undefined && { CacheNodeId: node }) };
      return { namespace: "AWS/ElastiCache", name, statistic, dimensions };
    });
    if (metrics.length === 1) return { metric: metrics[0] };
    if (!low) return most(metrics);
    const ids = metrics.map((_, index) => `m${index + 1}`);
    return { math: { expression: `MIN([${ids.join(", ")}])`, metrics: numbered("m", metrics) } };
  };
}
