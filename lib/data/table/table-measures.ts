import { MathMeasure, Metric } from "../../core/signal";
import { numbered, sumOf } from "../../parts/metric-math";
import { Operation } from "./table-props";

/** What the thresholds of a table are computed from. */
export interface WatchedTable {
  readonly name: string;
  readonly region: string;
  readonly capacity: "provisioned" | "limited" | "on demand";
  readonly operations: readonly Operation[];
  readonly indexes: readonly string[];
  /** Other regions that are told of each write some time after it. */
  readonly lagging: readonly string[];
  /** The most that the table may be asked, in units a second. */
  readonly most: Readonly<Partial<Record<"reads" | "writes", number>>>;
}

/** A metric of one table. */
export function tableMetric(name: string) {
  return (metric: string, statistic: string, more: Readonly<Record<string, string>> = {}) =>
    ({ namespace: "AWS/DynamoDB", name: metric, statistic, dimensions: { TableName: name, ...more } }) satisfies Metric;
}

/** Requests that DynamoDB failed, and all that it answered. */
export function requests({ name, operations }: WatchedTable) {
  const of = tableMetric(name);
  const bad = operations.map((Operation) => of("SystemErrors", "Sum", { Operation }));
  return {
    bad,
    total: [...bad, ...operations.map((Operation) => of("SuccessfulRequestLatency", "SampleCount", { Operation }))],
  };
}

/** The largest of several metrics. */
export function most(metrics: readonly Metric[]): MathMeasure {
  const ids = metrics.map((_, index) => `m${index + 1}`);
  return { math: { expression: `MAX([${ids.join(", ")}])`, metrics: numbered("m", metrics) } };
}

/** All of several metrics. */
export function sum(metrics: readonly Metric[]): MathMeasure {
  return { math: { expression: sumOf("m", metrics.length), metrics: numbered("m", metrics) } };
}
