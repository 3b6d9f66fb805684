import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { SyntheticsCanary } from "@cdktf/provider-aws/lib/synthetics-canary";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Token } from "cdktf";
import { unzipSync } from "fflate";
import { Alarms } from "../../lib/alerting";
import { Duration, ServiceGraph } from "../../lib/core";
import { PlanFile, planFilesOf } from "../../lib/core/plan-file";
import { Canary, CanaryProps } from "../../lib/observing";
import { ErrorBudget, Slo } from "../../lib/slo";
import { Config, Synthesized, network, synth } from "../synth";
import { Mill, NOTIFY } from "./service";

const PATHS = { address: "https://orders.example.com", paths: [{ path: "/health" }] };

const canary = (props: Partial<CanaryProps> = {}) =>
  synth((stack) => void new Canary(stack, "canary", { ...PATHS, ...props }));

function watched(props: Partial<CanaryProps> = {}): Synthesized {
  return synth((stack) => {
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Canary(stack, "canary", { ...PATHS, ...props }));
  });
}

test("it runs by the clock, is traced, and leaves nothing behind when it is deleted", () => {
  expect(canary({ every: "10 minutes", timeout: "2 minutes" }).the(SyntheticsCanary)).toMatchObject({
    name: "test-canary",
    runtime_version: "syn-nodejs-puppeteer-15.0",
    schedule: { expression: "rate(10 minutes)" },
    run_config: { timeout_in_seconds: 120, active_tracing: true },
    start_canary: true,
    delete_lambda: true,
  });
});

test.each<[Duration, string]>([
  ["1 minute", "rate(1 minute)"],
  ["60 minutes", "rate(1 hour)"],
])("every %s is %s", (every, expression) => {
  expect(canary({ every }).the(SyntheticsCanary).schedule.expression).toBe(expression);
});

test("what runs leave is encrypted, private, and gone after the days that it is kept", () => {
  const stack = canary({ keepDays: 14 });
  const made = stack.the(SyntheticsCanary);
  expect([made.success_retention_period, made.failure_retention_period]).toEqual([14, 14]);
  expect(made.artifact_config.s3_encryption).toMatchObject({
    encryption_mode: "SSE_KMS",
    kms_key_arn: expect.stringContaining("aws_kms_key.canary_key"),
  });
  expect(made.artifact_s3_location).toMatch(/^s3:\/\/\$\{aws_s3_bucket\.canary_artifacts_\w+\.bucket\}\/canary$/);
  expect(stack.the(S3BucketPublicAccessBlock).restrict_public_buckets).toBe(true);
  const [rule] = stack.the(S3BucketLifecycleConfiguration).rule;
  expect([rule.expiration[0].days, rule.noncurrent_version_expiration[0].noncurrent_days]).toEqual([14, 1]);
});

test("its lines go to a group that forgets, by the name that AWS assigns its function", () => {
  const { name, retention_in_days: days, kms_key_id: key } = canary().the(CloudwatchLogGroup);
  expect(name).toMatch(/"\/aws\/lambda\/", element\(split\(":", aws_synthetics_canary\.canary_\w+\.engine_arn\), 6\)/);
  expect([days, key]).toEqual([365, expect.stringContaining("aws_kms_key.canary_key")]);
});

test("its role keeps artifacts, writes its own logs, and no more: no group that Lambda would make keeps lines for ever", () => {
  const stack = canary();
  const statements = JSON.parse(stack.the(IamRolePolicy).policy).Statement as Config[];
  const actions = statements.flatMap(({ Action }) => Action as string);
  expect(actions.sort()).toEqual([
    "cloudwatch:PutMetricData",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListAllMyBuckets",
    "s3:PutObject",
    "xray:PutTraceSegments",
  ]);
  const of = (sid: string) => statements.find(({ Sid }) => Sid === sid)!;
  expect(of("WritesItsLogs").Resource).toBe(
    "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/cwsyn-test-canary-*",
  );
  expect(of("KeepsArtifacts").Resource).toMatch(/^\$\{aws_s3_bucket\.canary_artifacts_\w+\.arn\}\/canary\/\*$/);
  expect(of("PublishesMetrics").Condition).toEqual({
    StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" },
  });
  expect(of("EncryptsArtifacts").Condition.StringEquals).toEqual({ "kms:ViaService": "s3.eu-west-1.amazonaws.com" });
  expect(stack.the(IamRole).assume_role_policy).toContain("lambda.amazonaws.com");
});

test("outside of a network it needs none; inside it stands in every zone, and reaches AWS and what it asks", () => {
  expect(canary().the(SyntheticsCanary)).not.toHaveProperty("vpc_config");
  const stack = canary({ network: network(), address: "http://orders.internal:8080" });
  const { vpc_config: place, depends_on: needs } = stack.the(SyntheticsCanary);
  expect(place.subnet_ids).toEqual(Object.values(network().zones).map((zone) => zone.private));
  expect(place.security_group_ids).toEqual([expect.stringContaining("aws_security_group.canary_firewall")]);
  expect(Object.values(stack.all(VpcSecurityGroupEgressRule)).map(({ from_port }) => from_port)).toEqual([443, 8080]);
  expect(stack.the(IamRolePolicyAttachment).policy_arn).toContain("AWSLambdaENIManagementAccess");
  expect(needs).toEqual(expect.arrayContaining([expect.stringContaining("AWSLambdaENIManagementAccess")]));
});

