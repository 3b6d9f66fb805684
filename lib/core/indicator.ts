import { Metric } from "./signal";

/** Good and bad events: the share of `total` that is not `bad`. */
export interface EventIndicator {
  readonly kind: "availability" | "freshness" | "correctness";
  /** What counts as one event, for the reader of a report: `requests`. */
  readonly counts: string;
  /** Metrics that add up to the bad events. */
  readonly bad: readonly Metric[];
  /** Metrics that add up to all events. */
  readonly total: readonly Metric[];
}

/** How long events take: a metric of which percentiles can be asked. */
export interface LatencyIndicator {
  readonly kind: "latency";
  readonly counts: string;
  /** The distribution; its statistic is chosen by the reader. */
  readonly distribution: Omit<Metric, "statistic">;
  /** What one unit of the metric is. */
  readonly unit: "seconds" | "milliseconds";
}

/** What an objective can be written on. */
export type Indicator = EventIndicator | LatencyIndicator;

/** Indicators by name. */
export type Indicators = Readonly<Record<string, Indicator>>;
