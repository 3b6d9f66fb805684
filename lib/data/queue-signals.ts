import { Indicators } from "../core/indicator";
import { MathMeasure, Metric, Signals } from "../core/signal";
import { deadLetterSignals, queueMetric, readOne, sendBack } from "./dead-letter-signals";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#SQS";

/**
 * Messages that consumers may hold at the same time, in queues of either kind.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
const MOST_IN_FLIGHT = 120_000;

/** What the thresholds of a queue are computed from. */
export interface WatchedQueue {
  /** With its ending, `.fifo`: CloudWatch knows it by that. */
  readonly name: string;
  readonly deadLetters: string;
  readonly maxAgeSeconds: number;
  /** How long a dead letter is there at least. */
  readonly deadForSeconds: number;
  readonly messagesPerSecond: number | undefined;
}

/** What is worth watching about a queue. What waits too long or is put aside is a page; what leads there is a ticket. */
export function queueSignals(watched: WatchedQueue) {
  const { name, deadLetters, maxAgeSeconds, deadForSeconds, messagesPerSecond } = watched;
  const queue = queueMetric(name);
  return {
    oldestMessage: {
      kind: "latency",
      means: "messages wait too long to be processed",
      measure: { metric: queue("ApproximateAgeOfOldestMessage") },
      bad: "above",
      unit: "seconds",
      page: maxAgeSeconds,
      ticket: maxAgeSeconds / 2,
      breaches: "5 of 5",
      firstSteps: [
        "Are there consumers, and do they delete what they receive? Compare NumberOfMessagesReceived with NumberOfMessagesDeleted.",
        "More messages than usual? Compare NumberOfMessagesSent with last week; if they are real, add consumers.",
      ],
      rationale:
        "AWS leaves the threshold open and waits for 15 minutes of it; here it follows from maxAge, and what is late is told in 5.",
      source: AWS,
    },
    ...deadLetterSignals(deadLetters, deadForSeconds, [
      readOne(deadLetters),
      "Find the error that its consumer logged; did a rollout start when they came?",
      `When the cause is mended, send them back: ${sendBack(deadLetters)}.`,
    ]),
    depth: {
      kind: "saturation",
      means: "more messages wait than the consumers get done in time",
      measure: { metric: queue("ApproximateNumberOfMessagesVisible") },
      bad: "above",
      unit: "messages",
      ...(messagesPerSecond !== undefined && { ticket: messagesPerSecond * maxAgeSeconds }),
      breaches: "15 of 15",
      missing: "notBreaching",
      firstSteps: [
        "Are the consumers at full scale? Then the load has outgrown them.",
        "If not: why do they not grow?",
      ],
      rationale:
        "AWS leaves the threshold open: it is what the consumers get done within maxAge. An average would hide the peak; no data is an idle queue.",
      source: AWS,
    },
    inFlight: {
      kind: "saturation",
      means: "consumers hold almost as many messages as SQS allows; then it hands out no more",
      measure: { metric: queue("ApproximateNumberOfMessagesNotVisible") },
      bad: "above",
      unit: "messages",
      ticket: 0.9 * MOST_IN_FLIGHT,
      breaches: "5 of 5",
      missing: "notBreaching",
      firstSteps: ["Do consumers delete what they have done? Is the visibility timeout far longer than their work?"],
      rationale:
        "AWS asks for the average of 15 minutes; the quota is a wall, so it is the most within 5. No data is an idle queue.",
      source: AWS,
    },
    sent: {
      kind: "traffic",
      means: "producers send nothing",
      measure: { metric: queue("NumberOfMessagesSent", "Sum") },
      bad: "below",
      unit: "messages",
      breaches: "15 of 15",
      firstSteps: ["Are the producers up, and may they send? Look for AccessDenied in their logs."],
      rationale:
        "AWS alarms on none in 15 minutes; only the owner knows whether that is bad, so it has no threshold. With one, it is a heartbeat.",
      source: AWS,
    },
  } satisfies Signals;
}

/** How good a queue is, for objectives: minutes in which nothing in it was too old. */
export function queueIndicators({ name, maxAgeSeconds }: WatchedQueue) {
  return {
    freshness: {
      kind: "freshness",
      counts: "minutes",
      metric: queueMetric(name)("ApproximateAgeOfOldestMessage"),
      bad: "above",
      threshold: maxAgeSeconds,
      unit: "seconds",
    },
  } satisfies Indicators;
}

/** Messages that wait for each worker that is there. */
export function backlogPerWorker(backlog: Metric, workers: Metric): MathMeasure {
  // Where nobody works, one that comes would have all of it.
  return { math: { expression: "backlog / IF(workers > 0, workers, 1)", metrics: { backlog, workers } } };
}