test("http inside a network goes by port 80", () => {
  const ports = (props: Partial<CanaryProps>) =>
    Object.values(canary({ network: network(), ...props }).all(VpcSecurityGroupEgressRule)).map((rule) => rule.to_port);
  expect(ports({ address: "http://orders.internal" })).toEqual([443, 80]);
  expect(ports({})).toEqual([443]);
});

test("key and bucket may be yours", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000";
  const stack = canary({ key, bucket: "orders-canary" });
  expect(stack.all(KmsKey)).toEqual({});
  expect(stack.the(S3Bucket).bucket).toBe("orders-canary");
});

/** The code beside the plan: its path, and its text. */
function code(props: Partial<CanaryProps>): [string, string] {
  let files: PlanFile[] = [];
  synth((stack) => {
    new Canary(stack, "canary", { ...PATHS, ...props });
    files = planFilesOf(stack);
  });
  const [{ path, content }] = files;
  const unzipped = unzipSync(content);
  expect(Object.keys(unzipped)).toEqual(["nodejs/node_modules/canary.js"]);
  return [path, Buffer.from(unzipped["nodejs/node_modules/canary.js"]).toString()];
}

test("the plan deploys the zip beside it", () => {
  expect(canary().the(SyntheticsCanary).zip_file).toBe(code({})[0]);
});

test("the same canary is the same bytes, and another path is another zip", () => {
  const [zip, text] = code({});
  expect(code({})).toEqual([zip, text]);
  const [other] = code({ paths: [{ path: "/health", text: "well" }] });
  expect(other).not.toBe(zip);
});

test("a script of your own is deployed as it is, told its address, and may do what you say", () => {
  const script = "exports.handler = async () => process.env.ADDRESS;";
  expect(code({ paths: undefined, journey: { script } })[1]).toBe(script);
  const secret = {
    Sid: "ReadsItsPassword",
    Effect: "Allow",
    Action: "secretsmanager:GetSecretValue",
    Resource: "x",
  } as const;
  const stack = canary({ paths: undefined, journey: { script }, may: [secret] });
  expect(stack.the(SyntheticsCanary).run_config.environment_variables).toEqual({ ADDRESS: PATHS.address });
  expect(stack.the(IamRolePolicy).policy).toContain("secretsmanager:GetSecretValue");
});

test("two failures in a row page, and so does silence", () => {
  expect(watched({ every: "10 minutes" }).at(CloudwatchMetricAlarm, "canary/alarms/failing-page")).toMatchObject({
    namespace: "CloudWatchSynthetics",
    metric_name: "SuccessPercent",
    dimensions: { CanaryName: "test-canary" },
    statistic: "Average",
    comparison_operator: "LessThanThreshold",
    threshold: 90,
    period: 600,
    evaluation_periods: 2,
    datapoints_to_alarm: 2,
    treat_missing_data: "breaching",
  });
});

test("a tenth of failures is a ticket, and so are runs that take four fifths of their time", () => {
  const stack = watched({ timeout: "40 seconds" });
  const flaky = stack.at(CloudwatchMetricAlarm, "canary/alarms/flaky-ticket");
  expect(flaky).toMatchObject({ threshold: 90, period: 21_600, treat_missing_data: "notBreaching" });
  const slow = stack.at(CloudwatchMetricAlarm, "canary/alarms/slow-ticket");
  expect(slow).toMatchObject({ metric_name: "Duration", extended_statistic: "p95", threshold: 32_000 });
});

/** An objective on a canary, and its budget. */
function objective(every: CanaryProps["every"] = "1 minute", minimumFailures = 2): Synthesized {
  return synth((stack) => {
    const mill = new Mill(stack, "mill");
    const of = new ServiceGraph(stack, "orders", { runs: mill });
    const made = new Canary(stack, "canary", { ...PATHS, every });
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    const { availability: indicator } = made.indicators;
    const promise = { objective: 99, minimumFailures, expectedRequestsPerHour: 60 };
    const slo = new Slo(stack, "answers", { ...promise, of, indicator, alarms });
    new ErrorBudget(stack, "budget", { of: [slo], alarms });
  });
}

test("an objective counts the runs of a canary, and one failed run alone does not page", () => {
  const stack = objective();
  const { metric_query: queries, threshold } = stack.at(CloudwatchMetricAlarm, "answers/page-1h");
  expect(threshold).toBe(0.144);
  expect(queries[0].expression).toBe("IF((100 - good) / 100 * count > 1.5, (100 - good) / 100, 0)");
  const measured = queries.slice(1).map(({ id, metric }: Config) => `${id}: ${metric.stat} of ${metric.metric_name}`);
  expect(measured).toEqual(["good: Average of SuccessPercent", "count: SampleCount of SuccessPercent"]);
  expect(queries[1].metric).toMatchObject({ namespace: "CloudWatchSynthetics", period: 3600 });
  const short = stack.at(CloudwatchMetricAlarm, "answers/page-5m");
  expect(short.metric_query[0].expression).toBe("(100 - good) / 100");
});

