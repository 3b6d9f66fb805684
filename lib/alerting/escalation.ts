import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Signals, Urgency } from "../core/signal";
import { Key } from "../parts/key";
import { Publisher, topicPolicy } from "../parts/topic-policy";

/** Who is told. */
export interface Receivers {
  /** Addresses; each must confirm once, by the link it is sent. @default - none */
  readonly emails?: readonly string[];
  /** HTTPS endpoints: a pager, a chat, a ticket system. @default - none */
  readonly endpoints?: readonly string[];
}

/** What an {@link Escalation} can be told. */
export interface EscalationProps extends Readonly<Record<Urgency, Receivers>> {
  /** The ARN of a KMS key that CloudWatch, EventBridge and RDS events may use. @default - a key of its own */
  readonly key?: string;
}

const URGENCIES = ["page", "ticket"] as const;

/** Services that tell people of something. */
const TELLERS: readonly Publisher[] = ["alarms", "rds-events", "backup-events", "events"];

/**
 * The way from an alarm to people: for each urgency an encrypted topic that this account's alarms and events publish
 * to, and the people and systems it reaches. An urgency that reaches nobody is refused.
 *
 * The topics have a key of their own: under the AWS-managed one alarms are dropped in silence.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class Escalation extends Construct implements Watchable {
  readonly topics: Readonly<Record<Urgency, SnsTopic>>;

  constructor(scope: Construct, id: string, props: EscalationProps) {
    super(scope, id);
    register(this);
    const key = props.key ?? new Key(this, "key", { usedBy: ["alarms", "events", "rds-events", "backup-events"] }).arn;
    const [page, ticket] = URGENCIES.map((urgency) => this.topic(urgency, props[urgency], key));
    this.topics = { page, ticket };
  }

  /** The ARNs that `Alarms` notifies. */
  get notify(): Readonly<Record<Urgency, string>> {
    return { page: this.topics.page.arn, ticket: this.topics.ticket.arn };
  }

  get signals() {
    return {
      // A topic cannot tell that it is broken: each failure is told over the other one.
      pagesFailed: { ...this.failed("page"), ticket: 0 },
      ticketsFailed: { ...this.failed("ticket"), page: 0 },
    } satisfies Signals;
  }

  private failed(urgency: Urgency) {
    return {
      kind: "errors",
      means: `a ${urgency} reached nobody: SNS could not deliver it`,
      measure: {
        metric: {
          namespace: "AWS/SNS",
          name: "NumberOfNotificationsFailed",
          statistic: "Sum",
          dimensions: { TopicName: nameOf(this, "topic", urgency) },
        },
      },
      bad: "above",
      breaches: "1 of 1",
      firstSteps: [
        "Is the receiving system up? Look for other pages it missed.",
        "List unconfirmed subscriptions: aws sns list-subscriptions-by-topic.",
      ],
      rationale: "AWS leaves the threshold open; for the topic that people depend on, one lost message is too many.",
      source: "https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html",
    } as const;
  }

  private topic(urgency: Urgency, receivers: Receivers, key: string): SnsTopic {
    const { emails = [], endpoints = [] } = receivers ?? {};
    const reached = emails.length + endpoints.length;
    const mend = "give emails or endpoints";
    requireThat(this, reached > 0, { prop: urgency, must: "reach somebody", got: receivers ?? "nothing", mend });
    const name = nameOf(this, "topic", urgency);
    const topic = new SnsTopic(this, urgency, { name, kmsMasterKeyId: key });
    new SnsTopicPolicy(this, `${urgency}-policy`, { arn: topic.arn, policy: topicPolicy(this, topic.arn, TELLERS) });
    for (const email of emails) {
      requireForm(this, `${urgency}.emails`, email, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address");
      this.subscribe(topic, urgency, "email", email);
    }
    for (const endpoint of endpoints) {
      requireForm(this, `${urgency}.endpoints`, endpoint, /^https:\/\/[^\s/]+/, "an https address");
      this.subscribe(topic, urgency, "https", endpoint);
    }
    return topic;
  }

  private subscribe(topic: SnsTopic, urgency: Urgency, protocol: "email" | "https", endpoint: string): void {
    const name = endpoint.replace(/^https:\/\//, "").replace(/[^A-Za-z0-9]+/g, "-");
    new SnsTopicSubscription(this, `${urgency}-${protocol}-${name}`, { topicArn: topic.arn, protocol, endpoint });
  }
}
