import { IConstruct } from "constructs";
import { minutes } from "../core/duration";
import { refuse, requireDuration, requireForm, requireOneOf } from "../core/guard";
import { DEFAULT_PERIOD, SIGNAL_DEFAULTS, Signal, Tuning, breachesOf } from "../core/signal";

/** A signal in which nothing is left to a default. */
export interface ResolvedSignal extends Signal {
  readonly periodSeconds: number;
  readonly datapoints: number;
  readonly periods: number;
  readonly missing: NonNullable<Signal["missing"]>;
}

const MISSING = ["breaching", "notBreaching", "ignore", "missing"];

/** A signal with its tuning and the defaults of its kind; refuses what would leave the alarm silent. */
export function resolveSignal(scope: IConstruct, name: string, signal: Signal, tuning: Tuning): ResolvedSignal {
  const prop = (part: string) => `${name}.${part}`;
  for (const { setting, met, mend } of signal.requires ?? []) {
    if (!met) refuse(scope, { prop: name, must: `have ${setting}, or it stays silent`, got: "it off", mend });
  }
  const tuned = { ...signal, ...tuning };
  const { breaches, missing, period } = { ...SIGNAL_DEFAULTS[signal.kind], period: DEFAULT_PERIOD, ...defined(tuned) };
  requireForm(scope, prop("breaches"), breaches, /^[1-9]\d* of [1-9]\d*$/, `"M of N", such as "3 of 5"`);
  requireOneOf(scope, prop("missing"), missing, MISSING);
  const periodSeconds = requireDuration(scope, prop("period"), period, "10 seconds", "7 days");
  for (const urgency of ["page", "ticket"] as const) {
    const threshold = tuned[urgency];
    if (threshold !== undefined && typeof threshold !== "number") {
      refuse(scope, { prop: prop(urgency), must: "be a number", got: threshold });
    }
    if (Number.isNaN(threshold)) refuse(scope, { prop: prop(urgency), must: "be a number", got: "NaN" });
  }
  refuseSwapped(scope, name, tuned);
  return { ...tuned, ...breachesOf(breaches), breaches, missing, period, periodSeconds };
}

/** A page that fires before its ticket wakes people for what nobody was told of. */
function refuseSwapped(scope: IConstruct, name: string, { page, ticket, bad }: Signal): void {
  if (page === undefined || ticket === undefined) return;
  const later = bad === "above" ? page >= ticket : page <= ticket;
  if (later) return;
  const must = `be ${bad === "above" ? "at least" : "at most"} the ticket threshold ${ticket}`;
  refuse(scope, { prop: `${name}.page`, must, got: page, mend: "tune both, or leave one out" });
}

function defined(tuned: Signal): Partial<Pick<Signal, "breaches" | "missing" | "period">> {
  const { breaches, missing, period } = tuned;
  return {
    ...(breaches !== undefined && { breaches }),
    ...(missing !== undefined && { missing }),
    ...(period !== undefined && { period }),
  };
}

/** When an alarm tells, in words: `3 of 5 minutes`. */
export function whenOf({ datapoints, periods, period = DEFAULT_PERIOD }: ResolvedSignal): string {
  const length = minutes(period);
  return length === 1 ? `${datapoints} of ${periods} minutes` : `${datapoints} of ${periods} periods of ${period}`;
}
