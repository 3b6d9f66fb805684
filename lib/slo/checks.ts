import { IConstruct } from "constructs";
import { inShort, inWords, seconds } from "../core/duration";
import {
  refuse,
  requireBetween,
  requireDuration,
  requireKnown,
  requireOneOf,
  requireThat,
  requireWhole,
} from "../core/guard";
import { judge } from "../core/verdict";
import { URGENCIES } from "../core/signal";
import {
  Burn,
  BurnPair,
  PERIODS,
  Slowest,
  burnOf,
  canFire,
  isWithinBudget,
  lowestObjective,
  pairsOf,
} from "./burn-windows";
import { ceil, decimal, dividedBy, fraction, hundredths, times } from "./fraction";
import { SLO_DEFAULTS, SloProps } from "./slo-props";

const DAY = 86_400;

/** An objective below this, in per cent, is a share that somebody forgot to write as per cent. */
export const LOWEST_OBJECTIVE = 50;

/** Refuses numbers that no objective can have. */
export function requireNumbers(scope: IConstruct, props: SloProps): void {
  const { objective, indicator, period = SLO_DEFAULTS.period, slowest = "1 day" } = props;
  const { minimumFailures = SLO_DEFAULTS.minimumFailures, expectedRequestsPerHour } = props;
  requireKnown(scope, "objective", objective);
  const mend = "it is per cent, such as 99.9; 100 leaves no budget to notice anything by";
  requireBetween(scope, "objective", objective, LOWEST_OBJECTIVE, 99.9999, mend);
  requireOneOf(scope, "period", period, PERIODS);
  requireOneOf(scope, "slowest", slowest, ["1 day", "3 days"]);
  requireWhole(scope, "minimumFailures", minimumFailures, 1, 1000);
  for (const [part, got] of Object.entries(indicator)) {
    const holds = !Array.isArray(got) || got.length > 0;
    requireThat(scope, holds, { prop: `indicator.${part}`, must: "name at least one metric", got });
  }
  if (expectedRequestsPerHour !== undefined) {
    requireBetween(scope, "expectedRequestsPerHour", expectedRequestsPerHour, 0.01, Infinity);
  }
}

/**
 * The windows of an objective. What CloudWatch cannot hold, or what fires inside the budget, is refused; what can never
 * fire is judged, and left out.
 */
export function burnsOf(scope: IConstruct, props: SloProps): Burn[] {
  const { objective, period = SLO_DEFAULTS.period, slowest = slowestOf(props), windows } = props;
  const burns = (windows ?? pairsOf(period, slowest)).map((pair) => {
    const lengths = { ...pair, long: longOf(scope, pair, props), short: shortOf(scope, pair, props) };
    return burnOf(lengths, objective, seconds(period));
  });
  for (const burn of burns) refuseWithinBudget(scope, burn, props);
  for (const urgency of URGENCIES) refuseTwice(scope, burns, urgency);
  for (const burn of burns) {
    const least = decimal(hundredths(lowestObjective(burn), ceil));
    const must = `be above ${least}, or the window of ${inShort(burn.long)} can never fire`;
    const mend = `nothing fails more than wholly: raise it, let the window spend less, or waive "burn-window": it is left out`;
    judge(scope, "burn-window", canFire(burn), { prop: "objective", must, got: objective, mend });
  }
  const alive = burns.filter(canFire);
  if (alive.every(({ urgency }) => urgency !== "page")) {
    const mend = "give windows of your own that spend less";
    refuse(scope, { prop: "objective", must: "have a window that can page", got: objective, mend });
  }
  return alive;
}

/** A Prometheus looks at three days as often as at one; of less than 30 days they would fire inside the budget. */
function slowestOf({ indicator, period = SLO_DEFAULTS.period }: SloProps): Slowest {
  return "prometheus" in indicator && seconds(period) >= 30 * DAY ? "3 days" : "1 day";
}

function longOf(scope: IConstruct, { long, spends }: BurnPair, props: SloProps): number {
  requireBetween(scope, "windows.spends", spends, 0.01, 100);
  const length = requireDuration(scope, "windows.long", long, "1 minute", "90 days");
  return held(scope, "windows.long", length, props);
}

function shortOf(scope: IConstruct, pair: BurnPair, props: SloProps): number {
  const long = seconds(pair.long);
  if (pair.short === undefined) return held(scope, "windows.short", long / 12, props);
  const length = requireDuration(scope, "windows.short", pair.short, "1 minute", "90 days");
  if (length >= long) refuse(scope, { prop: "windows.short", must: `be shorter than ${pair.long}`, got: pair.short });
  return held(scope, "windows.short", length, props);
}

/**
 * What one period of an alarm can be; for freshness, what so many minutes can.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function held(scope: IConstruct, prop: string, length: number, { indicator }: SloProps): number {
  requireThat(scope, length % 60 === 0, { prop, must: "be whole minutes", got: inWords(length) });
  const most = indicator.kind === "freshness" ? DAY : 7 * DAY;
  if (!("prometheus" in indicator) && length > most) {
    const must = `be ${inWords(most)} at most: CloudWatch holds no longer window of ${indicator.counts}`;
    refuse(scope, { prop, must, got: inWords(length) });
  }
  return length;
}

/**
 * A window without a sample ends the alarm while nothing is mended, and the next sample notifies again; one with fewer
 * samples than there must be failures never burns.
 */
export function judgeSamples(scope: IConstruct, burns: readonly Burn[], props: SloProps): void {
  const { indicator, minimumFailures = SLO_DEFAULTS.minimumFailures } = props;
  if (!("percent" in indicator) || indicator.every === undefined) return;
  const most = Math.min(...burns.map(({ long, short }) => Math.min(short, long / minimumFailures)));
  const must = `be at most ${inWords(60 * Math.floor(most / 60))}, or windows of the objective are empty`;
  const mend = "measure more often, or give windows that are longer";
  judge(scope, "burn-window", seconds(indicator.every) <= most, {
    prop: "indicator.every",
    must,
    got: indicator.every,
    mend,
  });
}

function refuseWithinBudget(scope: IConstruct, burn: Burn, { period = SLO_DEFAULTS.period, windows }: SloProps): void {
  if (!isWithinBudget(burn)) return;
  const least = hundredths(dividedBy(times(fraction(100), fraction(burn.long)), fraction(seconds(period))), ceil);
  const longer = PERIODS.find((each) => !isWithinBudget(burnOf(burn, 99, seconds(each))));
  const inside = `${inShort(burn.long)} that spend ${burn.spends} % of ${period} fire inside the budget`;
  if (!windows) {
    const mend = `look back ${longer}, or give windows that spend at least ${decimal(least)} %`;
    refuse(scope, { prop: "slowest", must: `be "1 day": ${inside}`, got: inWords(burn.long), mend });
  }
  const must = `be at least ${decimal(least)}: ${inside}`;
  refuse(scope, { prop: "windows.spends", must, got: burn.spends, mend: longer && `or look back ${longer}` });
}

function refuseTwice(scope: IConstruct, burns: readonly Burn[], urgency: string): void {
  const labels = burns.filter((burn) => burn.urgency === urgency).flatMap(({ long, short }) => [long, short]);
  const twice = labels.find((length, index) => labels.indexOf(length) !== index);
  if (twice === undefined) return;
  refuse(scope, { prop: "windows", must: `name each window of a ${urgency} once`, got: inWords(twice) });
}
