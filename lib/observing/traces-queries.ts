import { Query } from "../core/query";

/** An id as X-Ray writes it, and as OpenTelemetry does. */
const BLANK = ["1-00000000-000000000000000000000000", "00000000000000000000000000000000"];

/** What is asked of logs once a trace is in hand. */
export function tracesQueries() {
  return {
    linesOfTrace: {
      asks: "what one trace logged: write its id in the place of the zeros",
      query: [
        `filter traceId in ${JSON.stringify(BLANK)}`,
        "fields @timestamp, level, service, zone, message, error.message",
        "sort @timestamp",
        "limit 1000",
      ].join(" | "),
    },
  } as const satisfies Record<string, Omit<Query, "logGroups">>;
}
