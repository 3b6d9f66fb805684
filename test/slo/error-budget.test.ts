import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import Ajv from "ajv";
import { sloReports } from "../../lib/review/slo/reports";
import schema from "../../lib/review/manifest.schema.json";
import { ErrorBudget, ErrorBudgetProps, PolicyStep, Slo } from "../../lib/slo";
import { Config, Synthesized, synth, synthAll } from "../synth";
import { TICKET, PAGE, service } from "./service";

function budget(props: Partial<ErrorBudgetProps> = {}, see?: (made: ErrorBudget) => void): Synthesized {
  return synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    const { availability, latency, freshness } = gate.indicators;
    const of = [
      new Slo(stack, "availability", { objective: 99.9, of: orders, indicator: availability, alarms }),
      new Slo(stack, "fast", { objective: 99, of: orders, indicator: latency, within: "300 milliseconds", alarms }),
      new Slo(stack, "fresh", { objective: 99, of: orders, indicator: freshness, alarms, period: "90 days" }),
    ];
    const made = new ErrorBudget(stack, "budget", { of, alarms, ...props });
    alarms.watch(made);
    see?.(made);
  });
}

const alarms = (stack: Synthesized) =>
  Object.entries(stack.all(CloudwatchMetricAlarm)).filter(([path]) => /^budget\/[\w-]+$/.test(path));

test("one function a stack reckons all budgets, every hour, from what each objective measures", () => {
  const stack = budget();
  expect(stack.the(CloudwatchEventRule).schedule_expression).toBe("rate(1 hour)");
  const { input_template, input_paths } = stack.the(CloudwatchEventTarget).input_transformer;
  expect(input_paths).toEqual({ now: "$.time" });
  const { now, data } = JSON.parse(input_template.replace("<now>", '"2026-11-25T10:00:00Z"'));
  expect(now).toBe("2026-11-25T10:00:00Z");
  expect(data.objectives).toMatchObject([
    { name: "test-availability", kind: "events", budget: 0.001, seconds: 2_592_000, bad: [{ name: "Failed" }, {}] },
    { name: "test-fast", kind: "latency", budget: 0.01, good: { statistic: "PR(:0.3)" } },
    { name: "test-fresh", kind: "freshness", seconds: 7_776_000, side: "above", threshold: 600, slice: 3600 },
  ]);
});

test("it runs one at a time, traced, with a log that ends and a queue for what failed", () => {
  const stack = budget();
  expect(stack.the(LambdaFunction)).toMatchObject({
    function_name: "test-budget-function",
    filename: expect.stringMatching(/^files\/test-budget-function-[0-9a-f]{16}\.zip$/),
    source_code_hash: expect.stringMatching(/^[\w+/]{43}=$/),
    handler: "index.handler",
    reserved_concurrent_executions: 1,
    tracing_config: { mode: "Active" },
    dead_letter_config: { target_arn: expect.stringContaining("aws_sqs_queue.") },
    logging_config: { log_format: "JSON", log_group: expect.stringContaining("aws_cloudwatch_log_group.") },
  });
  expect(stack.the(CloudwatchLogGroup)).toMatchObject({
    name: "/aws/lambda/test-budget-function",
    retention_in_days: 365,
    kms_key_id: expect.stringContaining("aws_kms_key"),
  });
  expect(stack.the(SqsQueue)).toMatchObject({ sqs_managed_sse_enabled: true, message_retention_seconds: 1_209_600 });
});

test("its role reads metrics, writes one namespace, its own log, its traces and its failures, and nothing else", () => {
  const { Statement } = JSON.parse(budget().the(IamRolePolicy).policy) as { Statement: Config[] };
  expect(Statement.map(({ Action }) => Action).flat()).toEqual([
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:SendMessage",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "cloudwatch:GetMetricData",
    "cloudwatch:PutMetricData",
  ]);
  expect(Statement.find(({ Sid }) => Sid === "PublishesBudgets")!.Condition).toEqual({
    StringEquals: { "cloudwatch:namespace": "SreConstructs/ErrorBudget" },
  });
});

test("only its own schedule may call it", () => {
  expect(budget().the(LambdaPermission)).toMatchObject({
    principal: "events.amazonaws.com",
    source_arn: expect.stringMatching(/aws_cloudwatch_event_rule\.budget_function_schedule_\w+\.arn/),
  });
});

test("a key of yours spares one of its own", () => {
  expect(budget({ key: "arn:aws:kms:eu-west-1:111122223333:key/1" }).all(KmsKey)).toEqual({});
});

test("at each step somebody is told who does what, and what becomes of releases", () => {
  const stack = budget();
  expect(
    alarms(stack)
      .map(([path, { threshold }]) => [path, threshold])
      .slice(0, 3),
  ).toEqual([
    ["budget/availability-100", 0],
    ["budget/availability-50", 50],
    ["budget/availability-75", 25],
  ]);
  const spent = stack.at(CloudwatchMetricAlarm, "budget/availability-100");
  expect(spent).toMatchObject({
    namespace: "SreConstructs/ErrorBudget",
    metric_name: "BudgetRemaining",
    dimensions: { Objective: "test-availability" },
    comparison_operator: "LessThanOrEqualToThreshold",
    treat_missing_data: "ignore",
    alarm_actions: [TICKET],
  });
  expect(spent.alarm_description.split("\n")).toEqual([
    "100 % of the error budget of test/availability over 30 days is spent.",
    "Now the team and whoever answers for the service: release only what makes the service better, until budget is left. " +
      "Releases are frozen.",
    "Runbook: https://r.org/budget/spent.md",
  ]);
});

