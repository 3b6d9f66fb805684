import { Content } from "./content";
import { Duration } from "./duration";
import { Zone } from "./network";

/** Which of the four golden signals a measurement is. */
export type GoldenSignal = "latency" | "traffic" | "errors" | "saturation";

/** What a breach asks of people: wake someone now, or look at it in working hours. */
export const URGENCIES = ["page", "ticket"] as const;

/** One of {@link URGENCIES}. */
export type Urgency = (typeof URGENCIES)[number];

/** A CloudWatch metric and how its data points become one. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** @default - the metric has no dimensions */
  readonly dimensions?: Readonly<Record<string, Content>>;
  /** `"Average"`, `"Sum"`, `"Minimum"`, `"Maximum"`, `"SampleCount"` or a percentile such as `"p99"`. */
  readonly statistic: string;
}

/** One metric. */
export interface MetricMeasure {
  readonly metric: Metric;
}

/** Bad events as per cent of all, where there are enough of them to mean something. */
export interface RatioMeasure {
  readonly ratio: {
    /** Metrics that add up to the bad events. */
    readonly bad: readonly Metric[];
    /** Metrics that add up to all events. */
    readonly total: readonly Metric[];
    /** Events in one period below which the share counts as 0. */
    readonly minimum: number;
  };
}

/** A CloudWatch metric-math expression over named metrics. */
export interface MathMeasure {
  readonly math: { readonly expression: string; readonly metrics: Readonly<Record<string, Metric>> };
}

/** Something that happens, as EventBridge tells it; there is no threshold, each match is a breach. */
export interface EventMeasure {
  readonly event: {
    readonly source: readonly string[];
    readonly detailType: readonly string[];
    /** @default - any detail */
    readonly detail?: Readonly<Record<string, unknown>>;
  };
}

/** What can be measured. */
export type Measure = MetricMeasure | RatioMeasure | MathMeasure | EventMeasure;

/** The same measurement for each zone: one alarm a zone. */
export interface ZonalMeasure {
  readonly zones: Readonly<Record<Zone, Exclude<Measure, EventMeasure>>>;
}

/** How many of the last periods must breach, such as `"3 of 5"`. */
export type Breaches = `${number} of ${number}`;

/** What a period without data means, in CloudWatch's words. */
export type MissingData = "breaching" | "notBreaching" | "ignore" | "missing";

/** A setting without which a signal stays silent for ever. */
export interface Requirement {
  /** The setting, such as `enhanced monitoring`. */
  readonly setting: string;
  readonly met: boolean;
  /** What to write to have it. */
  readonly mend: string;
}

/** What tunes a signal: everything but what it means and measures. */
export interface Tuning {
  /**
   * The threshold that wakes someone.
   *
   * @default - nobody is paged
   */
  readonly page?: number;
  /**
   * The threshold that opens a ticket.
   *
   * @default - no ticket is opened
   */
  readonly ticket?: number;
  /** @default - by kind, see {@link SIGNAL_DEFAULTS} */
  readonly breaches?: Breaches;
  /**
   * The length of one period.
   *
   * @default "1 minute"
   */
  readonly period?: Duration;
  /** @default - by kind, see {@link SIGNAL_DEFAULTS} */
  readonly missing?: MissingData;
}

/**
 * One thing worth watching about a construct, and when a breach needs a person.
 *
 * The joint of the library: alarms, dashboard rows, runbook pages, rollback triggers, stop conditions and scaling
 * targets are all read from it.
 */
export interface Signal extends Tuning {
  readonly kind: GoldenSignal;
  /** What a breach means, as the first line the person called will read. */
  readonly means: Content;
  readonly measure: Measure | ZonalMeasure;
  /**
   * Where its metrics are published: its alarms stand there and tell topics of there, and no rollback, stop condition or
   * composite reaches them.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
  /** Which side of a threshold is bad. */
  readonly bad: "above" | "below";
  /**
   * The unit of the thresholds, for people: `per cent`, `seconds`, `bytes`.
   *
   * @default - a count
   */
  readonly unit?: string;
  /**
   * Which urgency an event has; measurements have thresholds instead.
   *
   * @default "ticket"
   */
  readonly urgency?: Urgency;
  /** What must exist for the metric to be published at all. @default - nothing */
  readonly requires?: readonly Requirement[];
  /**
   * What to look at first, one action a line. A command (`aws …`) or a query (`SELECT …`) that ends it, after a colon or a
   * question mark, stands apart on the runbook's page, to be pasted.
   *
   * @default - the runbook has no first steps
   */
  readonly firstSteps?: readonly Content[];
  /**
   * What relieves the service while the cause is still sought, one action a line, the safest first; commands as in
   * `firstSteps`.
   *
   * @default - the runbook says how to take the last change back
   */
  readonly mitigate?: readonly Content[];
  /** Why these thresholds. @default - it is plain */
  readonly rationale?: string;
  /** Where metric and thresholds are from. @default - the pattern's own judgement */
  readonly source?: string;
}

/** Signals by name; names are camelCase nouns. */
export type Signals = Readonly<Record<string, Signal>>;

/**
 * What holds where a signal does not say: errors are judged as a rate that may flicker, saturation must last.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export const SIGNAL_DEFAULTS: Readonly<
  Record<GoldenSignal, { readonly breaches: Breaches; readonly missing: MissingData }>
> = {
  // No requests is no errors; silence of the source itself is a signal of its own.
  errors: { breaches: "3 of 5", missing: "notBreaching" },
  latency: { breaches: "3 of 5", missing: "notBreaching" },
  // A floor under traffic or capacity that stops reporting has been breached.
  traffic: { breaches: "3 of 3", missing: "breaching" },
  saturation: { breaches: "5 of 5", missing: "missing" },
};

/** The period of a signal that does not say. */
export const DEFAULT_PERIOD: Duration = "1 minute";

/** `"3 of 5"` as numbers. */
export function breachesOf(breaches: Breaches): { readonly datapoints: number; readonly periods: number } {
  const [datapoints, periods] = breaches.split(" of ").map(Number);
  return { datapoints, periods };
}
