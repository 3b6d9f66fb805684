import { CloudwatchLogDataProtectionPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-data-protection-policy";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Token } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, PRODUCTION } from "../../lib/core";
import { Logs, LogsProps } from "../../lib/observing";
import { Setting, synth } from "../synth";
import { NOTIFY } from "./service";

const logs = (props: LogsProps = {}, setting: Setting = {}) =>
  synth((stack) => void new Logs(stack, "logs", props), setting);

function watched(props: LogsProps = {}) {
  return synth((stack) => new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Logs(stack, "logs", props)));
}

const FIREHOSE = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/archive";
const KINESIS = "arn:aws:kinesis:eu-west-1:111122223333:stream/archive";
const CENTRAL = "arn:aws:logs:eu-west-1:444455556666:destination:archive";
const DATA_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000";

test.each([PRODUCTION, DEVELOPMENT])(
  "a group forgets after the posture's $logDays days, and is encrypted",
  ({ logDays }) => {
    const stack = logs({}, { posture: { logDays } });
    expect(stack.the(CloudwatchLogGroup)).toMatchObject({
      name: "/services/test-logs",
      retention_in_days: logDays,
      kms_key_id: expect.stringMatching(/aws_kms_key\.logs_key/),
    });
    expect(stack.the(KmsKey).policy).toContain("logs.eu-west-1.amazonaws.com");
  },
);

test("days, name and key may be yours", () => {
  const stack = logs({ name: "/orders/app", days: 7, key: DATA_KEY });
  const written = { name: "/orders/app", retention_in_days: 7, kms_key_id: DATA_KEY };
  expect(stack.the(CloudwatchLogGroup)).toMatchObject(written);
  expect(stack.all(KmsKey)).toEqual({});
});

test("errors and fatals are counted by level, and a minute without them is a zero", () => {
  const stack = logs();
  const pattern = (path: string) => stack.at(CloudwatchLogMetricFilter, path).pattern;
  expect([pattern("logs/error"), pattern("logs/fatal")]).toEqual(['{ $.level = "error" }', '{ $.level = "fatal" }']);
  expect(stack.at(CloudwatchLogMetricFilter, "logs/fatal").metric_transformation).toEqual({
    name: "Fatals",
    namespace: "Logs/test-logs",
    value: "1",
    default_value: "0",
    unit: "Count",
  });
});

test("each signal measures what a filter counts, or what CloudWatch says of the group", () => {
  const stack = watched({ errorsPerMinute: 20 });
  const counted = Object.values(stack.all(CloudwatchLogMetricFilter)).map(({ metric_transformation: metric }) => {
    return `${metric.namespace} ${metric.name}`;
  });
  const alarms = Object.values(stack.all(CloudwatchMetricAlarm));
  const own = alarms.filter(({ namespace }) => namespace !== "AWS/Logs");
  expect(own.map(({ namespace, metric_name }) => `${namespace} ${metric_name}`).sort()).toEqual(counted.sort());
  const [silence] = alarms.filter(({ namespace }) => namespace === "AWS/Logs");
  expect(silence).toMatchObject({
    metric_name: "IncomingLogEvents",
    dimensions: { LogGroupName: "/services/test-logs" },
  });
});

test("silence is a breach, also where no data come", () => {
  expect(watched().at(CloudwatchMetricAlarm, "logs/alarms/silence-ticket")).toMatchObject({
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
    period: 300,
    evaluation_periods: 3,
  });
});

test("nobody is told of errors until somebody says how many are too many", () => {
  const named = (props: LogsProps) => Object.keys(watched(props).all(CloudwatchMetricAlarm));
  expect(named({})).not.toContain("logs/alarms/errors-ticket");
  const told = watched({ errorsPerMinute: 20 }).at(CloudwatchMetricAlarm, "logs/alarms/errors-ticket");
  expect(told).toMatchObject({ threshold: 20, comparison_operator: "GreaterThanThreshold" });
});

test.each([
  [FIREHOSE, ["firehose:PutRecord", "firehose:PutRecordBatch"]],
  [KINESIS, ["kinesis:PutRecord", "kinesis:PutRecords"]],
])("every line goes to the stream %s, by a role that may do just that", (archive, actions) => {
  const stack = logs({ archive });
  expect(stack.the(CloudwatchLogSubscriptionFilter)).toMatchObject({
    destination_arn: archive,
    filter_pattern: "",
    role_arn: expect.stringContaining("aws_iam_role.logs_archive-role"),
  });
  const [statement] = JSON.parse(stack.the(IamRolePolicy).policy).Statement;
  expect(statement).toMatchObject({ Action: actions, Resource: archive });
  expect(stack.the(IamRole).assume_role_policy).toContain('"aws:SourceAccount":"111122223333"');
});

test("a destination of another account has a role of its own", () => {
  const stack = logs({ archive: CENTRAL });
  expect(stack.the(CloudwatchLogSubscriptionFilter)).not.toHaveProperty("role_arn");
  expect(stack.all(IamRole)).toEqual({});
});

