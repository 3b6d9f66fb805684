import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { verbatim } from "../../core/content";
import { Dependable, Measurable, Protected, Recoverable, Stateful, Watchable } from "../../core/declarations";
import { refuse, requireOneOf, requireThat } from "../../core/guard";
import { register } from "../../core/hook";
import { kebab, nameOf } from "../../core/naming";
import { arnOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { requireKind, requireProps } from "../../core/props";
import { Key } from "../../parts/key";
import { requireKeyArn } from "../../parts/key-arn";
import { ALL_PUBLISHERS, topicPolicy } from "../../parts/topic-policy";
import { MESSAGING_RECOVERS, MESSAGING_SLA } from "./messaging-recovery";
import { Queue } from "./queue";
import { deadLetterQueue, queueGuards, queueName } from "./queue-parts";
import { NOBODY } from "./queue-policy";
import { DeliveryProps, TopicProps } from "./topic-props";
import { requireFilter } from "./topic-filter";
import { topicIndicators, topicSignals } from "./topic-signals";

/** The largest message that SNS takes. */
const LARGEST_KIB = 256;

/**
 * A topic whose messages reach each queue that takes them, or are put aside for 14 days where they do not.
 *
 * Encrypted with a key of its own, which the services that publish may use; published to over TLS only. Where the posture
 * protects, nobody deletes it.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export class Topic extends Construct implements Watchable, Measurable, Recoverable, Dependable, Stateful {
  readonly topic: SnsTopic;
  /** What could not be delivered. */
  readonly undelivered: SqsQueue;
  readonly fifo: boolean;
  private readonly names: { readonly topic: string; readonly undelivered: string };
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: TopicProps = {}) {
    super(scope, id);
    register(this, props, "TopicProps");
    const { publishers = [], fifo = false, contentBasedDeduplication = false } = props;
    for (const publisher of publishers) requireOneOf(this, "publishers", publisher, ALL_PUBLISHERS);
    const once = new Set(publishers).size === publishers.length;
    requireThat(this, once, { prop: "publishers", must: "name each once", got: publishers });
    const mend = "AWS services publish to no fifo topic: let them publish to another one";
    requireThat(this, !fifo || publishers.length === 0, {
      prop: "publishers",
      must: "be left out of a fifo topic",
      got: publishers,
      mend,
    });
    requireThat(this, fifo || !contentBasedDeduplication, {
      prop: "contentBasedDeduplication",
      must: "be left out of a topic that is not fifo",
      got: contentBasedDeduplication,
    });

    this.fifo = fifo;
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    this.guarded = postureOf(this).deletionProtection;
    this.names = {
      topic: `${nameOf(this, "topic")}${fifo ? ".fifo" : ""}`,
      undelivered: queueName(this, "undelivered", fifo),
    };
    const key = props.key ?? new Key(this, "key", { usedBy: publishers }).arn;
    const arn = arnOf(this, "sns", this.names.topic);
    this.topic = new SnsTopic(this, "Resource", {
      name: this.names.topic,
      fifoTopic: fifo,
      ...(fifo && { contentBasedDeduplication, fifoThroughputScope: "MessageGroup" }),
      kmsMasterKeyId: key,
      policy: topicPolicy(this, arn, publishers, ...(this.guarded ? [undeleted(arn)] : [])),
      lifecycle: { preventDestroy: this.guarded },
    });
    const settings = { name: this.names.undelivered, fifo, key: undefined, maxMessageKib: LARGEST_KIB };
    const senders = { ...NOBODY, topicArn: [this.topic.arn] };
    this.undelivered = deadLetterQueue(this, "undelivered", settings, { senders });
  }

  get arn(): string {
    return this.topic.arn;
  }

  /**
   * Delivers to a queue, and lets the topic send there.
   *
   * The subscription stands under the queue, which may be in another stack: references run from there to here only.
   *
   * @throws where SNS would refuse the queue, or it is subscribed already
   */
  deliverTo(queue: Queue, delivery: DeliveryProps = {}): void {
    requireKind(this, "queue", queue, "Queue");
    requireProps(this, delivery, "DeliveryProps", "delivery");
    const { filter, filterOn = "attributes", raw = true } = delivery;
    if (filter) requireFilter(this, filter, filterOn);
    const must = `be ${this.fifo ? "" : "without "}fifo, as the topic is`;
    const got = queue.node.path;
    if (queue.fifo !== this.fifo) refuse(this, { prop: "queue", must, got });
    const id = `from-${kebab(this.pathFor(queue))}`;
    const isNew = queue.node.tryFindChild(id) === undefined;
    requireThat(this, isNew, { prop: "queue", must: "be named once", got, mend: "one filter can hold several values" });
    queue.allowSendFrom({ topicArn: this.topic.arn });
    new SnsTopicSubscription(queue, id, {
      topicArn: this.topic.arn,
      protocol: "sqs",
      endpoint: queue.arn,
      rawMessageDelivery: raw,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: this.undelivered.arn }),
      ...(filter && {
        filterPolicy: verbatim(JSON.stringify(filter)),
        filterPolicyScope: filterOn === "body" ? "MessageBody" : "MessageAttributes",
      }),
    });
  }

  get signals() {
    const { topic } = this.names;
    return topicSignals({ ...this.names, arn: arnOf(this, "sns", topic), stack: TerraformStack.of(this).node.id });
  }

  get indicators() {
    return topicIndicators(this.names.topic);
  }

  get recovers() {
    return MESSAGING_RECOVERS;
  }

  get sla() {
    return MESSAGING_SLA;
  }

  get protects(): readonly Protected[] {
    const no = "AWS Backup knows neither topics nor queues: what is lost must be published again";
    const by = this.guarded ? ["prevent_destroy", "topic policy against deletion"] : [];
    return [
      { type: "SNS", arn: this.topic.arn, backUp: { no }, by },
      { type: "SQS", arn: this.undelivered.arn, backUp: { no }, by: queueGuards(this) },
    ];
  }

  /** The path of the topic, without the stack where the queue stands in the same one. */
  private pathFor(queue: Queue): string {
    const [stack, ...path] = this.node.path.split("/");
    return (TerraformStack.of(queue) === TerraformStack.of(this) ? path : [stack, ...path]).join("-");
  }
}

function undeleted(arn: string) {
  return { Sid: "NothingIsDeleted", Effect: "Deny", Principal: "*", Action: "sns:DeleteTopic", Resource: arn } as const;
}
