import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { complaint, requireForm, requireKnown, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { notesOf } from "../core/notes";
import { requireKind } from "../core/props";
import { Signals, Urgency, URGENCIES } from "../core/signal";
import { Key } from "../parts/key";
import { DeadLetters } from "../parts/dead-letters";
import { Publisher, topicPolicy } from "../parts/topic-policy";
import { requireKeyArn } from "../parts/key-arn";
import { Message, notDelivered } from "./escalation-signals";
import { Heartbeat, heartbeat } from "./heartbeat";
import { requireNoKey } from "./written-key";

/** Who is told. */
export interface Receivers {
  /** Addresses; each must confirm once, by the link it is sent. @default - none */
  readonly emails?: readonly string[];
  /** HTTPS endpoints: a pager, a chat, a ticket system. @default - none */
  readonly endpoints?: readonly string[];
}

/** A system that is told, and confirms by itself that it wants to be: the integration of a pager. */
export interface Receiver {
  /** What it is called here, such as `pager`. */
  readonly id: string;
  /** Its HTTPS address. The key in it is an attribute or a sensitive variable, never a text in the source. */
  readonly endpoint: string;
}

/** What an {@link Escalation} can be told. */
export interface EscalationProps extends Readonly<Record<Urgency, Receivers>> {
  /** The ARN of a KMS key that CloudWatch, EventBridge and RDS events may use. @default - a key of its own */
  readonly key?: string;
  /** Who is called by the clock, and notices when the calls stop. @default - nobody: a way that is cut stays unnoticed */
  readonly heartbeat?: Heartbeat;
}

const HTTPS = /^https:\/\/[^\s/]+/;

/** Services that tell people of something. */
const TELLERS: readonly Publisher[] = ["alarms", "rds-events", "backup-events", "events"];

/**
 * The way from an alarm to people: for each urgency an encrypted topic that this account's alarms and events publish
 * to, and the people and systems it reaches. An urgency that reaches nobody is refused, and what reaches nobody is kept for
 * 14 days.
 *
 * The topics have a key of their own: under the AWS-managed one alarms are dropped in silence.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class Escalation extends Construct implements Watchable {
  readonly topics: Readonly<Record<Urgency, SnsTopic>>;
  private readonly letters: DeadLetters;
  private readonly reached: Record<Message, number> = { page: 0, ticket: 0, heartbeat: 0 };
  private readonly beats: boolean;

  constructor(scope: Construct, id: string, props: EscalationProps) {
    super(scope, id);
    register(this, props, "EscalationProps");
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const key = props.key ?? new Key(this, "key", { usedBy: ["alarms", "events", "rds-events", "backup-events"] }).arn;
    this.letters = new DeadLetters(this, "dead-letters");
    const [page, ticket] = URGENCIES.map((urgency) => this.topic(urgency, props[urgency], key));
    this.topics = { page, ticket };
    this.beats = props.heartbeat !== undefined;
    if (props.heartbeat) {
      const { endpoint } = props.heartbeat;
      const topic = this.topic("heartbeat", {}, key);
      requireForm(this, "heartbeat.endpoint", endpoint, HTTPS, "an https address");
      this.subscribe(topic, "heartbeat", { id: "receiver", protocol: "https", endpoint });
      heartbeat(this, { topic, letters: this.letters }, props.heartbeat);
    }
    this.node.addValidation({ validate: () => URGENCIES.flatMap((urgency) => this.unreached(urgency, props)) });
  }

  /** The ARNs that `Alarms` notifies. */
  get notify(): Readonly<Record<Urgency, string>> {
    return { page: this.topics.page.arn, ticket: this.topics.ticket.arn };
  }

  /** Tells a system as well; it must confirm by itself, or the apply fails. */
  tell(urgency: Urgency, receiver: Receiver): void {
    requireKind(this, "urgency", urgency, "Urgency");
    requireKind(this, urgency, receiver, "Receiver");
    const { id, endpoint } = receiver;
    requireForm(this, `${urgency}.id`, id, /^[A-Za-z0-9-]+$/, "letters, digits and hyphens");
    const isNew = this.node.tryFindChild(`${urgency}-https-${id}`) === undefined;
    requireThat(this, isNew, { prop: `${urgency}.id`, must: "be that of one receiver", got: id });
    requireForm(this, `${urgency}.endpoint`, endpoint, HTTPS, "an https address");
    requireNoKey(this, `${urgency}.endpoint`, endpoint);
    this.subscribe(this.topics[urgency], urgency, { id, protocol: "https", endpoint, endpointAutoConfirms: true });
  }

  get signals() {
    return {
      // A topic cannot tell that it is broken: each failure is told over the other one.
      pagesFailed: { ...this.failed("page"), ticket: 0 },
      ticketsFailed: { ...this.failed("ticket"), page: 0 },
      ...(this.beats && { heartbeatsFailed: { ...this.failed("heartbeat"), ticket: 0 } }),
      ...this.letters.health("somebody was not told"),
    } satisfies Signals;
  }

  private failed(message: Message) {
    return notDelivered(nameOf(this, "topic", message), message);
  }

  private topic(message: Message, { emails = [], endpoints = [] }: Receivers = {}, key: string): SnsTopic {
    const name = nameOf(this, "topic", message);
    const topic = new SnsTopic(this, message, { name, kmsMasterKeyId: key });
    new SnsTopicPolicy(this, `${message}-policy`, { arn: topic.arn, policy: topicPolicy(this, topic.arn, TELLERS) });
    for (const [kind, all] of Object.entries({ emails, endpoints })) {
      const ids = all.map(named);
      const must = "name each once, also where only letters and digits count";
      requireThat(this, new Set(ids).size === ids.length, { prop: `${message}.${kind}`, must, got: all });
    }
    for (const endpoint of emails) {
      requireKnown(this, `${message}.emails`, endpoint);
      requireForm(this, `${message}.emails`, endpoint, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address");
      this.subscribe(topic, message, { id: named(endpoint), protocol: "email", endpoint });
    }
    for (const endpoint of endpoints) {
      requireKnown(this, `${message}.endpoints`, endpoint);
      requireForm(this, `${message}.endpoints`, endpoint, HTTPS, "an https address");
      requireNoKey(this, `${message}.endpoints`, endpoint);
      this.subscribe(topic, message, { id: named(endpoint), protocol: "https", endpoint });
    }
    return topic;
  }

  private subscribe(topic: SnsTopic, message: Message, { id, ...to }: Subscription): void {
    this.reached[message]++;
    new SnsTopicSubscription(this, `${message}-${to.protocol}-${id}`, {
      topicArn: topic.arn,
      redrivePolicy: this.letters.ofTopic(topic),
      ...to,
    });
  }

  private unreached(urgency: Urgency, props: EscalationProps): string[] {
    if (this.reached[urgency] > 0 || notesOf(this.topics[urgency], "heard").length > 0) return [];
    const mend = "give emails or endpoints, or tell a pager or a chat";
    return [complaint(this, { prop: urgency, must: "reach somebody", got: props[urgency] ?? "nothing", mend })];
  }
}

interface Subscription {
  readonly id: string;
  readonly protocol: "email" | "https";
  readonly endpoint: string;
  readonly endpointAutoConfirms?: true;
}

function named(endpoint: string): string {
  return endpoint.replace(/^https:\/\//, "").replace(/[^A-Za-z0-9]+/g, "-");
}
