import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { Dependable, Measurable, Protected, Recoverable, Stateful, Watchable } from "../../core/declarations";
import { requireDuration, requireThat, requireWhole } from "../../core/guard";
import { register } from "../../core/hook";
import { arnOf } from "../../core/place";
import { requireKind } from "../../core/props";
import { MathMeasure, Metric } from "../../core/signal";
import { requireKeyArn } from "../../parts/key-arn";
import { DEAD_LETTER_SECONDS, queueMetric } from "./dead-letter-signals";
import { MESSAGING_RECOVERS, MESSAGING_SLA } from "./messaging-recovery";
import { common, deadLetterQueue, queueGuards, queueName } from "./queue-parts";
import { Sender, SenderKind, queuePolicy, senderOf } from "./queue-policy";
import { QueueProps } from "./queue-props";
import { WatchedQueue, backlogPerWorker, queueIndicators, queueSignals } from "./queue-signals";
import { timesOf } from "./queue-times";

/**
 * A queue that loses no message to a consumer that fails, and says when messages wait too long.
 *
 * What cannot be processed is put aside after five tries and kept for 14 days. Messages are encrypted, sent over TLS, and
 * come from whom the queue lets send. Where the posture protects, nobody deletes or empties it.
 *
 * A queue without `fifo` may deliver a message twice and out of order: its consumers must bear that. One with it keeps
 * the order of a group, until a message of the group is put aside.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-best-practices.html
 */
export class Queue extends Construct implements Watchable, Measurable, Recoverable, Dependable, Stateful {
  readonly queue: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly fifo: boolean;
  private readonly watched: WatchedQueue;
  private readonly senders: Record<SenderKind, string[]> = { topicArn: [], ruleArn: [], bucketArn: [] };

  constructor(scope: Construct, id: string, props: QueueProps = {}) {
    super(scope, id);
    register(this, props, "QueueProps");
    const { maxDeliveries = 5, maxMessageKib = 256, fifo = false, contentBasedDeduplication = false } = props;
    const { delay = "0 seconds", messagesPerSecond, key } = props;
    const { visibility, retention, maxAge } = timesOf(this, props, maxDeliveries);
    requireWhole(this, "maxMessageKib", maxMessageKib, 1, 1024);
    if (key !== undefined) requireKeyArn(this, "key", key);
    const works = messagesPerSecond === undefined || messagesPerSecond > 0;
    requireThat(this, works, { prop: "messagesPerSecond", must: "be above 0", got: messagesPerSecond });
    requireThat(this, fifo || !contentBasedDeduplication, {
      prop: "contentBasedDeduplication",
      must: "be left out of a queue that is not fifo",
      got: contentBasedDeduplication,
    });

    this.fifo = fifo;
    const name = queueName(this, "", fifo);
    const dead = queueName(this, "dead-letters", fifo);
    // Only in a fifo queue the time starts anew when a message is put aside.
    const deadForSeconds = DEAD_LETTER_SECONDS - (fifo ? 0 : retention);
    this.watched = { name, deadLetters: dead, maxAgeSeconds: maxAge, deadForSeconds, messagesPerSecond };
    this.deadLetters = deadLetterQueue(this, "dead-letters", { name: dead, fifo, key, maxMessageKib }, { queue: name });
    this.queue = new SqsQueue(this, "Resource", {
      ...common(this, { name, fifo, key, maxMessageKib }),
      ...(fifo && { contentBasedDeduplication }),
      visibilityTimeoutSeconds: visibility,
      messageRetentionSeconds: retention,
      delaySeconds: requireDuration(this, "delay", delay, "0 seconds", "15 minutes"),
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount: maxDeliveries }),
      // Who sends is known when all is written.
      policy: Lazy.stringValue({ produce: () => queuePolicy(this, arnOf(this, "sqs", name), this.senders) }),
    });
  }

  get arn(): string {
    return this.queue.arn;
  }

  /**
   * Lets a service send what one of its resources has for the queue: a topic of SNS, a rule of EventBridge, a bucket.
   * Producers of the account's own need an IAM policy only.
   *
   * @throws where the sender is none of these, or S3 and SNS would refuse the queue
   */
  allowSendFrom(sender: Sender): void {
    requireKind(this, "sender", sender, {});
    const [kind, arn] = senderOf(this, sender);
    const mend = "send through an EventBridge rule, or take a queue without fifo";
    const must = "be no bucket where the queue is fifo: S3 sends to none";
    requireThat(this, !this.fifo || kind !== "bucketArn", { prop: "sender", must, got: kind, mend });
    if (!this.senders[kind].includes(arn)) this.senders[kind].push(arn);
  }

  /** Messages that wait. */
  get backlog(): Metric {
    return queueMetric(this.watched.name)("ApproximateNumberOfMessagesVisible", "Average");
  }

  /**
   * Messages that wait for each worker: what workers scale on, where the metric counts those that are there. A `Fleet`
   * gives its own: `scaleOn: { metric: (instances) => queue.backlogPerWorker(instances), target: 200 }`.
   */
  backlogPerWorker(workers: Metric): MathMeasure {
    requireKind(this, "workers", workers, "Metric");
    return backlogPerWorker(this.backlog, workers);
  }

  get signals() {
    return queueSignals(this.watched);
  }

  get indicators() {
    return queueIndicators(this.watched);
  }

  get recovers() {
    return MESSAGING_RECOVERS;
  }

  get sla() {
    return MESSAGING_SLA;
  }

  get protects(): readonly Protected[] {
    const backUp = { no: "AWS Backup knows no queues: what is lost must be sent again by its producer" };
    const by = queueGuards(this);
    return [this.queue, this.deadLetters].map(({ arn }) => ({ type: "SQS", arn, backUp, by }));
  }
}
