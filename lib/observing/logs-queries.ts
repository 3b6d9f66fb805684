import { Query } from "../core/query";

type General = Omit<Query, "logGroups">;

const commands = (...lines: readonly string[]): string => lines.join(" | ");

/**
 * What is asked of any service's logs, over the fields of docs/logging.md.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export const GENERAL_QUERIES = {
  errorsByMessage: {
    asks: "which errors, how often, and one trace of each",
    query: commands(
      'filter level in ["error", "fatal"]',
      "stats count(*) as times, latest(traceId) as example by message",
      "sort times desc",
      "limit 20",
    ),
  },
  slowestRequests: {
    asks: "which requests took longest",
    query: commands(
      "filter ispresent(durationMs)",
      "fields @timestamp, operation, status, durationMs, traceId",
      "sort durationMs desc",
      "limit 20",
    ),
  },
  errorsByZone: {
    asks: "is it one zone: errors by zone",
    query: commands(
      'filter level in ["error", "fatal"]',
      "stats count(*) as errors by zone, bin(5m) as time",
      "sort time desc",
      "limit 60",
    ),
  },
  versions: {
    asks: "which version answers, and since when",
    query: commands("stats count(*) as lines by version, bin(5m) as time", "sort time desc", "limit 60"),
    shows: "deployments",
  },
} as const satisfies Record<string, General>;