test("what does not reach the archive is a ticket, where there is one", () => {
  const paths = (props: LogsProps) => Object.keys(watched(props).all(CloudwatchMetricAlarm));
  const own = ["logs/alarms/archive-errors-ticket", "logs/alarms/archive-throttled-ticket"];
  expect(paths({ archive: CENTRAL })).toEqual(expect.arrayContaining(own));
  expect(paths({}).filter((path) => path.includes("archive"))).toEqual([]);
});

test("what is masked is found and masked alike", () => {
  const { policy_document: document } = logs({ masks: ["EmailAddress", "PhoneNumber-DE"] }).the(
    CloudwatchLogDataProtectionPolicy,
  );
  const [audit, mask] = JSON.parse(document).Statement;
  expect(mask.DataIdentifier).toEqual([
    "arn:aws:dataprotection::aws:data-identifier/EmailAddress",
    "arn:aws:dataprotection::aws:data-identifier/PhoneNumber-DE",
  ]);
  expect(audit.DataIdentifier).toEqual(mask.DataIdentifier);
  expect([Object.keys(audit.Operation), Object.keys(mask.Operation)]).toEqual([["Audit"], ["Deidentify"]]);
  expect(logs().all(CloudwatchLogDataProtectionPolicy)).toEqual({});
});

test("general questions are saved beside your own, a command a line", () => {
  const stack = logs({
    queries: { stuckOrders: { asks: "which orders wait", query: 'filter state = "new" | limit 9' } },
  });
  const names = Object.values(stack.all(CloudwatchQueryDefinition)).map(({ name }) => name);
  expect(names.sort()).toEqual([
    "test/logs/errors-by-message",
    "test/logs/errors-by-zone",
    "test/logs/slowest-requests",
    "test/logs/stuck-orders",
    "test/logs/versions",
  ]);
  expect(stack.at(CloudwatchQueryDefinition, "logs/query-stuck-orders")).toMatchObject({
    query_string: 'filter state = "new"\n| limit 9',
    log_group_names: [expect.stringContaining("aws_cloudwatch_log_group.logs_")],
  });
});

test("a runbook finds the questions in the manifest, with the group to ask", () => {
  const [declared] = logs().manifest.constructs.filter(({ path }) => path === "test/logs");
  expect(declared.queries!.errorsByMessage).toMatchObject({ logGroups: ["/services/test-logs"] });
});

test("every field that a filter or a question reads is a field of the convention", () => {
  const told = readFileSync(join(__dirname, "../../docs/logging.md"), "utf8");
  const fields = [...told.matchAll(/^\| `(\w+)`/gm)].map(([, field]) => field);
  const asked = Object.values(logs().all(CloudwatchQueryDefinition)).map(({ query_string: query }) => query as string);
  const own = /\b(level|message|version|zone|traceId|operation|status|durationMs|service|path|user)\b/g;
  const read = new Set(asked.flatMap((query) => query.match(own) ?? []));
  expect(read.size).toBeGreaterThan(5);
  expect([...read].filter((field) => !fields.includes(field))).toEqual([]);
});

test.each<[LogsProps, string]>([
  [{ name: "aws/orders" }, "'name' must be 1 to 512 letters, digits and . - _ / #"],
  [{ name: "/orders app" }, "'name' must be 1 to 512 letters"],
  [{ name: Token.asString({ Ref: "x" }) }, "'name' must be known at synthesis"],
  [{ days: 8 }, "'logDays' must be one of 1, 3, 5, 7"],
  [{ errorsPerMinute: -1 }, "'errorsPerMinute' must be at least 0"],
  [{ key: "alias/logs" }, "'key' must be the ARN of a KMS key, not of an alias"],
  [{ archive: "arn:aws:lambda:eu-west-1:111122223333:function:x" }, "a Lambda function is no archive"],
  [{ archive: FIREHOSE.replace("eu-west-1", "eu-central-1") }, "'archive' must stand in eu-west-1"],
  [{ archive: KINESIS.replace("111122223333", "444455556666") }, "'archive' must stand in account 111122223333"],
  [{ archive: Token.asString({ Ref: "x" }) }, 'known after apply"; write { arn, service }, or give the LogArchive'],
  [{ masks: ["e-mail"] }, "'masks' must be data identifiers of AWS, such as EmailAddress"],
  [{ queries: { x: { asks: " ", query: "limit 1" } } }, "'queries.x.asks' must say what is asked"],
  [
    { queries: { slow: { asks: "x", query: "limit 1" }, Slow: { asks: "x", query: "limit 1" } } },
    "'queries' must differ in their letters and digits",
  ],
  [{ queries: { x: { asks: "x", query: " " } } }, "'queries.x.query' must hold a query"],
])("fails on %j", (props, message) => {
  expect(() => logs(props)).toThrow(message);
});
