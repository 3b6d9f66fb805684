import { Duration } from "./duration";
import { Metric } from "./signal";

/** Good and bad events: the share of `total` that is not `bad`. */
export interface EventIndicator {
  readonly kind: "availability" | "correctness";
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

/** A share that is measured as such: each sample of a metric is one event, and says whether that was good. */
export interface PercentIndicator {
  readonly kind: "availability" | "correctness";
  readonly counts: string;
  /** A metric of which a good event is 100, a bad one 0; its statistics are chosen by the reader. */
  readonly percent: Omit<Metric, "statistic">;
  /** How often there is a sample. @default - often enough for the windows of any objective */
  readonly every?: Duration;
}

/** How new what is there is: the share of minutes in which a metric stays on the good side of a bound. */
export interface FreshnessIndicator {
  readonly kind: "freshness";
  /** What is counted: the time, where there are no events to count. */
  readonly counts: "minutes";
  readonly metric: Metric;
  /** Which side of the bound is bad. */
  readonly bad: "above" | "below";
  readonly threshold: number;
  /** The unit of the bound, for people. */
  readonly unit: string;
}

/** Events that a Prometheus counts. */
export interface PrometheusIndicator {
  readonly kind: "availability" | "correctness" | "latency";
  readonly counts: string;
  /** Selectors of counters, such as `http_requests_total{job="orders", code=~"5.."}`. */
  readonly prometheus: { readonly bad: string; readonly total: string };
}

/** What an objective can be written on. */
export type Indicator = EventIndicator | LatencyIndicator | PercentIndicator | FreshnessIndicator | PrometheusIndicator;

/** Indicators by name. */
export type Indicators = Readonly<Record<string, Indicator>>;
