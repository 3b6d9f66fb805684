import { Metric, Signals } from "../core/signal";

const METRICS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html";
const FILTERS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html";

/** The levels that are counted, and the metric of each. */
export const COUNTED = { error: "Errors", fatal: "Fatals" } as const;

/** What the signals of a log group are made from. */
export interface WatchedLogs {
  readonly name: string;
  /** The namespace of what its filters count. */
  readonly namespace: string;
  readonly errorsPerMinute: number | undefined;
  readonly archived: boolean;
}

/** What is worth watching about logs: what they say, that they come, and that they reach the archive. */
export function logsSignals({ name, namespace, errorsPerMinute, archived }: WatchedLogs) {
  const counted = (metric: string): Metric => ({ namespace, name: metric, statistic: "Sum" });
  const group = (metric: string): Metric => {
    return { namespace: "AWS/Logs", name: metric, statistic: "Sum", dimensions: { LogGroupName: name } };
  };
  const undelivered = { kind: "errors", bad: "above", unit: "lines", period: "5 minutes", breaches: "3 of 3" } as const;
  return {
    errors: {
      kind: "errors",
      means: "the service logs more errors than it should",
      measure: { metric: counted(COUNTED.error) },
      bad: "above",
      unit: "lines",
      ...(errorsPerMinute !== undefined && { ticket: errorsPerMinute }),
      firstSteps: ["Ask which they are: run the saved query errors-by-message.", "Did a new version begin to answer?"],
      rationale: "No threshold of its own: how many are too many is known to who writes them.",
      source: FILTERS,
    },
    fatals: {
      kind: "errors",
      means: "a process of the service gave up",
      measure: { metric: counted(COUNTED.fatal) },
      bad: "above",
      unit: "lines",
      ticket: 0,
      breaches: "1 of 1",
      firstSteps: ["Read its last lines: run the saved query errors-by-message.", "Did what runs it start another?"],
      rationale: "By convention the last line of a process; whether its users notice is another signal.",
      source: FILTERS,
    },
    silence: {
      kind: "traffic",
      means: "the service logs nothing: it does not run, or its lines are lost",
      measure: { metric: group("IncomingLogEvents") },
      bad: "below",
      unit: "lines",
      ticket: 1,
      period: "5 minutes",
      breaches: "3 of 3",
      missing: "breaching",
      firstSteps: ["Does the service run? Then its agent does not: read the agent's own log on an instance."],
      rationale: "Whoever is blind does not see errors either: no line in a quarter of an hour is a breach.",
      source: METRICS,
    },
    ...(archived && {
      archiveErrors: {
        ...undelivered,
        means: "lines do not reach the archive",
        measure: { metric: group("DeliveryErrors") },
        ticket: 0,
        firstSteps: ["Does the destination exist, and may this account write to it? CloudWatch gives up after a day."],
        source: METRICS,
      },
      archiveThrottled: {
        ...undelivered,
        means: "the archive takes lines too slowly",
        measure: { metric: group("DeliveryThrottling") },
        ticket: 0,
        firstSteps: ["Give the stream behind the archive more shards or a higher limit."],
        source: METRICS,
      },
    }),
  } satisfies Signals;
}
