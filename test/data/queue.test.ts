import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { DEVELOPMENT, Posture, waive } from "../../lib/core";
import { Queue, QueueProps, Sender } from "../../lib/data";
import { Config, synth } from "../synth";

function queue(props: QueueProps = {}, posture: Partial<Posture> = {}, use: (made: Queue) => void = () => undefined) {
  let made!: Queue;
  const stack = synth(
    (scope) => {
      made = new Queue(scope, "intake", props);
      use(made);
    },
    { posture },
  );
  return { stack, made, main: stack.at(SqsQueue, "intake/Resource"), dead: stack.at(SqsQueue, "intake/dead-letters") };
}

const statements = ({ policy }: Config): Config[] => JSON.parse(policy).Statement;
const allowed = (config: Config) => statements(config).filter(({ Effect }) => Effect === "Allow");
const denied = (config: Config) => statements(config).filter(({ Effect }) => Effect === "Deny");

test("a message that cannot be processed is put aside, and kept far longer than others", () => {
  const { main, dead } = queue({ maxDeliveries: 3 });
  expect(JSON.parse(main.redrive_policy)).toEqual({
    deadLetterTargetArn: expect.stringMatching(/^\$\{aws_sqs_queue\.intake_dead-letters_\w+\.arn\}$/),
    maxReceiveCount: 3,
  });
  expect(dead.message_retention_seconds / main.message_retention_seconds).toBe(14 / 4);
  expect(dead.redrive_policy).toBeUndefined();
});

test("no other queue puts its messages aside here", () => {
  expect(JSON.parse(queue().dead.redrive_allow_policy)).toEqual({
    redrivePermission: "byQueue",
    sourceQueueArns: ["arn:aws:sqs:eu-west-1:111122223333:test-intake"],
  });
});

test("a message stays hidden for six times what its consumer may take", () => {
  const hidden = (consumerTimeout: QueueProps["consumerTimeout"]) =>
    queue({ consumerTimeout }).main.visibility_timeout_seconds;
  expect([hidden(undefined), hidden("15 minutes"), hidden("2 hours")]).toEqual([180, 5400, 43_200]);
});

test("it is encrypted, asked by long polls, and its limits stand in the plan", () => {
  const { main, dead } = queue();
  for (const config of [main, dead]) {
    expect(config).toMatchObject({
      sqs_managed_sse_enabled: true,
      receive_wait_time_seconds: 20,
      max_message_size: 262_144,
      fifo_queue: false,
    });
  }
  expect(main.delay_seconds).toBe(0);
});

test("with a key it is that key that encrypts, dead letters too", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  const { main, dead } = queue({ key });
  for (const config of [main, dead]) {
    expect(config.kms_master_key_id).toBe(key);
    expect(config.sqs_managed_sse_enabled).toBeUndefined();
  }
});

