import { IConstruct } from "constructs";
import { inWords, minutes } from "../core/duration";
import { refuse, requireDuration, requireForm, requireOneOf } from "../core/guard";
import { DEFAULT_PERIOD, Metric, SIGNAL_DEFAULTS, Signal, Tuning, breachesOf } from "../core/signal";
import { MISSING_DATA } from "../review/alarms/limits";
import { HIGH_RESOLUTION, MINUTE, isAwsNamespace, isPeriod, longestWindow } from "../review/alarms/window";

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
  const prop = (part: string) => `${name}.${part}`;
  for (const { setting, met, mend } of signal.requires ?? []) {
    if (!met) refuse(scope, { prop: name, must: `have ${setting}, or it stays silent`, got: "it off", mend });
  }
  const tuned = { ...signal, ...tuning };
  const { breaches, missing, period } = { ...SIGNAL_DEFAULTS[signal.kind], period: DEFAULT_PERIOD, ...defined(tuned) };
  requireForm(scope, prop("breaches"), breaches, /^[1-9]\d* of [1-9]\d*$/, `"M of N", such as "3 of 5"`);
  requireOneOf(scope, prop("missing"), missing, MISSING_DATA);
  const periodSeconds = requireDuration(scope, prop("period"), period, "10 seconds", "7 days");
  for (const urgency of ["page", "ticket"] as const) {
    const threshold = tuned[urgency];
    if (threshold !== undefined && typeof threshold !== "number") {
      refuse(scope, { prop: prop(urgency), must: "be a number", got: threshold });
    }
    if (threshold !== undefined && !Number.isFinite(threshold)) {
      refuse(scope, { prop: prop(urgency), must: "be a number that is finite", got: String(threshold) });
    }
  }
  refuseSwapped(scope, name, tuned);
  const thresholds = {
    ...(tuned.page !== undefined && { page: exact(tuned.page) }),
    ...(tuned.ticket !== undefined && { ticket: exact(tuned.ticket) }),
  };
  const resolved = { ...tuned, ...thresholds, ...breachesOf(breaches), breaches, missing, period, periodSeconds };
  refusePeriod(scope, prop("period"), resolved);
  refuseWindow(scope, prop("breaches"), resolved);
  return resolved;
}

/** As many digits as floating point has right: 0.3, where 0.1 + 0.2 has seventeen. */
function exact(threshold: number): number {
  return Number(threshold.toPrecision(15));
}

/** CloudWatch looks once a minute; more often only at what is published more often, which AWS's own metrics are not. */
function refusePeriod(scope: IConstruct, prop: string, { period, periodSeconds, measure }: ResolvedSignal): void {
  const whole = inWords(Math.ceil(periodSeconds / MINUTE) * MINUTE);
  if (!isPeriod(periodSeconds)) {
    const must = `be ${HIGH_RESOLUTION.join(", ")} seconds or whole minutes`;
    refuse(scope, { prop, must, got: period, mend: `write "${whole}"` });
  }
  const slow = metricsOf(measure).find(({ namespace }) => isAwsNamespace(namespace));
  if (slow === undefined || periodSeconds >= MINUTE) return;
  const must = `be whole minutes: ${slow.namespace} publishes once a minute`;
  refuse(scope, { prop, must, got: period, mend: `write "${whole}"` });
}

function refuseWindow(scope: IConstruct, prop: string, signal: ResolvedSignal): void {
  const { breaches, datapoints, periods, periodSeconds } = signal;
  if (datapoints > periods) {
    const mend = `write "${periods} of ${datapoints}"`;
    refuse(scope, { prop, must: "ask for at most all of the periods it looks at", got: breaches, mend });
  }
  const longest = longestWindow(periodSeconds);
  if (periods * periodSeconds <= longest) return;
  const must = `look back at most ${inWords(longest)}, ${Math.floor(longest / periodSeconds)} periods of ${inWords(periodSeconds)}`;
  refuse(scope, { prop, must, got: breaches, mend: "take fewer periods, or a longer one" });
}

/** The metrics of a measurement, in every zone. */
function metricsOf(measure: Signal["measure"]): readonly Metric[] {
  if ("zones" in measure) return Object.values(measure.zones).flatMap(metricsOf);
  if ("metric" in measure) return [measure.metric];
  if ("math" in measure) return Object.values(measure.math.metrics);
  return "ratio" in measure ? [...measure.ratio.bad, ...measure.ratio.total] : [];
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
