import { metricActions } from "./actions";
import { BAND_CHECKS } from "./band";
import { AlarmCheck, isGiven, numberOf, textOf } from "./config";
import { BAND_OPERATORS, LOW_SAMPLES, MISSING_DATA, STATIC_OPERATORS, STATISTICS } from "./limits";
import { areQueriesGiven, metricQueries, queriesOf } from "./queries";
import { WORDING, oneOf, required, wholeFrom } from "./rows";
import { metricFaults, periodFaults } from "./series";
import { EXTENDED_FORMS, isExtendedStatistic } from "./statistic";
import { longestWindow, longestWindowInWords } from "./window";

const SINGLE = ["metric_name", "namespace", "dimensions", "period", "statistic", "extended_statistic", "unit"];

const oneSource: AlarmCheck = (config) => {
  const beside = SINGLE.filter((key) => isGiven(config, key));
  if (areQueriesGiven(config)) {
    const must = `stand alone, without ${SINGLE.join(", ")}`;
    const mend = "write them into its metric blocks";
    return beside.length > 0 ? [{ prop: "metric_query", must, got: beside.join(", "), mend }] : [];
  }
  return required("metric_name", "name a metric, or write a metric_query")(config);
};

/** A check of an alarm on one metric. */
const single =
  (check: AlarmCheck): AlarmCheck =>
  (config) =>
    isGiven(config, "metric_name") && !areQueriesGiven(config) ? check(config) : [];

const oneStatistic: AlarmCheck = (config) => {
  const given = ["statistic", "extended_statistic"].filter((key) => isGiven(config, key));
  if (given.length === 1) return [];
  const got = given.length === 0 ? undefined : given.map((key) => config[key]);
  const must = "stand alone, or extended_statistic in its place";
  return [{ prop: "statistic", must, got, mend: "give one of the two" }];
};

const extendedStatistic: AlarmCheck = (config) => {
  const got = textOf(config, "extended_statistic");
  if (got === undefined || isExtendedStatistic(got)) return [];
  const mend = STATISTICS.includes(got) ? "give it as statistic" : "mind the case";
  return [{ prop: "extended_statistic", must: `be such as ${EXTENDED_FORMS}`, got, mend }];
};

/**
 * CloudWatch uses it for percentiles only: beside Sum or Average the state would change by few samples all the same. It is
 * refused for that; whether CloudWatch refuses it is not documented.
 */
const fewSamples: AlarmCheck = (config) => {
  const prop = "evaluate_low_sample_count_percentiles";
  const got = textOf(config, prop);
  const stats = areQueriesGiven(config)
    ? (queriesOf(config) ?? []).flatMap(({ measures }) => measures?.stat ?? [])
    : [config.extended_statistic ?? config.statistic];
  const isWord = stats.length > 0 && stats.every((stat) => STATISTICS.includes(String(stat)));
  if (got !== "ignore" || !isWord) return [];
  return [{ prop, must: "stand beside a percentile", got, mend: "leave it out, or watch a percentile" }];
};

const mOfN: AlarmCheck = (config) => {
  const [m, n] = [numberOf(config, "datapoints_to_alarm"), numberOf(config, "evaluation_periods")];
  if (m === undefined || n === undefined || n < 1 || !(m > n)) return [];
  const must = `be at most evaluation_periods ${n}`;
  return [{ prop: "datapoints_to_alarm", must, got: m, mend: "ask for fewer data points, or look at more periods" }];
};

const window: AlarmCheck = (config) => {
  const queries = queriesOf(config) ?? [];
  const periods = [config, ...queries, ...queries.map(({ measures }) => measures ?? {})].map((each) =>
    numberOf(each, "period"),
  );
  const period = Math.max(0, ...periods.filter((each) => each !== undefined));
  const got = period * (numberOf(config, "evaluation_periods") ?? 0);
  if (!(got > longestWindow(period))) return [];
  const must = `look back at most ${longestWindow(period)} seconds (${longestWindowInWords(period)}) by a period of ${period}`;
  const mend = "take fewer periods, or one longer period for all of them; a window above 1 day takes whole hours";
  return [{ prop: "evaluation_periods", must, got, mend }];
};

const threshold: AlarmCheck = (config) => {
  const number = numberOf(config, "threshold");
  if (number !== undefined && !Number.isFinite(number)) {
    const got = String(config.threshold);
    return [{ prop: "threshold", must: "be a finite number", got, mend: "compute it from what is known" }];
  }
  const isBand = isGiven(config, "threshold_metric_id") || BAND_OPERATORS.includes(String(config.comparison_operator));
  return isBand ? [] : required("threshold", "say from where on it is bad")(config);
};

/** What CloudWatch asks of a metric alarm. */
export const METRIC_CHECKS: readonly AlarmCheck[] = [
  ...WORDING,
  metricActions,
  oneSource,
  single(required("namespace", "a metric is known by namespace and name")),
  single(required("period", "say how many seconds make one data point")),
  single((config) => metricFaults(config)),
  single((config) => periodFaults(config, "period")),
  single(oneStatistic),
  single(oneOf("statistic", STATISTICS, "give percentiles as extended_statistic")),
  single(extendedStatistic),
  metricQueries,
  ...BAND_CHECKS,
  required("comparison_operator", "say which side is bad"),
  oneOf("comparison_operator", [...STATIC_OPERATORS, ...BAND_OPERATORS]),
  threshold,
  required("evaluation_periods", "say how many periods it looks at"),
  wholeFrom("evaluation_periods", 1, "look at one period or more"),
  wholeFrom("datapoints_to_alarm", 1, "ask for one data point or more"),
  mOfN,
  window,
  oneOf("treat_missing_data", MISSING_DATA),
  oneOf("evaluate_low_sample_count_percentiles", LOW_SAMPLES),
  fewSamples,
];
