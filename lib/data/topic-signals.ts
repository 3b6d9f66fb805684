import { Indicators } from "../core/indicator";
import { Metric, Signals } from "../core/signal";
import { DEAD_LETTER_SECONDS, deadLetterSignals, readOne } from "./dead-letter-signals";

const METRICS = "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html";

function topicMetric(topic: string) {
  return (name: string) =>
    ({ namespace: "AWS/SNS", name, statistic: "Sum", dimensions: { TopicName: topic } }) satisfies Metric;
}

/** What is worth watching about a topic: what reaches nobody. */
export function topicSignals(topic: string, undelivered: string) {
  const sns = topicMetric(topic);
  return {
    deliveryFailed: {
      kind: "errors",
      means: "messages do not reach a subscriber",
      measure: { metric: sns("NumberOfNotificationsFailed") },
      bad: "above",
      unit: "messages",
      ticket: 0,
      breaches: "5 of 5",
      firstSteps: [
        "Is the queue there, and does its policy name the topic?",
        "If the queue has a KMS key: may sns.amazonaws.com use it?",
      ],
      source: METRICS,
    },
    ...deadLetterSignals(undelivered, DEAD_LETTER_SECONDS, [
      readOne(undelivered),
      "Its attributes name the error and the subscription. Mend that first.",
      "Publish them to the subscriber's queue again: SQS itself cannot move them, since no queue put them aside.",
    ]),
    lost: {
      kind: "errors",
      means: "messages reached neither the subscriber nor the dead letters: they are gone",
      measure: { metric: sns("NumberOfNotificationsFailedToRedriveToDlq") },
      bad: "above",
      unit: "messages",
      page: 0,
      breaches: "1 of 1",
      firstSteps: [`Is ${undelivered} there, and does its policy name the topic?`],
      rationale: "AWS waits for five minutes of it; what is lost is lost in the first.",
      source: METRICS,
    },
    unfilterable: {
      kind: "errors",
      means: "messages are dropped, since a filter cannot read them",
      measure: {
        math: {
          expression: "FILL(attributes, 0) + FILL(bodies, 0)",
          metrics: {
            attributes: sns("NumberOfNotificationsFilteredOut-InvalidAttributes"),
            bodies: sns("NumberOfNotificationsFilteredOut-InvalidMessageBody"),
          },
        },
      },
      bad: "above",
      unit: "messages",
      ticket: 0,
      breaches: "5 of 5",
      firstSteps: ["Which publisher changed its messages? They must be JSON where a filter looks into the body."],
      source: METRICS,
    },
    published: {
      kind: "traffic",
      means: "nobody publishes",
      measure: { metric: sns("NumberOfMessagesPublished") },
      bad: "below",
      unit: "messages",
      breaches: "5 of 5",
      firstSteps: ["Are the publishers up, and may they publish and use the key? Look for KMS errors in their logs."],
      rationale: "No threshold of its own: only its owner knows whether silence is bad. With one, it is a heartbeat.",
      source: METRICS,
    },
  } satisfies Signals;
}

/** How good a topic is, for objectives. */
export function topicIndicators(topic: string) {
  const sns = topicMetric(topic);
  const bad = [sns("NumberOfNotificationsFailed")];
  return {
    delivery: {
      kind: "availability",
      counts: "deliveries",
      bad,
      total: [...bad, sns("NumberOfNotificationsDelivered")],
    },
  } satisfies Indicators;
}
