import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { DeliveryProps, Queue, QueueProps, Topic, TopicProps } from "../../lib/data";
import { Config, synth, synthAll } from "../synth";

function topic(props: TopicProps = {}, posture: Partial<Posture> = {}) {
  let made!: Topic;
  const stack = synth((scope) => (made = new Topic(scope, "orders", props)), { posture });
  return { stack, made };
}

function delivered(delivery: DeliveryProps = {}, props: TopicProps = {}, queue: QueueProps = {}) {
  return synth((scope) => {
    new Topic(scope, "orders", props).deliverTo(new Queue(scope, "billing", queue), delivery);
  });
}

const statements = ({ policy }: Config): Config[] => JSON.parse(policy).Statement;

test("a queue gets messages as they were published, and may be sent to by this topic only", () => {
  const stack = delivered();
  const arn = expect.stringMatching(/^\$\{aws_sns_topic\.orders_\w+\.arn\}$/);
  expect(stack.the(SnsTopicSubscription)).toMatchObject({
    topic_arn: arn,
    protocol: "sqs",
    endpoint: expect.stringMatching(/aws_sqs_queue\.billing_\w+\.arn/),
    raw_message_delivery: true,
  });
  const [sent] = statements(stack.at(SqsQueue, "billing/Resource"));
  expect(sent).toMatchObject({
    Principal: { Service: "sns.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": [arn] } },
  });
});

test("what cannot be delivered is put aside, where the topic may send it", () => {
  const stack = delivered();
  const { redrive_policy: redrive } = stack.the(SnsTopicSubscription);
  expect(JSON.parse(redrive).deadLetterTargetArn).toMatch(/aws_sqs_queue\.orders_undelivered_\w+\.arn/);
  const undelivered = stack.at(SqsQueue, "orders/undelivered");
  expect(undelivered).toMatchObject({ message_retention_seconds: 14 * 86_400, sqs_managed_sse_enabled: true });
  expect(statements(undelivered)[0]).toMatchObject({ Action: "sqs:SendMessage" });
  expect(JSON.parse(undelivered.redrive_allow_policy)).toEqual({ redrivePermission: "denyAll" });
});

test("a filter looks at attributes, or at the body where it is told so", () => {
  const scope = (filterOn?: "body") => delivered({ filter: { kind: ["placed"] }, filterOn }).the(SnsTopicSubscription);
  expect(scope()).toMatchObject({ filter_policy: '{"kind":["placed"]}', filter_policy_scope: "MessageAttributes" });
  expect(scope("body").filter_policy_scope).toBe("MessageBody");
  expect(delivered().the(SnsTopicSubscription).filter_policy).toBeUndefined();
});

test("a service that publishes gets through policy and encryption, others through neither", () => {
  const { stack } = topic({ publishers: ["events", "bucket-events"] });
  const services = (config: Config) =>
    statements(config)
      .filter(({ Effect, Principal }) => Effect === "Allow" && Principal.Service)
      .map(({ Principal }) => Principal.Service as string);
  expect(services(stack.the(SnsTopic))).toEqual(["events.amazonaws.com", "s3.amazonaws.com"]);
  expect(services(stack.the(KmsKey))).toEqual(["events.amazonaws.com", "s3.amazonaws.com"]);
  const bare = topic().stack;
  expect([...services(bare.the(SnsTopic)), ...services(bare.the(KmsKey))]).toEqual([]);
});

test("it is encrypted with a key of its own, or with the one it is given", () => {
  expect(topic().stack.the(SnsTopic).kms_master_key_id).toMatch(/^\$\{aws_kms_key\.orders_key_\w+\.arn\}$/);
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  const { stack } = topic({ key });
  expect(stack.the(SnsTopic).kms_master_key_id).toBe(key);
  expect(stack.counts.aws_kms_key).toBeUndefined();
});

test("nobody publishes over anything but TLS; in production nobody deletes it", () => {
  const denied = (posture: Partial<Posture>) =>
    statements(topic({}, posture).stack.the(SnsTopic))
      .filter(({ Effect }) => Effect === "Deny")
      .map(({ Action, Condition }) => [Action, Condition]);
  const tls = ["sns:Publish", { Bool: { "aws:SecureTransport": "false" } }];
  expect(denied({})).toEqual([tls, ["sns:DeleteTopic", undefined]]);
  expect(denied(DEVELOPMENT)).toEqual([tls]);
});

