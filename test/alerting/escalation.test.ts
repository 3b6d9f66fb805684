import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
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
  expect(alarms).toEqual(["escalation/alarms/pages-failed-ticket", "escalation/alarms/tickets-failed-page"]);
});

test.each<[string, Partial<EscalationProps>, string]>([
  ["an urgency that reaches nobody", { page: {} }, "'page' must reach somebody, got {}; give emails or endpoints"],
  [
    "an address that is none",
    { page: { emails: ["on-call"] } },
    "'page.emails' must be an e-mail address, got \"on-call\"",
  ],
  [
    "an endpoint in clear",
    { page: { endpoints: ["http://x.example.com"] } },
    "'page.endpoints' must be an https address",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => escalation(props)).toThrow(message);
});