test("nobody sends over anything but TLS", () => {
  const { main, dead } = queue();
  for (const config of [main, dead]) {
    expect(denied(config)).toContainEqual(
      expect.objectContaining({
        Principal: "*",
        Action: "sqs:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
    expect(allowed(config)).toEqual([]);
  }
});

test("in production nobody deletes or empties it, in development one may", () => {
  const { main, dead } = queue();
  for (const config of [main, dead]) {
    expect(config.lifecycle).toEqual({ prevent_destroy: true });
    expect(denied(config).flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(["sqs:DeleteQueue", "sqs:PurgeQueue"]),
    );
  }
  const thrifty = queue({}, DEVELOPMENT);
  expect(thrifty.main.lifecycle).toEqual({ prevent_destroy: false });
  expect(denied(thrifty.main).map(({ Sid }) => Sid)).toEqual(["OverTlsOnly"]);
  expect(thrifty.made.protects.map(({ by }) => by)).toEqual([[], []]);
});

test("services send on behalf of what is named, and of nothing else", () => {
  const senders: Sender[] = [
    { topicArn: "arn:aws:sns:eu-west-1:111122223333:orders" },
    { topicArn: "arn:aws:sns:eu-west-1:111122223333:returns" },
    { ruleArn: "arn:aws:events:eu-west-1:111122223333:rule/nightly" },
    { bucketArn: "arn:aws:s3:::uploads" },
    { bucketArn: "arn:aws:s3:::uploads" },
  ];
  const { main } = queue({}, {}, (made) => senders.forEach((sender) => made.allowSendFrom(sender)));
  const told = allowed(main).map(({ Principal, Action, Condition }) => [Principal.Service, Action, Condition]);
  expect(told).toEqual([
    [
      "sns.amazonaws.com",
      "sqs:SendMessage",
      {
        ArnEquals: {
          "aws:SourceArn": ["arn:aws:sns:eu-west-1:111122223333:orders", "arn:aws:sns:eu-west-1:111122223333:returns"],
        },
      },
    ],
    [
      "events.amazonaws.com",
      "sqs:SendMessage",
      { ArnEquals: { "aws:SourceArn": ["arn:aws:events:eu-west-1:111122223333:rule/nightly"] } },
    ],
    [
      "s3.amazonaws.com",
      "sqs:SendMessage",
      {
        ArnEquals: { "aws:SourceArn": ["arn:aws:s3:::uploads"] },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    ],
  ]);
});

test("a fifo queue has another name, and dead letters of its kind", () => {
  const { main, dead, made } = queue({ fifo: true, contentBasedDeduplication: true });
  expect([main.name, dead.name]).toEqual(["test-intake.fifo", "test-intake-dead-letters.fifo"]);
  expect(main).toMatchObject({
    fifo_queue: true,
    content_based_deduplication: true,
    deduplication_scope: "messageGroup",
    fifo_throughput_limit: "perMessageGroupId",
  });
  expect(dead.fifo_queue).toBe(true);
  expect(made.backlog.dimensions).toEqual({ QueueName: main.name });
  expect(made.signals.deadLetters.measure.metric.dimensions).toEqual({ QueueName: dead.name });
  expect(JSON.parse(dead.redrive_allow_policy).sourceQueueArns[0]).toMatch(/:test-intake\.fifo$/);
});

test("a name too long for a fifo queue is cut, and keeps its ending", () => {
  const stack = synth((scope) => void new Queue(scope, "intake-of-everything".repeat(5), { fifo: true }));
  for (const { name } of Object.values(stack.all(SqsQueue))) expect(name).toMatch(/^[\w-]{1,75}\.fifo$/);
});

test("thresholds follow from how long a message may wait", () => {
  const { signals, indicators } = queue({ maxAge: "10 minutes", messagesPerSecond: 50 }).made;
  expect(signals.oldestMessage).toMatchObject({ page: 600, ticket: 300 });
  expect(signals.depth).toMatchObject({ ticket: 30_000 });
  expect(indicators.freshness).toMatchObject({ threshold: 600, bad: "above" });
  expect(queue().made.signals.depth).not.toHaveProperty("ticket");
});

test("one dead letter wakes someone, and once more a day before it is gone, however long it waited before", () => {
  const { signals } = queue().made;
  expect(signals.deadLetters).toMatchObject({ page: 0, breaches: "1 of 1" });
  expect(signals.deadLetters.measure.metric).toMatchObject({ statistic: "Maximum" });
  const expires = (props: QueueProps) => queue(props).made.signals.deadLettersExpire.page / 86_400;
  expect([expires({}), expires({ retention: "10 days" }), expires({ fifo: true })]).toEqual([9, 3, 13]);
});

test("workers scale on what waits for each of them", () => {
  const workers = { namespace: "ECS/ContainerInsights", name: "RunningTaskCount", statistic: "Average" };
  const { math } = queue().made.backlogPerWorker(workers);
  expect(math.expression).toMatch(/backlog \/ .*workers/);
  expect(math.metrics).toMatchObject({
    workers,
    backlog: { namespace: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", statistic: "Average" },
  });
});

test("a lost zone takes no message along; what a consumer did wrong, nothing undoes", () => {
  const { recovers, sla } = queue().made;
  expect(recovers.zone![0]).toMatchObject({ rpo: { value: "0 seconds" }, selfHealing: true });
  expect(recovers.corruption).toBeUndefined();
  expect(sla.value).toBe(99.9);
});

test("AWS Backup is not asked for what it does not know", () => {
  const { made } = queue();
  expect(made.protects.map(({ type, backUp }) => [type, backUp])).toEqual([
    ["SQS", { no: expect.stringContaining("knows no queues") }],
    ["SQS", { no: expect.stringContaining("knows no queues") }],
  ]);
});

const broken: [string, QueueProps, string][] = [
  [
    "has no second chance",
    { maxDeliveries: 1 },
    "'maxDeliveries' must leave a message a second chance, got 1; each message that a consumer holds when it is replaced",
  ],
  [
    "is visible again too soon",
    { consumerTimeout: "1 minute", visibilityTimeout: "5 minutes" },
    "'visibilityTimeout' must be at least 6 times the consumer's timeout of 1 minute, got \"5 minutes\"",
  ],
  [
    "is gone before it is put aside",
    { consumerTimeout: "1 hour", maxDeliveries: 20 },
    "'retention' must exceed the 5 days that 20 deliveries may take, got \"4 days\"",
  ],
];

test.each(broken)("production fails where a message %s, development warns, a waiver excuses", (_, props, message) => {
  const run = (posture: Partial<Posture>, waived: boolean) =>
    synth(
      (scope) => {
        const made = new Queue(scope, "intake", props);
        waive(made, "watched", { waived: "not of interest here" });
        if (waived) waive(made, "redelivery", { waived: "its consumer can bear it" });
      },
      { checks: true, posture },
    );
  expect(() => run({}, false)).toThrow(`test/intake: ${message}`);
  expect(run({ enforce: "warn" }, false).warnings).toContainEqual(expect.stringContaining(message));
  expect(() => run({}, true)).not.toThrow();
});

test.each<[string, QueueProps, string]>([
  ["a retention that leaves dead letters no time", { retention: "14 days" }, "must be between 1 minute and 10 days"],
  ["an age that no message reaches", { retention: "1 hour", maxAge: "45 minutes" }, "between 1 minute and 30 minutes"],
  ["a delay that SQS does not know", { delay: "20 minutes" }, "'delay' must be between 0 seconds and 15 minutes"],
  ["no delivery", { maxDeliveries: 0 }, "'maxDeliveries' must be between 1 and 1000, got 0"],
  ["a message that is too large", { maxMessageKib: 2048 }, "'maxMessageKib' must be between 1 and 1024, got 2048"],
  ["consumers that do nothing", { messagesPerSecond: 0 }, "'messagesPerSecond' must be above 0, got 0"],
  ["the alias of a key", { key: "alias/aws/sqs" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["deduplication without order", { contentBasedDeduplication: true }, "left out of a queue that is not fifo"],
  ["a consumer that takes days", { consumerTimeout: "2 days" }, "'consumerTimeout' must be between 1 second and 12"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => queue(props)).toThrow(message);
  expect(() => queue(props)).toThrow(/^test\/intake: /);
});

test("fails where a bucket would send to a fifo queue, or a sender is nothing of the three", () => {
  const from = (props: QueueProps, sender: object) => () =>
    queue(props, {}, (made) => made.allowSendFrom(sender as Sender));
  expect(from({ fifo: true }, { bucketArn: "arn:aws:s3:::uploads" })).toThrow("S3 sends to none");
  expect(from({}, { lambdaArn: "arn" })).toThrow("'sender' must be one of topicArn, ruleArn, bucketArn");
  expect(from({}, { topicArn: "arn", ruleArn: "arn" })).toThrow("'sender' must be one of");
});

test("dead letters are read and sent back by commands in which nothing has to be written", () => {
  const { deadLetters, deadLettersExpire } = queue().made.signals;
  for (const { firstSteps, mitigate } of [deadLetters, deadLettersExpire]) {
    const commands = [...firstSteps, ...mitigate].filter((step) => step.includes(": aws sqs "));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(command).toContain("aws sqs get-queue-url --queue-name");
      expect(command).not.toMatch(/<[a-z ]+>?/);
    }
  }
});
