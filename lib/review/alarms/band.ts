import { AlarmCheck, isGiven, isUnknown, textOf } from "./config";
import { BAND_OPERATORS, STATIC_OPERATORS } from "./limits";
import { calls } from "./math";
import { areQueriesGiven, queriesOf } from "./queries";

const BAND = "ANOMALY_DETECTION_BAND";

const operatorFits: AlarmCheck = (config) => {
  const operator = textOf(config, "comparison_operator") ?? "";
  const isBand = isGiven(config, "threshold_metric_id");
  if (!isBand && BAND_OPERATORS.includes(operator)) {
    const must = `be given with the operator ${operator}`;
    return [{ prop: "threshold_metric_id", must, got: undefined, mend: `name the query that is the ${BAND}` }];
  }
  if (isBand && STATIC_OPERATORS.includes(operator)) {
    const must = `be one of ${BAND_OPERATORS.join(", ")} beside threshold_metric_id`;
    return [{ prop: "comparison_operator", must, got: operator, mend: "take one of them, or a threshold" }];
  }
  return [];
};

const noThreshold: AlarmCheck = (config) => {
  if (!isGiven(config, "threshold_metric_id") || !isGiven(config, "threshold")) return [];
  const must = "be left out beside threshold_metric_id";
  return [{ prop: "threshold", must, got: config.threshold, mend: "the band is the threshold" }];
};

const namesBand: AlarmCheck = (config) => {
  const got = textOf(config, "threshold_metric_id");
  if (got === undefined) return [];
  const queries = queriesOf(config);
  if (queries === undefined || queries.some(({ id }) => isUnknown(id))) return [];
  const band = queries.find(({ id }) => id === got);
  if (band && (isUnknown(band.expression) || calls(band.expression, BAND))) return [];
  const must = `be the id of a query that is an ${BAND}`;
  const mend = areQueriesGiven(config)
    ? `write ${BAND}(m1, 2) as a query of that id`
    : `write two metric_query blocks: the metric, and ${BAND} over it`;
  return [{ prop: "threshold_metric_id", must, got, mend }];
};

const bandIsNamed: AlarmCheck = (config) => {
  const band = queriesOf(config)?.find(({ expression }) => calls(expression, BAND));
  if (!band || isGiven(config, "threshold_metric_id")) return [];
  if (BAND_OPERATORS.includes(String(config.comparison_operator))) return [];
  const must = `name the query "${String(band.id)}", which is an ${BAND}`;
  return [{ prop: "threshold_metric_id", must, got: undefined, mend: "and take an operator of bands" }];
};

const width: AlarmCheck = (config) =>
  (queriesOf(config) ?? []).flatMap(({ at, expression }) => {
    const got = new RegExp(`${BAND}\\(\\s*\\w+\\s*,\\s*(-?[\\d.]+)\\s*\\)`).exec(String(expression ?? ""))?.[1];
    if (got === undefined || Number(got) > 0) return [];
    const must = "have a band that is wider than nothing";
    return [{ prop: `${at}.expression`, must, got, mend: "write how many standard deviations, such as 2" }];
  });

/** What CloudWatch asks of an alarm on an anomaly detection band. */
export const BAND_CHECKS: readonly AlarmCheck[] = [operatorFits, noThreshold, namesBand, bandIsNamed, width];
