import type { Kind } from "./expression";

/** What a function makes of its first argument. */
export type Returns = "same" | "gathered" | "number" | "series" | "several" | "open";

/** What comes of each, by the kind of the first argument. */
export const RETURNS: Readonly<Record<Returns, (first: Kind) => Kind>> = {
  same: (first) => first,
  // Of one series a number, of several a series.
  gathered: (first) => (first === "several" ? "series" : first === "open" ? "open" : "number"),
  number: () => "number",
  series: () => "series",
  several: () => "several",
  open: () => "open",
};

/** How few and how many arguments a function takes, and what it returns. */
type Row = readonly [least: number, most: number, returns: Returns];

const EACH: Row = [1, 1, "same"];
const GATHERED: Row = [1, 1, "gathered"];
const TIME: Row = [1, 1, "series"];

/**
 * The functions of metric math. What `METRICS`, a band or a slice comes to depends on more than the expression.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const FUNCTIONS: Readonly<Partial<Record<string, Row>>> = {
  ...{ ABS: EACH, CEIL: EACH, FLOOR: EACH, LOG: EACH, LOG10: EACH },
  ...{ DIFF: EACH, DIFF_TIME: EACH, RATE: EACH, RUNNING_SUM: EACH, REMOVE_EMPTY: EACH },
  ...{ AVG: GATHERED, MAX: GATHERED, MIN: GATHERED, STDDEV: GATHERED, SUM: GATHERED, DATAPOINT_COUNT: GATHERED },
  ...{ MINUTE: TIME, HOUR: TIME, DAY: TIME, DATE: TIME, MONTH: TIME, YEAR: TIME, EPOCH: TIME },
  ...{ FIRST: TIME, LAST: TIME, TIME_SERIES: TIME, SERVICE_QUOTA: TIME },
  ...{ METRIC_COUNT: [1, 1, "number"], PERIOD: [1, 1, "number"] },
  FILL: [2, 2, "same"],
  IF: [2, 3, "series"],
  INSIGHT_RULE_METRIC: [2, 2, "series"],
  METRICS: [0, 1, "open"],
  SEARCH: [2, 3, "several"],
  SORT: [3, 4, "several"],
  SLICE: [2, 3, "open"],
  ANOMALY_DETECTION_BAND: [1, 2, "open"],
  DB_PERF_INSIGHTS: [3, 4, "open"],
  LAMBDA: [1, 100, "open"],
};
