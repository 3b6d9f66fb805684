import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Alarms, Escalation, EscalationProps } from "../../lib/alerting";
import { Config, synth } from "../synth";

const PEOPLE: EscalationProps = {
  page: { endpoints: ["https://pager.example.com/orders"], emails: ["on-call@example.com"] },
  ticket: { emails: ["orders@example.com"] },
};

const escalation = (props: Partial<EscalationProps> = {}) =>
  synth((stack) => {
    const made = new Escalation(stack, "escalation", { ...PEOPLE, ...props });
    new Alarms(stack, "alarms", { notify: made.notify }).watch(made);
  });

const statements = (policy: string): Config[] => JSON.parse(policy).Statement;
const services = (policy: string) =>
  statements(policy)
    .filter(({ Effect }) => Effect === "Allow")
    .map(({ Principal }) => Principal.Service)
    .filter(Boolean);

test("every urgency reaches its people", () => {
  const reached = Object.values(escalation().all(SnsTopicSubscription)).map(({ protocol, endpoint }) => [
    protocol,
    endpoint,
  ]);
  expect(reached).toEqual([
    ["email", "on-call@example.com"],
    ["https", "https://pager.example.com/orders"],
    ["email", "orders@example.com"],
  ]);
});

test("an alarm gets through the encryption of its topic", () => {
  const stack = escalation();
  expect(Object.values(stack.all(SnsTopic)).map(({ kms_master_key_id: key }) => key)).toEqual(
    Array(2).fill(expect.stringMatching(/^\$\{aws_kms_key\.escalation_key_\w+\.arn\}$/)),
  );
  const publishers = [
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
    "events.rds.amazonaws.com",
    "backup.amazonaws.com",
  ];
  expect(services(stack.the(KmsKey).policy).sort()).toEqual([...publishers].sort());
  expect(services(stack.at(SnsTopicPolicy, "escalation/page-policy").policy).sort()).toEqual([...publishers].sort());
});

test("only this account's alarms may publish, and only over TLS", () => {
  const policy = statements(escalation().at(SnsTopicPolicy, "escalation/page-policy").policy);
  const alarms = policy.find(({ Sid }) => Sid === "Alarms")!;
  expect(alarms.Condition).toEqual({ StringEquals: { "aws:SourceAccount": "111122223333" } });
  expect(policy.find(({ Effect }) => Effect === "Deny")!.Condition).toEqual({
    Bool: { "aws:SecureTransport": "false" },
  });
});

test("EventBridge has no condition to fail on: it sends no source keys", () => {
  const stack = escalation();
  for (const policy of [stack.the(KmsKey).policy, stack.at(SnsTopicPolicy, "escalation/page-policy").policy]) {
    const events = statements(policy).find(({ Principal }) => Principal.Service === "events.amazonaws.com")!;
    expect(events.Condition).toBeUndefined();
  }
});

test("each lost message is told over the other topic: its own is broken", () => {
  const alarms = Object.keys(escalation().all(CloudwatchMetricAlarm));
  expect(alarms).toEqual([
    "escalation/alarms/pages-failed-ticket",
    "escalation/alarms/tickets-failed-page",
    "escalation/alarms/undelivered-ticket",
  ]);
});

const PAGER = { id: "pager", endpoint: "https://events.pager.example.com/integration/key/enqueue" };

test("a pager is told by a key that stands in no source, and confirms by itself", () => {
  const stack = synth((scope) => {
    const key = new TerraformVariable(scope, "key", { type: "string", sensitive: true }).stringValue;
    const made = new Escalation(scope, "escalation", { ...PEOPLE, page: {} });
    made.tell("page", { ...PAGER, endpoint: `https://events.pager.example.com/${key}` });
  });
  expect(stack.at(SnsTopicSubscription, "escalation/page-https-pager")).toMatchObject({
    endpoint: "https://events.pager.example.com/${var.key}",
    endpoint_auto_confirms: true,
    topic_arn: expect.stringContaining("aws_sns_topic.escalation_page_"),
  });
});

