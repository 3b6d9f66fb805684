import { Urgency } from "../core/signal";

/** What comes through a topic: messages to people, and heartbeats. */
export type Message = Urgency | "heartbeat";

/** What is worth watching of a topic that people depend on: SNS counts what it could not deliver. */
export function notDelivered(topic: string, message: Message) {
  return {
    kind: "errors",
    means: `a ${message} reached nobody: SNS could not deliver it`,
    measure: {
      metric: {
        namespace: "AWS/SNS",
        name: "NumberOfNotificationsFailed",
        statistic: "Sum",
        dimensions: { TopicName: topic },
      },
    },
    bad: "above",
    unit: "messages",
    breaches: "1 of 1",
    firstSteps: [
      `Who is subscribed, and has not confirmed? ${subscriptions(topic)}.`,
      "PendingConfirmation: that one is told nothing until it confirms. All have an ARN: is the receiving system up? Look for other messages it missed.",
      "It is up: did its key or address change? A pager that renews an integration key refuses the old one.",
    ],
    mitigate: [
      "Somebody was not told: what is on now, as above? Tell whom it is for by telephone, and look again every quarter of an hour until this is over.",
      `Some have not confirmed: ask them once more: ${askAgain(topic)}.`,
      "The receiving system is down: add a second one for the time (`emails`, `endpoints`, `tell`), and apply.",
    ],
    rationale: "AWS leaves the threshold open; for the topic that people depend on, one lost message is too many.",
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html",
  } as const;
}

/** The subscriptions of a topic, as a command. */
function subscriptions(topic: string): string {
  return `aws sns list-subscriptions-by-topic --topic-arn ${topicArn(topic)} --query 'Subscriptions[].[Protocol,Endpoint,SubscriptionArn]' --output text`;
}

/** The ARN of a topic, in a command; AWS assigns it. */
function topicArn(topic: string): string {
  return `$(aws sns list-topics --query "Topics[?ends_with(TopicArn, ':${topic}')].TopicArn" --output text)`;
}

/** Sends those who have not confirmed another link. */
function askAgain(topic: string): string {
  const pending = `aws sns list-subscriptions-by-topic --topic-arn "$TOPIC" --query "Subscriptions[?SubscriptionArn=='PendingConfirmation'].[Protocol,Endpoint]" --output text`;
  return `\`TOPIC=${topicArn(topic)}\`, \`${pending} | while read -r protocol endpoint; do aws sns subscribe --topic-arn "$TOPIC" --protocol "$protocol" --notification-endpoint "$endpoint"; done\``;
}
