import { Duration } from "../core/duration";
import { Urgency } from "../core/signal";
import { Fraction, ceil, dividedBy, floor, fraction, isBelow, minus, times } from "./fraction";

/** How long an objective looks back. */
export type Period = "7 days" | "28 days" | "30 days" | "90 days";

export const PERIODS: readonly Period[] = ["7 days", "28 days", "30 days", "90 days"];

/** Two windows that must both burn: the long one says that the budget is in danger, the short one that it still is. */
export interface BurnPair {
  readonly urgency: Urgency;
  readonly long: Duration;
  /** @default - a twelfth of `long` */
  readonly short?: Duration;
  /** How much of the budget is gone when the long window fires, in per cent. */
  readonly spends: number;
}

/** The longest window that opens a ticket by itself. */
export type Slowest = "1 day" | "3 days";

/**
 * Per cent of the budget that each window may spend.
 *
 * A week is short: 10 % of it in a day is slower than the budget allows, so its windows may spend more.
 *
 * @see https://sre.google/workbook/alerting-on-slos/ (table 5-8 and the code sample; the three days stand in the table)
 */
const SPENDS: Readonly<Record<Period, readonly [number, number, number, number]>> = {
  "7 days": [8, 12.5, 20, 10],
  "28 days": [2, 5, 10, 10],
  "30 days": [2, 5, 10, 10],
  "90 days": [2, 5, 10, 10],
};

/** The pairs of a period: two that page, one that opens a ticket, and on request one over three days. */
export function pairsOf(period: Period, slowest: Slowest): BurnPair[] {
  const [hour, quarter, day, days] = SPENDS[period];
  const pairs: BurnPair[] = [
    { urgency: "page", long: "1 hour", short: "5 minutes", spends: hour },
    { urgency: "page", long: "6 hours", short: "30 minutes", spends: quarter },
    { urgency: "ticket", long: "1 day", short: "2 hours", spends: day },
    { urgency: "ticket", long: "3 days", short: "6 hours", spends: days },
  ];
  return slowest === "3 days" ? pairs : pairs.slice(0, 3);
}

/** The error budget: the share of events that may be bad. 99.9 is 0.001. */
export function budgetOf(objective: number): Fraction {
  return minus(fraction(1), dividedBy(fraction(objective), fraction(100)));
}

/** What a pair of windows means for an objective. */
export interface Burn {
  readonly urgency: Urgency;
  /** Seconds. */
  readonly long: number;
  readonly short: number;
  /** Per cent of the budget. */
  readonly spends: number;
  /** How many times faster than allowed the budget burns: 1 ends it with the period. */
  readonly factor: Fraction;
  /** The share of bad events above which a window burns. */
  readonly threshold: Fraction;
}

/** What the pair means: `factor = spends × period ÷ long`, `threshold = factor × budget`. All lengths are seconds. */
export function burnOf(
  { urgency, long, short, spends }: { urgency: Urgency; long: number; short: number; spends: number },
  objective: number,
  period: number,
): Burn {
  const share = dividedBy(fraction(spends), fraction(100));
  const factor = times(share, dividedBy(fraction(period), fraction(long)));
  return { urgency, long, short, spends, factor, threshold: times(factor, budgetOf(objective)) };
}

/** Whether the window can fire at all: nothing fails more than wholly. */
export function canFire({ threshold }: Burn): boolean {
  return isBelow(threshold, fraction(1));
}

/** Whether the window fires while the service keeps its objective. */
export function isWithinBudget({ factor }: Burn): boolean {
  return isBelow(factor, fraction(1));
}

/** The objective, in per cent, above which the window can fire. */
export function lowestObjective({ factor }: Burn): Fraction {
  return times(fraction(100), minus(fraction(1), dividedBy(fraction(1), factor)));
}

/** Seconds until the long window fires, from the first moment at a share of bad events; nothing where it never does. */
export function firesAfter({ threshold, long }: Burn, share: Fraction): Fraction | undefined {
  return isBelow(threshold, share) ? times(dividedBy(threshold, share), fraction(long)) : undefined;
}

/** Events in the long window up to which a single failure is above the threshold. */
export function trippedByOneUpTo({ threshold }: Burn): Fraction {
  return dividedBy(fraction(1), threshold);
}

/** Whether one failure alone burns the long window at so many events an hour. */
export function isTrippedByOne(burn: Burn, perHour: number): boolean {
  const events = times(fraction(perHour), dividedBy(fraction(burn.long), fraction(3600)));
  return isBelow(events, trippedByOneUpTo(burn));
}

/** Events an hour from which one failure alone no longer burns the long window. */
export function enoughPerHour(burn: Burn): number {
  return ceil(dividedBy(times(trippedByOneUpTo(burn), fraction(3600)), fraction(burn.long)));
}

/** How many of `slices` must be bad for their share to be above the threshold. */
export function slicesAbove({ threshold }: Burn, slices: number): number {
  return floor(times(threshold, fraction(slices))) + 1;
}