const HEARTBEAT = { endpoint: "https://switch.example.com/orders", every: "10 minutes" } as const;

test("a heartbeat sets off an alarm of its own by the clock, and no other", () => {
  const stack = escalation({ heartbeat: HEARTBEAT });
  const schedule = stack.the(SchedulerSchedule);
  expect(schedule).toMatchObject({ schedule_expression: "rate(10 minutes)", state: "ENABLED" });
  expect(schedule.target.arn).toBe("arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState");
  expect(JSON.parse(schedule.target.input)).toEqual({
    AlarmName: expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.escalation_heartbeat-alarm_\w+\.alarm_name\}$/),
    StateValue: "ALARM",
    StateReason: "heartbeat",
  });
  const [may] = statements(stack.the(IamRolePolicy).policy);
  expect([may.Action, may.Resource]).toEqual([
    "cloudwatch:SetAlarmState",
    expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.escalation_heartbeat-alarm_\w+\.arn\}$/),
  ]);
});

test("a heartbeat is over within a minute: the alarm never rings by itself, and silence is well", () => {
  expect(escalation({ heartbeat: HEARTBEAT }).at(CloudwatchMetricAlarm, "escalation/heartbeat-alarm")).toMatchObject({
    comparison_operator: "LessThanThreshold",
    threshold: 0,
    period: 60,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
  });
});

test("a heartbeat takes the way of a page, and reaches nobody but who waits for it", () => {
  const stack = escalation({ heartbeat: HEARTBEAT });
  const [page, beat] = ["page", "heartbeat"].map((id) => stack.at(SnsTopic, `escalation/${id}`));
  expect(beat.kms_master_key_id).toBe(page.kms_master_key_id);
  const [pagePolicy, beatPolicy] = ["page", "heartbeat"].map((id) =>
    stack.at(SnsTopicPolicy, `escalation/${id}-policy`),
  );
  expect(services(beatPolicy.policy)).toEqual(services(pagePolicy.policy));
  const heard = Object.values(stack.all(SnsTopicSubscription)).filter(({ topic_arn: arn }) => /_heartbeat_/.test(arn));
  expect(heard.map(({ endpoint }) => endpoint)).toEqual([HEARTBEAT.endpoint]);
  expect(Object.keys(stack.all(CloudwatchMetricAlarm))).toContain("escalation/alarms/heartbeats-failed-ticket");
});

test("what reaches nobody is kept: by each subscription, and by the clock that could not begin", () => {
  const stack = escalation({ heartbeat: HEARTBEAT });
  const queue = expect.stringMatching(/^\$\{aws_sqs_queue\.escalation_dead-letters_\w+\.arn\}$/);
  for (const { redrive_policy: redrive } of Object.values(stack.all(SnsTopicSubscription))) {
    expect(JSON.parse(redrive)).toEqual({ deadLetterTargetArn: queue });
  }
  expect(stack.the(SchedulerSchedule).target.dead_letter_config).toEqual({ arn: queue });
  expect(statements(stack.the(IamRolePolicy).policy)).toContainEqual(
    expect.objectContaining({ Action: "sqs:SendMessage", Resource: queue }),
  );
});

test("only its topics may put messages aside", () => {
  const [put, tls] = statements(escalation().the(SqsQueuePolicy).policy);
  expect(put.Principal).toEqual({ Service: "sns.amazonaws.com" });
  expect(put.Condition.ArnEquals["aws:SourceArn"]).toEqual([
    expect.stringContaining("aws_sns_topic.escalation_page_"),
    expect.stringContaining("aws_sns_topic.escalation_ticket_"),
  ]);
  expect(tls).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
});

test("nothing beats where nobody waits for it", () => {
  expect(escalation().all(SchedulerSchedule)).toEqual({});
});

