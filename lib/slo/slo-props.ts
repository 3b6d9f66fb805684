import { Duration } from "../core/duration";
import { Indicator } from "../core/indicator";
import { AlarmRouting } from "../core/routing";
import { ServiceGraph } from "../core/service-graph";
import { BurnPair, Period, Slowest } from "./burn-windows";

/** What an objective is where it does not say: the rolling month of most policies, and one failure is no news. */
export const SLO_DEFAULTS = { period: "30 days", minimumFailures: 2 } as const;

/** What a `Slo` can be told. */
export interface SloProps {
  /** The share of good events in per cent: `99.9` (50 to 99.9999). */
  readonly objective: number;
  /** The service that makes the promise; what it needs sets the ceiling of what it can promise. */
  readonly of: ServiceGraph;
  /** What is measured: `entrance.indicators.availability`. */
  readonly indicator: Indicator;
  /** Who is told, and where the runbook stands. */
  readonly alarms: AlarmRouting;
  /** How long a good event may take at most: `"300 milliseconds"`. @default - required by latency, refused by others */
  readonly within?: Duration;
  /** How long it looks back. @default "30 days" */
  readonly period?: Period;
  /**
   * The longest window that opens a ticket. Three days find what burns for weeks; CloudWatch looks at them once an hour,
   * and such a window has not been seen to work on a live account.
   *
   * @default "1 day"; "3 days" where a Prometheus counts, over 30 days or more
   */
  readonly slowest?: Slowest;
  /**
   * Pairs of windows of your own, in place of those of the period.
   *
   * @default - 1 hour and 6 hours page, a day opens a ticket
   */
  readonly windows?: readonly BurnPair[];
  /**
   * Bad events in a long window below which it stays quiet: a total outage of a quiet service pages, a single failure
   * does not (1 or more).
   *
   * @default 2
   */
  readonly minimumFailures?: number;
  /**
   * How many events an hour there are in a quiet hour. Synthesis then says which windows a single failure would burn, and
   * what to do.
   *
   * @default - nobody knows
   */
  readonly expectedRequestsPerHour?: number;
  /** Whether an objective above the product of what the dependencies promise fails, where else it warns. @default false */
  readonly strict?: boolean;
}
