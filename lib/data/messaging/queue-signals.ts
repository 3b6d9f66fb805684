import { Indicators } from "../../core/indicator";
import { MathMeasure, Metric, Signals } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { deadLetterSignals, queueMetric } from "./dead-letter-signals";
import { counts, functionsOf, queueUrl, readOne, sendBack, sentBack } from "./queue-relief";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#SQS";

/**
 * Messages that consumers may hold at the same time, in queues of either kind.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
const MOST_IN_FLIGHT = 120_000;

const BACK =
  "Did a rollout of the consumers start when it began? Take it back; what they did not finish comes back to the queue.";

const MORE =
  "The load is real: start more consumers, or let them scale further; what they call must bear it. Hold back producers that can wait.";

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
  const consumed = [
    `Do consumers get messages? In this hour, and in the same one a week ago: ${asEver(queue("NumberOfMessagesReceived", "Sum"))}.`,
    `None: are they up? Where functions consume it, each must say Enabled: ${functionsOf(name)}.`,
    `They do: do they finish, and delete them? ${asEver(queue("NumberOfMessagesDeleted", "Sum"))}.`,
    "Far fewer than they get: they fail; their log says why.",
  ];
  const longer = `Nothing is lost while it waits, as long as it is kept: keep messages for ten days. Write it as retention in the code afterwards, or the next apply takes it back: \`aws sqs set-queue-attributes --queue-url ${queueUrl(name)} --attributes MessageRetentionPeriod=864000\`.`;
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
        ...consumed,
        `As many as they get: is more sent than ever? In this hour, and in the same one a week ago: ${asEver(queue("NumberOfMessagesSent", "Sum"))}.`,
      ],
      mitigate: [longer, BACK, MORE],
      rationale:
        "AWS leaves the threshold open and waits for 15 minutes of it; here it follows from maxAge, and what is late is told in 5.",
      source: AWS,
    },
    ...deadLetterSignals(deadLetters, deadForSeconds, {
      firstSteps: [
        readOne(deadLetters),
        "Which error did its consumer log for it? Did a rollout start when they came? Then take it back.",
        `One message, or all? How many lie there, and how many wait to be processed: \`${counts(deadLetters)}\`, \`${counts(name)}\`.`,
      ],
      mitigate: [
        "Leave them where they are until the cause is mended: they are kept, and a purge loses them for good.",
      ],
      mended: [
        `The cause is mended: send them back. They are new messages then, with all their time again: ${sendBack(deadLetters)}.`,
        `How far has that come? ${sentBack(deadLetters)}.`,
      ],
    }),
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
        ...consumed,
        `As many as they get: how many wait, and how many do they hold? ${counts(name)}.`,
        "They are at full scale: the load has outgrown them. They are not: why do they not grow?",
      ],
      mitigate: [longer, BACK, MORE],
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
      firstSteps: [
        `How many do they hold, and how many wait? ${counts(name)}.`,
        ...consumed,
        `As many as they get: is the time for which one is hidden, in seconds, far longer than their work? aws sqs get-queue-attributes --queue-url ${queueUrl(name)} --attribute-names VisibilityTimeout --query Attributes.VisibilityTimeout --output text.`,
      ],
      mitigate: [
        "Restart consumers that hang, one after the other: what they held comes back when its time is over, and may be processed twice.",
        BACK,
      ],
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
      firstSteps: [
        `Has it been so before? Messages in this hour, and in the same one a week ago: ${asEver(queue("NumberOfMessagesSent", "Sum"))}.`,
        "It has not: are the producers up, and may they send? Look for AccessDenied in their logs.",
        `May they, by its policy? aws sqs get-queue-attributes --queue-url ${queueUrl(name)} --attribute-names Policy --query Attributes.Policy --output text.`,
      ],
      mitigate: ["Take back the rollout of the producers, or of this queue, that came before it."],
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
