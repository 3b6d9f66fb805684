import { Metric, Signals } from "../../core/signal";
import { LONGEST_KEPT_SECONDS } from "../../parts/dead-letters";
import { FirstAid } from "../../parts/first-aid";
import { save } from "./queue-relief";

const METRICS =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html";
const DAY = 86_400;

/** How long dead letters are kept: the longest that SQS knows. */
export const DEAD_LETTER_SECONDS = LONGEST_KEPT_SECONDS;

/** A metric of one queue. */
export function queueMetric(queue: string) {
  return (name: string, statistic = "Maximum") =>
    ({ namespace: "AWS/SQS", name, statistic, dimensions: { QueueName: queue } }) satisfies Metric;
}

/** What is done with dead letters. */
export interface DeadLetterAid extends FirstAid {
  /** How they get where they should be, once the cause is mended. */
  readonly mended: readonly string[];
}

/** Messages that wait in a queue of dead letters: none is the only good number. */
export function deadLetterSignals(deadLetters: string, forSeconds: number, aid: DeadLetterAid) {
  const { firstSteps, mitigate, mended } = aid;
  const dead = queueMetric(deadLetters);
  return {
    deadLetters: {
      kind: "errors",
      means: "messages failed again and again and were put aside",
      measure: { metric: dead("ApproximateNumberOfMessagesVisible") },
      bad: "above",
      unit: "messages",
      page: 0,
      breaches: "1 of 1",
      firstSteps,
      mitigate: [...mitigate, ...mended],
      rationale:
        "AWS watches queues that are worked off; here each message is work that was given up, and the first may be all there was. Counted by what lies there: NumberOfMessagesSent leaves out what SQS itself puts aside.",
      source: METRICS,
    },
    deadLettersExpire: {
      kind: "errors",
      means: "dead letters are about to be deleted for good",
      measure: { metric: dead("ApproximateAgeOfOldestMessage") },
      bad: "above",
      unit: "seconds",
      page: forSeconds - DAY,
      period: "5 minutes",
      breaches: "1 of 1",
      firstSteps: [
        "SQS deletes the oldest within a day, and nothing brings it back: send them back or save them today.",
        ...firstSteps,
      ],
      mitigate: [save(deadLetters), ...mended],
      rationale:
        "AWS watches queues that are worked off; this is a day before the first can go. Its age counts from when it was put aside, its end (but for FIFO) from when it was sent.",
      source:
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html",
    },
  } satisfies Signals;
}
