import { IConstruct } from "constructs";
import { seconds } from "../core/duration";
import { refuse } from "../core/guard";
import { Metric } from "../core/signal";
import { numberOf } from "./fraction";
import { Period } from "./burn-windows";
import { Slo } from "./slo";

/**
 * How long a slice of freshness is, in seconds: as short as CloudWatch keeps data for the whole period.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html (15, 63 and 455 days)
 */
const SLICES: Readonly<Record<Period, number>> = { "7 days": 60, "28 days": 300, "30 days": 300, "90 days": 3600 };

/** An objective as the function is told of it; `functions/error-budget.js` reads it. */
export type BudgetData = { readonly name: string; readonly budget: number; readonly seconds: number } & (
  | { readonly kind: "events"; readonly bad: readonly Metric[]; readonly total: readonly Metric[] }
  | { readonly kind: "latency"; readonly good: Metric; readonly count: Metric }
  | {
      readonly kind: "freshness";
      readonly metric: Metric;
      readonly side: "above" | "below";
      readonly threshold: number;
      readonly slice: number;
    }
);

/** What the function needs to know of an objective; refuses one that CloudWatch cannot measure. */
export function budgetData(scope: IConstruct, slo: Slo, name: string): BudgetData {
  const { indicator, period, within } = slo;
  const common = { name, budget: numberOf(slo.budget), seconds: seconds(period) };
  if ("prometheus" in indicator) {
    const mend = "a Prometheus records slo:budget:remaining_ratio itself, by the rules beside the plan";
    return refuse(scope, { prop: "of", must: "be measured by CloudWatch", got: slo.node.path, mend });
  }
  if (indicator.kind === "latency") {
    const of = (statistic: string) => ({ ...indicator.distribution, statistic });
    return { ...common, kind: "latency", good: of(`PR(:${within})`), count: of("SampleCount") };
  }
  if ("percent" in indicator) {
    // To the function both are a per cent of good events and their count.
    const of = (statistic: string) => ({ ...indicator.percent, statistic });
    return { ...common, kind: "latency", good: of("Average"), count: of("SampleCount") };
  }
  if (indicator.kind === "freshness") {
    const { metric, bad, threshold } = indicator;
    return { ...common, kind: "freshness", metric, side: bad, threshold, slice: SLICES[period] };
  }
  return { ...common, kind: "events", bad: indicator.bad, total: indicator.total };
}