test("a fifo topic has another name and puts aside in order", () => {
  const stack = delivered({}, { fifo: true }, { fifo: true });
  expect(stack.the(SnsTopic)).toMatchObject({ name: "test-orders.fifo", fifo_topic: true });
  expect(stack.at(SqsQueue, "orders/undelivered")).toMatchObject({
    name: "test-orders-undelivered.fifo",
    fifo_queue: true,
  });
});

test("a queue of another stack depends on the topic, never the other way round", () => {
  let shared!: Topic;
  const { consumer } = synthAll({
    publisher: (scope) => void (shared = new Topic(scope, "orders")),
    consumer: (scope) => shared.deliverTo(new Queue(scope, "billing")),
  });
  expect(consumer.manifest.dependsOn).toEqual(["publisher"]);
  expect(Object.keys(consumer.all(SnsTopicSubscription))).toEqual(["billing/from-publisher-orders"]);
});

test("a message that reached nobody wakes someone, one that is late opens a ticket", () => {
  const { signals } = topic().made;
  expect(signals.lost.page).toBe(0);
  expect(signals.deadLetters.page).toBe(0);
  expect(signals.deliveryFailed).toMatchObject({ ticket: 0 });
  expect(signals.deliveryFailed).not.toHaveProperty("page");
  expect(signals.deliveryFailed.measure.metric.dimensions).toEqual({ TopicName: "test-orders" });
  expect(signals.deadLetters.measure.metric.dimensions).toEqual({ QueueName: "test-orders-undelivered" });
});

test("an objective counts every delivery, the failed ones among all", () => {
  const { bad, total } = topic().made.indicators.delivery;
  const names = (metrics: readonly { readonly name: string }[]) => metrics.map(({ name }) => name);
  expect(names(bad)).toEqual(["NumberOfNotificationsFailed"]);
  expect(names(total)).toEqual(["NumberOfNotificationsFailed", "NumberOfNotificationsDelivered"]);
});

test.each<[string, () => unknown, string]>([
  ["a queue out of order", () => delivered({}, { fifo: true }), "'queue' must be fifo, as the topic is"],
  ["a topic out of order", () => delivered({}, {}, { fifo: true }), "'queue' must be without fifo, as the topic is"],
  [
    "an unknown publisher",
    () => topic({ publishers: ["lambda" as "events"] }),
    "'publishers[0]' must be one of alarms",
  ],
  ["a publisher to a fifo topic", () => topic({ publishers: ["events"], fifo: true }), "left out of a fifo topic"],
  ["the alias of a key", () => topic({ key: "alias/aws/sns" }), "'key' must be the ARN of a KMS key"],
  ["deduplication without order", () => topic({ contentBasedDeduplication: true }), "a topic that is not fifo"],
  [
    "an unknown filter",
    () => delivered({ filterOn: "headers" as "body" }),
    "'filterOn' must be one of attributes, body",
  ],
  ["a publisher twice", () => topic({ publishers: ["events", "events"] }), "'publishers' must name each once"],
  ["a filter of nothing", () => delivered({ filter: {} }), "'filter' must be between 1 and 5, got 0"],
  [
    "a filter that nothing passes",
    () => delivered({ filter: { kind: [] } }),
    "'filter.kind' must be a list of at least one value, got []",
  ],
  ["a filter by a text", () => delivered({ filter: { kind: "paid" } }), "'filter.kind' must be a list"],
  [
    "a filter of six names in a body",
    () =>
      delivered({ filterOn: "body", filter: { order: { a: [1], b: [1], c: [1], d: [1], e: [1] }, kind: ["paid"] } }),
    "'filter' must be between 1 and 5, got 6",
  ],
])("fails on %s, naming path and prop", (_, run, message) => {
  expect(run).toThrow(message);
  expect(run).toThrow(/^test\/orders: /);
});

test("fails where a queue is named twice", () => {
  const twice = () =>
    synth((scope) => {
      const made = new Topic(scope, "orders");
      const queue = new Queue(scope, "billing");
      made.deliverTo(queue);
      made.deliverTo(queue);
    });
  expect(twice).toThrow("'queue' must be named once");
});
