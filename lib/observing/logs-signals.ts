import { Metric, Signals } from "../core/signal";
import { LOUDEST, enableKey, keyState, linesOf } from "../parts/log-steps";

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
      firstSteps: [
        `Which are they? ${linesOf(name, "error")}.`,
        "Did a new version begin to answer just before? The saved query `versions`, below, says so. Yes: take it back. No: is it one message, or one zone? `errorsByMessage` and `errorsByZone` count them.",
      ],
      mitigate: [
        "One zone alone: take it out at the entrance; its pages of zones say how.",
        "One message alone: turn off what writes it, by its switch, or let it fail fast where it waits for somebody else.",
      ],
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
      firstSteps: [
        `What were its last words? ${linesOf(name, "fatal")}.`,
        "Did what runs it start another? The page of what runs it (inService) says so. Yes: does it give up again? No: go by that page.",
      ],
      mitigate: [
        "They give up again and again since a change: take it back first, as above.",
        "It is one instance: end it, and another comes in its place.",
      ],
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
      firstSteps: [
        `When did the last line come? aws logs describe-log-streams --log-group-name ${name} --order-by LastEventTime --descending --max-items 5 --query 'logStreams[].[logStreamName,lastEventTimestamp]' --output text.`,
        "Does the service run? The dashboard has its requests. No: go by the pages of what runs it. Yes: users are served, and you are blind to their errors.",
        `May lines be written? ${keyState(name)}.`,
        "Enabled: the agent does not run, or lost its rights: read the agent's own log on an instance.",
      ],
      mitigate: [
        enableKey(name),
        "The agent lost its rights: apply the stack again. It hangs: a rollout of what runs now starts it anew, one instance after the other.",
      ],
      rationale: "Whoever is blind does not see errors either: no line in a quarter of an hour is a breach.",
      source: METRICS,
    },
    ...(archived && {
      archiveErrors: {
        ...undelivered,
        means: "lines do not reach the archive",
        measure: { metric: group("DeliveryErrors") },
        ticket: 0,
        firstSteps: [
          `Where do they go, and by which role? aws logs describe-subscription-filters --log-group-name ${name} --query 'subscriptionFilters[].[destinationArn,roleArn]' --output text.`,
          "Is that destination there, and may this account write to it? No: whoever owns it must let it. Yes: is its key enabled?",
        ],
        mitigate: [
          "CloudWatch tries again for a day, and gives up then: lines stay in the log group for as long as that keeps them.",
          "The filter or its role was changed by hand: apply the stack again, which puts them back.",
        ],
        source: METRICS,
      },
      archiveThrottled: {
        ...undelivered,
        means: "the archive takes lines too slowly",
        measure: { metric: group("DeliveryThrottling") },
        ticket: 0,
        firstSteps: [
          `Which group logs more than it did? ${LOUDEST}.`,
          "This one: since a new version? Yes: take it back, or log less. No, or all: the stream behind the archive needs more shards, or a higher limit.",
        ],
        mitigate: [
          "CloudWatch tries again for a day: nothing is lost until then.",
          "Raise the level of what logs most, so that it writes less; its errors still come.",
        ],
        source: METRICS,
      },
    }),
  } satisfies Signals;
}
