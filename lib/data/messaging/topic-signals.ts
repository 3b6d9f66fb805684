import { Indicators } from "../../core/indicator";
import { Metric, Signals } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { DEAD_LETTER_SECONDS, deadLetterSignals } from "./dead-letter-signals";
import { queueUrl, readOne } from "./queue-relief";

const METRICS = "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html";

function topicMetric(topic: string) {
  return (name: string) =>
    ({ namespace: "AWS/SNS", name, statistic: "Sum", dimensions: { TopicName: topic } }) satisfies Metric;
}

/** What the signals of a topic are found by. */
export interface WatchedTopic {
  readonly topic: string;
  readonly arn: string;
  /** The queue of what could not be delivered. */
  readonly undelivered: string;
  readonly stack: string;
}

/** The filter of each subscription, as a command. */
function filters(arn: string): string {
  return `aws sns list-subscriptions-by-topic --topic-arn ${arn} --query 'Subscriptions[].SubscriptionArn' --output text | tr '\\t' '\\n' | while read -r SUBSCRIPTION; do aws sns get-subscription-attributes --subscription-arn "$SUBSCRIPTION" --query 'Attributes.[Endpoint,FilterPolicyScope,FilterPolicy]' --output text; done`;
}

/** What is worth watching about a topic: what reaches nobody. */
export function topicSignals({ topic, arn, undelivered, stack }: WatchedTopic) {
  const sns = topicMetric(topic);
  const subscribers = `aws sns list-subscriptions-by-topic --topic-arn ${arn} --query 'Subscriptions[].[Protocol,Endpoint,SubscriptionArn]' --output text`;
  const policyOf = (queue: string) =>
    `aws sqs get-queue-attributes --queue-url ${queueUrl(queue)} --attribute-names Policy KmsMasterKeyId --query Attributes`;
  const apply = `Let Terraform put it right again, if the plan does nothing else: \`terraform -chdir=cdktf.out/stacks/${stack} apply\`.`;
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
        `Which error, and which subscription? ${readOne(undelivered)}`,
        `Who is subscribed, and is each queue there? ${subscribers}.`,
        "It is: does its policy name the topic, and may sns.amazonaws.com use its KMS key, where it has one? Somebody may have changed either by hand.",
      ],
      mitigate: ["Nothing is lost meanwhile: what does not arrive lies among the undelivered for 14 days.", apply],
      source: METRICS,
    },
    ...deadLetterSignals(undelivered, DEAD_LETTER_SECONDS, {
      firstSteps: [
        readOne(undelivered),
        `Its attributes name the error and the subscription. Who is subscribed? ${subscribers}.`,
        `Do messages still fail? In this hour, and in the same one a week ago: ${asEver(sns("NumberOfNotificationsFailed"))}.`,
      ],
      mitigate: ["They are kept for 14 days: mend the subscription first, and purge nothing."],
      mended: [
        apply,
        "It is mended: send each, with its attributes, to the queue of its subscriber. SQS itself moves none of them, since no queue put them aside.",
      ],
    }),
    lost: {
      kind: "errors",
      means: "messages reached neither the subscriber nor the dead letters: they are gone",
      measure: { metric: sns("NumberOfNotificationsFailedToRedriveToDlq") },
      bad: "above",
      unit: "messages",
      page: 0,
      breaches: "1 of 1",
      firstSteps: [
        `Is the queue of the undelivered there, and does its policy name the topic? ${policyOf(undelivered)}.`,
        `Who is subscribed? One of them is not reached as well: ${subscribers}.`,
        `Since when? What was lost in this hour, and in the same one a week ago: ${asEver(sns("NumberOfNotificationsFailedToRedriveToDlq"))}.`,
      ],
      mitigate: [
        apply,
        "It lasts: let publishers hold back what must not be lost, and publish again what they sent since it began.",
      ],
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
      firstSteps: [
        `Which subscriptions have a filter, and what does it look into? ${filters(arn)}.`,
        `Since when? Messages with attributes that no filter can read, in this hour and in the same one a week ago: ${asEver(sns("NumberOfNotificationsFilteredOut-InvalidAttributes"))}.`,
        `And bodies that are no JSON? ${asEver(sns("NumberOfNotificationsFilteredOut-InvalidMessageBody"))}.`,
        "Which publisher was rolled out when it began?",
      ],
      mitigate: [
        "Take back the rollout of the publisher: what a filter drops lies nowhere, and must be published again.",
      ],
      source: METRICS,
    },
    published: {
      kind: "traffic",
      means: "nobody publishes",
      measure: { metric: sns("NumberOfMessagesPublished") },
      bad: "below",
      unit: "messages",
      breaches: "5 of 5",
      firstSteps: [
        `Has it been so before? Messages in this hour, and in the same one a week ago: ${asEver(sns("NumberOfMessagesPublished"))}.`,
        "It has not: are the publishers up, and may they publish and use the key? Look for AccessDenied and KMS in their logs.",
      ],
      mitigate: ["Take back the rollout of the publishers, or of this topic, that came before it."],
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
