import { IConstruct } from "constructs";
import { MISSING_DATA } from "../review/alarms/limits";
import { HIGH_RESOLUTION, MINUTE, isAwsNamespace, isPeriod, longestWindow } from "../review/alarms/window";
import { Duration, inWords } from "./duration";
import { refuse, requireDuration, requireForm, requireOneOf, requireThat, requireWhole } from "./guard";
import {
  Breaches,
  DEFAULT_PERIOD,
  EventMeasure,
  Measure,
  Metric,
  SIGNAL_DEFAULTS,
  Signal,
  Signals,
  breachesOf,
} from "./signal";
import { requireMetric, requireMetrics } from "./declared-metrics";
import { kebab } from "./naming";

const URGENCIES = ["page", "ticket"] as const;

/** What only measurements have: an event has no size and no periods. */
const MEASURED = [...URGENCIES, "breaches", "period", "missing"] as const;

/** Refuses signals that tell nobody of anything, whoever declares them. */
export function requireSignals(construct: IConstruct, signals: Signals): void {
  const alarmed = new Map<string, string>();
  for (const [name, signal] of Object.entries(signals)) {
    const prop = `signals.${name}`;
    const other = alarmed.get(kebab(name));
    const own = { prop, must: "have a name of its own", got: other, mend: "alarms are named by it in lower case" };
    requireThat(construct, other === undefined, own);
    alarmed.set(kebab(name), name);
    requireForm(construct, prop, name, /^[A-Za-z][\w-]*$/, "named by letters, digits, hyphens or underscores");
    requireForm(construct, `${prop}.means`, signal.means, /\S/, "what a breach means, in words for who is called");
    requireMeasure(construct, `${prop}.measure`, signal.measure);
    if ("event" in signal.measure) {
      requireEvent(construct, prop, signal, signal.measure);
      continue;
    }
    const mend = "it is for events: a measurement has the thresholds page and ticket";
    requireThat(construct, signal.urgency === undefined, {
      prop: `${prop}.urgency`,
      must: "be left out",
      got: signal.urgency,
      mend,
    });
    requireThresholds(construct, prop, signal);
    requireWindow(construct, prop, signal);
  }
}

/** Refuses a threshold that is no number, and a page that fires before its ticket: it wakes people for what nobody was told of. */
export function requireThresholds(scope: IConstruct, name: string, { page, ticket, bad }: Signal): void {
  for (const [urgency, threshold] of Object.entries({ page, ticket })) {
    const prop = `${name}.${urgency}`;
    if (threshold === undefined) continue;
    if (typeof threshold !== "number") refuse(scope, { prop, must: "be a number", got: threshold });
    if (!Number.isFinite(threshold))
      refuse(scope, { prop, must: "be a number that is finite", got: String(threshold) });
  }
  if (page === undefined || ticket === undefined) return;
  const later = bad === "above" ? page >= ticket : page <= ticket;
  const must = `be ${bad === "above" ? "at least" : "at most"} the ticket threshold ${ticket}`;
  requireThat(scope, later, { prop: `${name}.page`, must, got: page, mend: "tune both, or leave one out" });
}

/** What a signal is judged by, its defaults filled in. */
export interface Window {
  readonly breaches: Breaches;
  readonly missing: NonNullable<Signal["missing"]>;
  readonly period: Duration;
  readonly periodSeconds: number;
  readonly datapoints: number;
  readonly periods: number;
}

/** The window of a signal, by the defaults of its kind; refuses one that CloudWatch would. */
export function requireWindow(scope: IConstruct, name: string, signal: Signal): Window {
  const defaults = SIGNAL_DEFAULTS[signal.kind];
  const { breaches = defaults.breaches, missing = defaults.missing, period = DEFAULT_PERIOD } = signal;
  requireForm(scope, `${name}.breaches`, breaches, /^[1-9]\d* of [1-9]\d*$/, `"M of N", such as "3 of 5"`);
  requireOneOf(scope, `${name}.missing`, missing, MISSING_DATA);
  const periodSeconds = requireDuration(scope, `${name}.period`, period, "10 seconds", "7 days");
  const window = { breaches, missing, period, periodSeconds, ...breachesOf(breaches) };
  requirePeriod(scope, `${name}.period`, window, signal.measure);
  requirePeriods(scope, `${name}.breaches`, window);
  return window;
}

