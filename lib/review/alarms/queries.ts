import { AlarmCheck, AlarmConfig, AlarmFault, blocksOf, flagOf, isGiven, isUnknown, numberOf, textOf } from "./config";
import { LIMITS } from "./limits";
import { insightsFaults, isInsightsQuery } from "./insights";
import { expressionFaults, namesIn } from "./math";
import { metricFaults, periodFaults } from "./series";
import { EXTENDED_FORMS, isExtendedStatistic, isStatistic } from "./statistic";

/** One `metric_query`: a metric, or an expression over others. */
export interface AlarmQuery extends AlarmConfig {
  /** How messages name it: by its id, or by where it stands. */
  readonly at: string;
  /** Its metric block, where that is known now. */
  readonly measures?: AlarmConfig;
}

/** Whether an alarm is on metric queries, known or not. */
export function areQueriesGiven(config: AlarmConfig): boolean {
  return blocksOf(config, "metric_query")?.length !== 0;
}

/** The queries of an alarm; nothing where they are not known now. */
export function queriesOf(config: AlarmConfig): AlarmQuery[] | undefined {
  return blocksOf(config, "metric_query")?.map((query, index) => ({
    ...query,
    at: `metric_query.${textOf(query, "id") ?? index}`,
    measures: blocksOf(query, "metric")?.[0],
  }));
}

/** A check of all queries together. */
type QueryCheck = (queries: readonly AlarmQuery[], config: AlarmConfig) => AlarmFault[];

/** A check of each query. */
const each =
  (check: (query: AlarmQuery) => AlarmFault[]): QueryCheck =>
  (queries) =>
    queries.flatMap(check);

const count: QueryCheck = (queries) => [
  ...tooMany(queries, "metric", LIMITS.metrics, "sum where they are published, or split the alarm under a composite"),
  ...tooMany(queries, "expression", LIMITS.expressions, "write some of them out where they are used"),
];

function tooMany(queries: readonly AlarmQuery[], key: string, most: number, mend: string): AlarmFault[] {
  const got = queries.filter((query) => isGiven(query, key)).length;
  return got <= most ? [] : [{ prop: "metric_query", must: `hold at most ${most} ${key}s`, got, mend }];
}

const idForm = each((query) => {
  const got = query.id;
  if (isUnknown(got)) return [];
  if (typeof got === "string" && /^[a-z][A-Za-z0-9_]*$/.test(got) && got.length <= LIMITS.id) return [];
  const must = `be a lower-case letter, then letters, digits or underscores, at most ${LIMITS.id}`;
  return [{ prop: `${query.at}.id`, must, got: got ?? undefined, mend: `write an id such as "m1"` }];
});

const idsDiffer: QueryCheck = (queries) => {
  const ids = queries.flatMap((query) => textOf(query, "id") ?? []);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((got) => ({ prop: "metric_query", must: "have different ids", got, mend: "rename one" }));
};

const metricOrExpression = each((query) => {
  const given = ["metric", "expression"].filter((key) => isGiven(query, key));
  const got = given.length === 0 ? undefined : given.join(" and ");
  return given.length === 1 ? [] : [{ prop: query.at, must: "have a metric or an expression", got, mend: "give one" }];
});

const account = each((query) => {
  const got = textOf(query, "account_id");
  const mend = "write the account whose metric it is, all digits";
  if (got === undefined || /^\d{12}$/.test(got)) return [];
  return [{ prop: `${query.at}.account_id`, must: "be 12 digits", got, mend }];
});

const metric = each(({ at, measures: metric }) => {
  if (metric === undefined) return [];
  const missing = ["metric_name", "namespace", "period", "stat"].filter((key) => !isGiven(metric, key));
  return [
    ...missing.map((key) => ({ prop: `${at}.metric.${key}`, must: "be given", got: undefined, mend: "write it out" })),
    ...metricFaults(metric).map((fault) => ({ ...fault, prop: `${at}.metric.${fault.prop}` })),
    ...periodFaults(metric, `${at}.metric.period`),
    ...stat(metric, `${at}.metric.stat`),
  ];
});

function stat(metric: AlarmConfig, prop: string): AlarmFault[] {
  const got = textOf(metric, "stat");
  if (got === undefined || isStatistic(got) || isExtendedStatistic(got)) return [];
  return [{ prop, must: `be Average, Sum, … or such as ${EXTENDED_FORMS}`, got, mend: "mind the case" }];
}

const periods: QueryCheck = (queries) => {
  const known = queries.flatMap((query) => [numberOf(query, "period"), numberOf(query.measures ?? {}, "period")]);
  const got = [...new Set(known.filter((period) => period !== undefined))];
  const must = "have one period for all";
  return got.length < 2 ? [] : [{ prop: "metric_query", must, got, mend: "give each the same period" }];
};

/** An expression over metrics has their period; one that finds its own data says it. */
const ownPeriod: QueryCheck = (queries) => {
  const isTimed = queries.some((query) => isGiven(query, "period") || isGiven(query, "metric"));
  const blind = queries.filter((query) => isInsightsQuery(query.expression) && !isGiven(query, "period"));
  const untimed = isTimed ? blind : queries.filter((query) => isGiven(query, "expression"));
  const fault = { must: "be given", got: undefined, mend: "say how many seconds make one data point" };
  return untimed.map(({ at }) => ({ prop: `${at}.period`, ...fault }));
};

const queryPeriod = each((query) => periodFaults(query, `${query.at}.period`));

/** A band and what it surrounds return two series, everything else one. */
const returned: QueryCheck = (queries, config) => {
  const flags = queries.map((query) => flagOf(query, "return_data"));
  if (flags.includes(undefined)) return [];
  const returning = queries.filter((_, index) => flags[index]);
  const band = textOf(config, "threshold_metric_id");
  const wanted = isGiven(config, "threshold_metric_id") ? 2 : 1;
  const isOpen = returning.some(({ id }) => isUnknown(id));
  if (returning.length === wanted && (band === undefined || isOpen || areAround(returning, band))) return [];
  const must =
    wanted === 1
      ? "return data from exactly one query"
      : "return data from two queries: the band and what it surrounds";
  const got = returning.length === 0 ? undefined : returning.map(({ id }) => id);
  const mend = "set return_data on what the alarm watches, and on nothing else";
  return [{ prop: "metric_query", must, got, mend }];
};

/** Whether one of two queries is the band, and the other what it surrounds. */
function areAround(returning: readonly AlarmQuery[], band: string): boolean {
  const surrounding = returning.find(({ id }) => id === band);
  if (!surrounding) return false;
  const expression = textOf(surrounding, "expression");
  return expression === undefined || returning.some(({ id }) => namesIn(expression).includes(String(id)));
}

const CHECKS: readonly QueryCheck[] = [
  count,
  idForm,
  idsDiffer,
  metricOrExpression,
  account,
  metric,
  periods,
  ownPeriod,
  queryPeriod,
  returned,
  expressionFaults,
  (queries, config) => insightsFaults(queries, numberOf(config, "evaluation_periods")),
];

/** What CloudWatch asks of the metric queries of an alarm. */
export const metricQueries: AlarmCheck = (config) => {
  const queries = queriesOf(config) ?? [];
  return queries.length > 0 ? CHECKS.flatMap((check) => check(queries, config)) : [];
};