test("all that tells of an alarm that cannot be told of is in order", () => {
  const stack = synth(
    (scope: TerraformStack) => {
      const made = new Escalation(scope, "escalation", { ...PEOPLE, heartbeat: HEARTBEAT });
      new Alarms(scope, "alarms", { notify: made.notify }).watch(made);
    },
    { checks: true },
  );
  expect(stack.manifest.verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
});

test("fails on an endpoint that is known at apply only: the address of a subscription is made from it", () => {
  const fill = (scope: TerraformStack) => {
    const endpoint = new TerraformVariable(scope, "endpoint", { type: "string" }).stringValue;
    new Escalation(scope, "escalation", { ...PEOPLE, page: { endpoints: [endpoint] } });
  };
  expect(() => synth(fill)).toThrow("'page.endpoints' must be known at synthesis");
});

test("fails on a key of a pager that is written out, and does not repeat it", () => {
  const endpoint = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue";
  const make = [
    () => escalation({ page: { endpoints: [endpoint] } }),
    () => synth((stack) => new Escalation(stack, "escalation", PEOPLE).tell("page", { id: "pager", endpoint })),
  ];
  for (const each of make) {
    expect(each).toThrow("must hold its key as a reference");
    expect(each).not.toThrow("0123456789abcdef");
  }
});

test("a key that is a sensitive variable is told", () => {
  const { endpoint } = synth((stack) => {
    const key = new TerraformVariable(stack, "key", { type: "string", sensitive: true });
    const endpoint = `https://events.pagerduty.com/integration/${key.stringValue}/enqueue`;
    new Escalation(stack, "escalation", PEOPLE).tell("page", { id: "pager", endpoint });
  }).at(SnsTopicSubscription, "escalation/page-https-pager");
  expect(endpoint).toBe("https://events.pagerduty.com/integration/${var.key}/enqueue");
});

test.each([
  ["twice by one name", "pager", "'page.id' must be that of one receiver, got \"pager\""],
  ["by a name that no address can hold", "my pager", "'page.id' must be letters, digits and hyphens, got \"my pager\""],
])("fails on receivers that are told %s", (_, id, message) => {
  const tell = (scope: TerraformStack) => {
    const escalation = new Escalation(scope, "escalation", PEOPLE);
    escalation.tell("page", { id: "pager", endpoint: "https://pager.example.com" });
    escalation.tell("page", { id, endpoint: "https://other.example.com" });
  };
  expect(() => synth(tell)).toThrow(message);
});

test("fails on a pager in clear", () => {
  const tell = (scope: TerraformStack) =>
    new Escalation(scope, "escalation", PEOPLE).tell("page", { ...PAGER, endpoint: "http://pager.example.com" });
  expect(() => synth(tell)).toThrow("test/escalation: 'page.endpoint' must be an https address");
});

test.each<[string, Partial<EscalationProps>, string]>([
  [
    "an urgency that reaches nobody",
    { page: {} },
    "'page' must reach somebody, got {}; give emails or endpoints, or tell a pager or a chat",
  ],
  [
    "a heartbeat too fast for an alarm to be over",
    { heartbeat: { ...HEARTBEAT, every: "1 minute" } },
    "'heartbeat.every' must be between 2 minutes and 1 day, got \"1 minute\"",
  ],
  [
    "a heartbeat by the half minute",
    { heartbeat: { ...HEARTBEAT, every: "2.5 minutes" } },
    "'heartbeat.every' must be whole minutes, got \"2.5 minutes\"",
  ],
  [
    "a heartbeat in clear",
    { heartbeat: { endpoint: "http://switch.example.com" } },
    "'heartbeat.endpoint' must be an https address",
  ],
  [
    "an address that is none",
    { page: { emails: ["on-call"] } },
    "'page.emails' must be an e-mail address, got \"on-call\"",
  ],
  [
    "an address that is told twice",
    { page: { emails: ["on-call@example.com", "on-call@example.com"] } },
    "'page.emails' must name each once",
  ],
  [
    "an endpoint in clear",
    { page: { endpoints: ["http://x.example.com"] } },
    "'page.endpoints' must be an https address",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => escalation(props)).toThrow(message);
});