/** CloudWatch looks once a minute; more often only at what is published more often, which AWS's own metrics are not. */
function requirePeriod(scope: IConstruct, prop: string, of: Window, measure: Signal["measure"]): void {
  const { period, periodSeconds } = of;
  const mend = `write "${inWords(Math.ceil(periodSeconds / MINUTE) * MINUTE)}"`;
  const must = `be ${HIGH_RESOLUTION.join(", ")} seconds or whole minutes`;
  requireThat(scope, isPeriod(periodSeconds), { prop, must, got: period, mend });
  const slow = metricsOf(measure).find(({ namespace }) => isAwsNamespace(namespace));
  if (slow === undefined || periodSeconds >= MINUTE) return;
  refuse(scope, { prop, must: `be whole minutes: ${slow.namespace} publishes once a minute`, got: period, mend });
}

function requirePeriods(scope: IConstruct, prop: string, window: Window): void {
  const { breaches: got, datapoints, periods, periodSeconds } = window;
  const must = "ask for at most all of the periods it looks at";
  requireThat(scope, datapoints <= periods, { prop, must, got, mend: `write "${periods} of ${datapoints}"` });
  const longest = longestWindow(periodSeconds);
  const most = `${Math.floor(longest / periodSeconds)} periods of ${inWords(periodSeconds)}`;
  const within = `look back at most ${inWords(longest)}, ${most}`;
  const mend = "take fewer periods, or a longer one";
  requireThat(scope, periods * periodSeconds <= longest, { prop, must: within, got, mend });
}

/** The metrics of a measurement, in every zone. */
function metricsOf(measure: Signal["measure"]): readonly Metric[] {
  if ("zones" in measure) return Object.values(measure.zones).flatMap(metricsOf);
  if ("metric" in measure) return [measure.metric];
  if ("math" in measure) return Object.values(measure.math.metrics);
  return "ratio" in measure ? [...measure.ratio.bad, ...measure.ratio.total] : [];
}

function requireMeasure(construct: IConstruct, prop: string, measure: Signal["measure"]): void {
  const kinds = Object.keys(measure);
  const one = "be one of metric, ratio, math, event or zones, and one only";
  requireThat(construct, kinds.length === 1, { prop, must: one, got: kinds });
  if ("zones" in measure) {
    const zones = Object.entries(measure.zones);
    requireThat(construct, zones.length > 0, { prop: `${prop}.zones`, must: "name at least one zone", got: measure });
    for (const [zone, each] of zones) requireMeasure(construct, `${prop}.zones.${zone}`, each);
  } else requireMeasured(construct, prop, measure);
}

function requireMeasured(construct: IConstruct, prop: string, measure: Measure): void {
  if ("metric" in measure) requireMetric(construct, `${prop}.metric`, measure.metric);
  if ("math" in measure) {
    const { metrics } = measure.math;
    for (const [id, metric] of Object.entries(metrics)) requireMetric(construct, `${prop}.math.metrics.${id}`, metric);
  }
  if (!("ratio" in measure)) return;
  const { bad, total, minimum } = measure.ratio;
  requireMetrics(construct, `${prop}.ratio.bad`, bad);
  requireMetrics(construct, `${prop}.ratio.total`, total);
  requireWhole(construct, `${prop}.ratio.minimum`, minimum, 0, Infinity);
}

function requireEvent(construct: IConstruct, prop: string, signal: Signal, { event }: EventMeasure): void {
  for (const [name, of] of Object.entries({ source: event.source, detailType: event.detailType })) {
    const what = { prop: `${prop}.measure.event.${name}`, must: "name at least one", got: of };
    requireThat(construct, of.length > 0, what);
  }
  for (const name of MEASURED) {
    const what = { prop: `${prop}.${name}`, must: "be left out of an event: each one is a breach", got: signal[name] };
    requireThat(construct, signal[name] === undefined, { ...what, mend: `say its urgency: "page" or "ticket"` });
  }
}
