import { IConstruct } from "constructs";
import { requireThresholds, requireWindow } from "../core/declared-signals";
import { minutes } from "../core/duration";
import { refuse } from "../core/guard";
import { DEFAULT_PERIOD, Signal, Tuning } from "../core/signal";

/** A signal in which nothing is left to a default. */
export interface ResolvedSignal extends Signal {
  readonly periodSeconds: number;
  readonly datapoints: number;
  readonly periods: number;
  readonly missing: NonNullable<Signal["missing"]>;
}

/**
 * A signal with its tuning and the defaults of its kind; refuses what would leave the alarm silent, and what CloudWatch
 * would refuse.
 */
export function resolveSignal(scope: IConstruct, name: string, signal: Signal, tuning: Tuning): ResolvedSignal {
  for (const { setting, met, mend } of signal.requires ?? []) {
    if (!met) refuse(scope, { prop: name, must: `have ${setting}, or it stays silent`, got: "it off", mend });
  }
  const tuned = { ...signal, ...tuning };
  requireThresholds(scope, name, tuned);
  const { page, ticket } = tuned;
  return {
    ...tuned,
    ...(page !== undefined && { page: exact(page) }),
    ...(ticket !== undefined && { ticket: exact(ticket) }),
    ...requireWindow(scope, name, tuned),
  };
}

/** As many digits as floating point has right: 0.3, where 0.1 + 0.2 has seventeen. */
function exact(threshold: number): number {
  return Number(threshold.toPrecision(15));
}

/** When an alarm tells, in words: `3 of 5 minutes`. */
export function whenOf({ datapoints, periods, period = DEFAULT_PERIOD }: ResolvedSignal): string {
  const length = minutes(period);
  return length === 1 ? `${datapoints} of ${periods} minutes` : `${datapoints} of ${periods} periods of ${period}`;
}