test("fails where a canary runs so seldom that windows of its objective are empty, or never hold enough failures", () => {
  const broken = (every: CanaryProps["every"], minimumFailures?: number) =>
    objective(every, minimumFailures)
      .manifest.verdicts.filter(({ safeguard, outcome }) => safeguard === "burn-window" && outcome !== "kept")
      .map(({ message }) => message);
  const said = (most: string) => [expect.stringContaining(`'indicator.every' must be at most ${most}, or windows`)];
  expect(broken("15 minutes")).toEqual(said("5 minutes"));
  expect(broken("5 minutes", 20)).toEqual(said("3 minutes"));
  expect(broken("5 minutes")).toEqual([]);
});

test("its budget is reckoned from the same share and count", () => {
  const template = objective().the(CloudwatchEventTarget).input_transformer.input_template as string;
  const [told] = JSON.parse(template.replace("<now>", "0")).data.objectives;
  expect([told.good, told.count].map(({ name, statistic }: Config) => `${statistic} of ${name}`)).toEqual([
    "Average of SuccessPercent",
    "SampleCount of SuccessPercent",
  ]);
});

test.each<[string, Partial<CanaryProps>, string]>([
  ["an address with a path", { address: "https://a.example.com/x" }, "'address' must be an address without a path"],
  ["an address of later", { address: Token.asString({ Ref: "x" }) }, "'address' must be known at synthesis"],
  ["http outside", { address: "http://a.example.com" }, "inside a network http may do"],
  ["nothing to do", { paths: undefined }, "'paths' must be given, or else a journey"],
  ["two things to do", { journey: [{ step: "open", open: "/" }] }, "'paths' must be given, or else a journey"],
  ["no path", { paths: [] }, "'paths' must name at least one path"],
  ["a path without a slash", { paths: [{ path: "health" }] }, "'paths.path' must be a path from its first slash on"],
  ["a path twice", { paths: [{ path: "/a" }, { path: "/a" }] }, "'paths' must name each path once, got \"/a\""],
  ["no status", { paths: [{ path: "/a", status: 99 }] }, "'paths.status' must be between 200 and 599"],
  ["an empty text", { paths: [{ path: "/a", text: "" }] }, "'paths.text' must hold a text, or be left out"],
  ["a slow clock", { every: "2 hours" }, "'every' must be between 1 minute and 1 hour"],
  ["half minutes", { every: "90 seconds" }, "'every' must be whole minutes"],
  ["no time", { timeout: "5 seconds" }, "'timeout' must be between 15 seconds and 14 minutes"],
  ["runs that overlap", { timeout: "6 minutes" }, "'timeout' must be 5 minutes at most, or runs overlap"],
  ["a deprecated runtime", { runtime: "syn-nodejs-puppeteer-7.0" }, "deprecated since 2026-01-22"],
  [
    "a runtime between those that there are",
    { runtime: "syn-nodejs-puppeteer-13.9" },
    "'runtime' must be one of syn-nodejs-puppeteer-15.0",
  ],
  [
    "a runtime without Puppeteer",
    { runtime: "syn-nodejs-playwright-99.0" },
    "'runtime' must be one of syn-nodejs-puppeteer-15.0",
  ],
  ["too many days", { keepDays: 456 }, "'keepDays' must be between 1 and 455"],
  ["an alias", { key: "alias/x" }, "'key' must be the ARN of a KMS key, not of an alias"],
])("fails on %s", (_, props, message) => {
  expect(() => canary(props)).toThrow(message);
});

test("a runtime that came after this library may be named", () => {
  expect(canary({ runtime: "syn-nodejs-puppeteer-16.1" }).the(SyntheticsCanary).runtime_version).toMatch(/16\.1$/);
});

test.each<[string, CanaryProps["journey"], string]>([
  ["no steps", [], "'journey' must begin with a step that opens a path"],
  ["a click on nothing", [{ step: "buy", click: "#buy" }], "'journey' must begin with a step that opens a path"],
  ["a name of words", [{ step: "Open it", open: "/" }], "'journey.step' must be a name in kebab-case"],
  [
    "a step twice",
    [
      { step: "a", open: "/" },
      { step: "a", click: "b" },
    ],
    "'journey' must name each step once",
  ],
  ["two deeds", [{ step: "a", open: "/", click: "b" }], "'journey.a' must do one of open, click, type and see"],
  [
    "a whole address",
    [{ step: "a", open: "https://x.example.com" }],
    "'journey.a.open' must be a path from its slash on",
  ],
  ["a script of nothing", { script: "1" }, "'journey.script' must export a handler"],
])("fails on a journey of %s", (_, journey, message) => {
  expect(() => canary({ paths: undefined, journey })).toThrow(message);
});