test("what holds releases back finds the alarms at which they freeze", () => {
  let found: string[][] = [];
  budget({}, ({ freezes }) => (found = freezes.map(({ name, kind }) => [name, kind])));
  expect(found).toEqual(["availability", "fast", "fresh"].map((slo) => [`test-budget-${slo}-100`, "metric"]));
});

test("a policy of your own takes the place of ours", () => {
  const policy: PolicyStep[] = [
    { spent: 90, who: "Ada", does: "stops the trains", releases: "frozen", urgency: "page" },
  ];
  const stack = budget({ policy });
  expect(alarms(stack)).toHaveLength(3);
  expect(stack.at(CloudwatchMetricAlarm, "budget/fast-90").alarm_actions).toEqual([PAGE]);
});

test("silence is a signal, and so is failure", () => {
  const stack = budget();
  expect(stack.at(CloudwatchMetricAlarm, "budget/alarms/silent-ticket")).toMatchObject({
    metric_name: "Invocations",
    period: 3600,
    treat_missing_data: "breaching",
  });
  const paths = Object.keys(stack.all(CloudwatchMetricAlarm)).filter((path) => path.startsWith("budget/alarms/"));
  expect(paths).toEqual(["failed", "silent", "undelivered"].map((name) => `budget/alarms/${name}-ticket`));
});

test("the manifest has the policy as data, and fits its schema", () => {
  const { manifest } = budget();
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(manifest.budgets[0]).toMatchObject({
    path: "test/budget",
    objectives: [{ path: "test/availability", alarms: { 50: "test-budget-availability-50" } }, {}, {}],
    policy: [
      { spent: 50, releases: "open" },
      { spent: 75, releases: "reviewed" },
      { spent: 100, releases: "frozen" },
    ],
  });
});

test("the runbook of an objective says what is done when its budget is spent", () => {
  const pages = sloReports(budget().manifest);
  expect(pages["runbooks/availability/burn.md"]).toContain("| 75 % | the team and its product owner |");
  expect(pages["runbooks/availability/burn.md"]).toContain("[what is left](../budget/spent.md)");
  expect(pages["runbooks/budget/spent.md"]).toContain("`test/fast` ([what spends it](../fast/burn.md))");
});

const STEP: PolicyStep = { spent: 50, who: "the team", does: "talks", releases: "open" };

test.each<[string, Partial<ErrorBudgetProps>, string]>([
  ["nothing to keep", { of: [] }, "'of' must name at least one objective"],
  ["no policy", { policy: [] }, "'policy' must have at least one step"],
  [
    "steps out of order",
    { policy: [STEP, { ...STEP, spent: 40 }] },
    "'policy.spent' must be between 51 and 100, got 40",
  ],
  ["more than all", { policy: [{ ...STEP, spent: 101 }] }, "'policy.spent' must be between 1 and 100, got 101"],
  [
    "a step that thaws",
    {
      policy: [
        { ...STEP, releases: "frozen" },
        { ...STEP, spent: 60 },
      ],
    },
    "'policy.releases' must be one of frozen, got \"open\"; no step takes back what one before it did",
  ],
  ["nobody who acts", { policy: [{ ...STEP, who: " " }] }, "'policy.who' must say it, in words"],
  [
    "an urgency that is none",
    { policy: [{ ...STEP, urgency: "mail" as never }] },
    "'policy[0].urgency' must be one of page",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => budget(props)).toThrow(message);
});

test("fails on an objective that a Prometheus counts: it records its budget itself", () => {
  expect(() =>
    synth((stack) => {
      const { gate, orders, alarms } = service(stack);
      const indicator = gate.indicators.counted;
      const slo = new Slo(stack, "counted", { objective: 99.9, of: orders, indicator, alarms });
      new ErrorBudget(stack, "budget", { of: [slo], alarms });
    }),
  ).toThrow("'of' must be measured by CloudWatch, got \"test/counted\"");
});

test("fails on an objective that is named twice", () => {
  expect(() =>
    synth((stack) => {
      const { gate, orders, alarms } = service(stack);
      const indicator = gate.indicators.availability;
      const slo = new Slo(stack, "availability", { objective: 99.9, of: orders, indicator, alarms });
      new ErrorBudget(stack, "budget", { of: [slo, slo], alarms });
    }),
  ).toThrow("test/budget: 'of' must name each objective once, got \"test/availability\"");
});

test("fails on an objective of another stack", () => {
  let elsewhere!: Slo;
  expect(() =>
    synthAll({
      one: (stack) => {
        const { gate, orders, alarms } = service(stack);
        const indicator = gate.indicators.availability;
        elsewhere = new Slo(stack, "availability", { objective: 99.9, of: orders, indicator, alarms });
      },
      two: (stack) => new ErrorBudget(stack, "budget", { of: [elsewhere], alarms: service(stack).alarms }),
    }),
  ).toThrow("two/budget: 'of' must stand in two, got \"one/availability\"");
});
