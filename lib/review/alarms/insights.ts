import { AlarmFault, isGiven, numberOf, textOf } from "./config";
import type { AlarmQuery } from "./queries";
import { HOUR, MINUTE } from "./window";

const NAME = String.raw`(?:"[^"]+"|[A-Za-z_]\w*)`;
const KEY = String.raw`${NAME}(?:\.${NAME})*`;
const CALL = String.raw`(?:AVG|COUNT|MAX|MIN|SUM)\s*\(`;
const CONDITION = String.raw`${KEY}\s*(?:=|!=)\s*'[^']*'`;
const SOURCE = String.raw`(?:SCHEMA\s*\(\s*${NAME}(?:\s*,\s*${KEY})*\s*\)|${NAME})`;
const QUERY = new RegExp(
  [
    String.raw`^\s*SELECT\s+${CALL}\s*${NAME}\s*\)\s*FROM\s*${SOURCE}`,
    String.raw`(?:\s*WHERE\s+${CONDITION}(?:\s*AND\s+${CONDITION})*)?`,
    String.raw`(?:\s*GROUP\s+BY\s+${KEY}(?:\s*,\s*${KEY})*)?`,
    String.raw`(?:\s*ORDER\s+BY\s+${CALL}\s*\)(?:\s*(?:ASC|DESC))?)?`,
    String.raw`(?:\s*LIMIT\s+\d+)?\s*;?\s*$`,
  ].join(""),
  "i",
);

/** An alarm on a Metrics Insights query sees three hours, by the minute or more. */
const LONGEST = 3 * HOUR;

/** Whether an expression is a Metrics Insights query, which names no ids. */
export function isInsightsQuery(expression: unknown): boolean {
  return typeof expression === "string" && /^\s*SELECT\s/i.test(expression);
}

/**
 * What Metrics Insights asks of its queries in an alarm that looks at so many periods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html
 */
export function insightsFaults(queries: readonly AlarmQuery[], periods: number | undefined): AlarmFault[] {
  return queries
    .filter(({ expression }) => isInsightsQuery(expression))
    .flatMap((query) => {
      const period = numberOf(query, "period") ?? 0;
      const got = period * (periods ?? 1);
      const must = `look back at most ${LONGEST} seconds: so far an alarm sees by Metrics Insights`;
      const minute = "be at least 60 seconds: Metrics Insights knows no shorter ones";
      return [
        ...unread(query),
        ...(got > LONGEST
          ? [{ prop: "evaluation_periods", must, got, mend: "take fewer or shorter periods, or name the metrics" }]
          : []),
        ...(isGiven(query, "period") && period < MINUTE
          ? [{ prop: `${query.at}.period`, must: minute, got: period, mend: "write 60" }]
          : []),
      ];
    });
}

function unread(query: AlarmQuery): AlarmFault[] {
  const got = textOf(query, "expression");
  if (got === undefined || QUERY.test(got)) return [];
  const must =
    "be SELECT <AVG, COUNT, MAX, MIN or SUM>(metric) FROM <namespace or SCHEMA(…)>, then WHERE … AND …, GROUP BY, ORDER BY, LIMIT";
  const mend = `put names with other signs than letters, digits and _ in "…", values in '…'`;
  return [{ prop: `${query.at}.expression`, must, got, mend }];
}
