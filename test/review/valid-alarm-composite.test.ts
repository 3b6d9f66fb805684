import fc from "../property";
import { AlarmConfig } from "../../lib/review";
import { METRIC, composite, saidOf, saidOfStack } from "./alarm-configs";

const said = (config: AlarmConfig) => saidOf("aws_cloudwatch_composite_alarm", config);

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:page";
const RECOVER = "arn:aws:automate:eu-west-1:ec2:recover";
const SCALE = "arn:aws:autoscaling:eu-west-1:1:scalingPolicy:x:autoScalingGroupName/g:policyName/p";
const OPS_ITEM = "arn:aws:ssm:eu-west-1:111122223333:opsitem:2";

const anyOf = (count: number, form = (index: number) => `ALARM("a${index}")`) =>
  Array.from({ length: count }, (_, index) => form(index)).join(" OR ");

test.each<[string, string, string]>([
  ["an open parenthesis", "ALARM(x AND", `must name one alarm in each ALARM(…), got "AND"`],
  ["an open group", `(ALARM("x") OR ALARM("y")`, `must close every parenthesis it opens, got "the end"`],
  ["a parenthesis too many", `ALARM("x"))`, `must join its parts by AND or OR, got ")"`],
  ["an empty group", "()", `must be made of ALARM(…), OK(…)`],
  ["nothing after AND", `ALARM("x") AND`, `got "the end"; write such as ALARM("a") AND NOT ALARM("b")`],
  ["nothing before OR", `OR ALARM("x")`, `got "OR"`],
  ["two alarms and no word between them", `ALARM("x") ALARM("y")`, `must join its parts by AND or OR, got "ALARM"`],
  ["an alarm without a state", `"x" OR "y"`, `must be made of ALARM(…)`],
  ["a state that is none", `ALERT("x")`, `got "ALERT"`],
  ["a state in small letters", `alarm("x")`, `got "alarm"`],
  ["signs for words", `ALARM("x") && ALARM("y")`, `must join its parts by AND or OR, got "&&"`],
  ["an alarm without a name", "ALARM()", `must name an alarm, best in quotes, got ")"`],
  ["an empty name", `ALARM("")`, "must name an alarm"],
  ["a quote that does not end", `ALARM("x)`, "must name an alarm"],
  ["two names in one state", `ALARM("x", "y")`, "must name one alarm in each ALARM(…)"],
  ["AT_LEAST without a state", `AT_LEAST(2, ("x", "y"))`, "must write AT_LEAST(2, ALARM, (…))"],
  ["AT_LEAST without a number", `AT_LEAST(ALARM, ("x", "y"))`, "must write AT_LEAST(2, ALARM, (…))"],
  ["AT_LEAST without a list", `AT_LEAST(1, ALARM, "x")`, "must write AT_LEAST(2, ALARM, (…))"],
  ["AT_LEAST of more than there are", `AT_LEAST(3, ALARM, ("x", "y"))`, `must ask AT_LEAST for 1 to 2, got "3"`],
  ["AT_LEAST of none", `AT_LEAST(0, ALARM, ("x", "y"))`, "must ask AT_LEAST for 1 to 2"],
  ["AT_LEAST of more than all", `AT_LEAST(101%, ALARM, ("x", "y"))`, "must ask AT_LEAST for 1 to 100%"],
  ["101 children", anyOf(101), "'alarm_rule' must have at most 100 children, got 101; gather some of them under"],
  [
    "501 elements",
    anyOf(501, () => "TRUE"),
    "must have at most 500 elements (children, TRUE, FALSE, parentheses), got 501",
  ],
  ["501 elements of few alarms", anyOf(501, (index) => `ALARM(a${index % 9})`), "must have at most 500 elements"],
  [
    "10,241 characters",
    `ALARM("x")${" ".repeat(10_231)}`,
    "'alarm_rule' must have at most 10240 characters, got 10241",
  ],
  ["itself", `ALARM("orders") OR ALARM("x")`, `'alarm_rule' must not name itself, got "orders"; name its causes`],
  [
    "itself by ARN",
    `OK("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders")`,
    `'alarm_rule' must not name itself, got "orders"`,
  ],
])("fails on a rule with %s", (_, rule, fragment) => {
  expect(said(composite(rule))).toEqual([expect.stringContaining(fragment)]);
});

test.each<[string, AlarmConfig, string]>([
  ["no rule", { alarm_rule: null }, "'alarm_rule' must be given, got nothing"],
  ["no name", { alarm_name: "" }, "'alarm_name' must be given"],
  ["256 characters of name", { alarm_name: "x".repeat(256) }, "'alarm_name' must have at most 255 characters, got 256"],
  ["1025 of description", { alarm_description: "x".repeat(1025) }, "'alarm_description' must have at most 1024"],
  [
    "six actions",
    { alarm_actions: [1, 2, 3, 4, 5, 6].map((each) => TOPIC + each) },
    "must have at most 5 entries, got 6",
  ],
  [
    "an EC2 action",
    { alarm_actions: [RECOVER] },
    `'alarm_actions' must be ARNs of sns, lambda, ssm, ssm-incidents, aiops`,
  ],
  ["a scaling action", { alarm_actions: [SCALE] }, "notify an SNS topic, and act from there"],
  ["an ops item on OK", { ok_actions: [OPS_ITEM] }, "'ok_actions' must be ARNs of sns, lambda, got"],
  [
    "a suppressor without waiting",
    { actions_suppressor: { alarm: "deploy", extension_period: 60 } },
    "'actions_suppressor.wait_period' must be given, got nothing; say how many seconds it waits",
  ],
  [
    "a suppressor without extension, in a plan",
    { actions_suppressor: [{ alarm: "deploy", wait_period: 60, extension_period: null }] },
    "'actions_suppressor.extension_period' must be given",
  ],
  [
    "periods without suppressor",
    { actions_suppressor: { wait_period: 60, extension_period: 60 } },
    "'actions_suppressor.alarm' must be given",
  ],
  [
    "a wait of half seconds",
    { actions_suppressor: { alarm: "deploy", wait_period: 0.5, extension_period: 60 } },
    "'actions_suppressor.wait_period' must be a whole number, at least 0, got 0.5",
  ],
  [
    "a suppressor that is the alarm itself",
    { actions_suppressor: { alarm: "orders", wait_period: 60, extension_period: 60 } },
    `'actions_suppressor.alarm' must be another alarm, got "orders"; name what silences it`,
  ],
])("fails on a composite with %s", (_, change, fragment) => {
  expect(said(composite(`ALARM("x")`, change))).toEqual([expect.stringContaining(fragment)]);
});

test.each<[string, string]>([
  ["one alarm", `ALARM("x")`],
  ["a name without quotes", "ALARM(orders-prod/database.cpu)"],
  ["all words", `(ALARM("x") OR NOT OK("y")) AND NOT (INSUFFICIENT_DATA("z") AND TRUE)`],
  ["a name with a blank and parentheses", `ALARM("disk (root) is full")`],
  ["two of three", `AT_LEAST(2, ALARM, ("x", "y", z)) AND OK(a)`],
  ["a share of those that are not well", `AT_LEAST(60%, NOT OK, ("x", "y"))`],
  ["a constant, to break a circle", "false"],
  ["100 children", anyOf(100)],
  ["the same child many times", anyOf(150, () => "ALARM(x)")],
  ["a reference", `ALARM("\${aws_cloudwatch_metric_alarm.x.alarm_name}") OR OK(\${var.y["z"]})`],
  ["a rule that is known at apply only", "${var.rule}"],
  ["a part that is", `ALARM("x") AND (\${join(" OR ", [for a in var.all : "ALARM(\${a})"])})`],
])("CloudWatch takes a rule with %s", (_, rule) => {
  expect(said(composite(rule, { alarm_actions: [TOPIC, OPS_ITEM], ok_actions: [TOPIC] }))).toEqual([]);
});

const rule = (...names: string[]) => composite(names.map((name) => `ALARM("\${${name}.alarm_name}")`).join(" OR "));
const named = (alarm_name: string, config: AlarmConfig): AlarmConfig => ({ ...config, alarm_name });

test("fails on two alarms of a name, of whatever kind", () => {
  const twins = saidOfStack({ c: named("orders-lost", composite("TRUE")) }, { a: METRIC, b: METRIC });
  const must = "'alarm_name' must be its own: a second alarm of a name overwrites the first, got";
  expect(twins).toEqual([
    `aws_cloudwatch_metric_alarm.b: ${must} "\\"orders-lost\\" is aws_cloudwatch_metric_alarm.a, too"; rename one`,
    `aws_cloudwatch_composite_alarm.c: ${must} "\\"orders-lost\\" is aws_cloudwatch_metric_alarm.a, too"; rename one`,
  ]);
  expect(saidOfStack({}, { a: METRIC, b: { ...METRIC, region: "us-east-1", alarm_actions: [] } })).toEqual([]);
  expect(saidOfStack({}, { a: METRIC, b: { ...METRIC, provider: "aws.second" } })).toEqual([]);
  expect(saidOfStack({}, { a: { ...METRIC, for_each: "${var.all}" } })).toHaveLength(1);
  expect(saidOfStack({}, { a: { ...METRIC, for_each: "${var.all}", alarm_name: "lost-${each.key}" } })).toEqual([]);
});

test("fails on composites that lead back to themselves, over any number of them", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => `aws_cloudwatch_composite_alarm.${name}`);
  const circle = { a: named("a", rule(b)), b: named("b", rule(c)), c: named("c", rule(a)), d: named("d", rule(a)) };
  expect(saidOfStack(circle)).toEqual([
    `${a}: 'alarm_rule' must not lead back to itself: CloudWatch stops to evaluate a circle, got "${a} → ${b} → ${c} → ${a}"; leave one of them out`,
  ]);
  expect(saidOfStack({ a: named("a", rule(a)) })).toEqual([expect.stringContaining("must not lead back to itself")]);
});

test("fails on a circle by text, which Terraform does not see", () => {
  const circle = { a: named("a", composite("ALARM(b)")), b: named("b", composite("OK(a)")) };
  expect(saidOfStack(circle)).toContainEqual(expect.stringContaining("must not lead back to itself"));
});

test("fails on an alarm that there is not", () => {
  expect(saidOfStack({ a: rule("aws_cloudwatch_metric_alarm.gone") })).toEqual([
    `aws_cloudwatch_composite_alarm.a: 'alarm_rule' must name alarms that there are, got "aws_cloudwatch_metric_alarm.gone"; define it, or leave it out`,
  ]);
  const suppressor = { alarm: "${aws_cloudwatch_metric_alarm.gone.arn}", wait_period: 60, extension_period: 60 };
  expect(saidOfStack({ a: composite("TRUE", { actions_suppressor: suppressor }) })).toEqual([
    expect.stringContaining("'actions_suppressor.alarm' must name alarms that there are"),
  ]);
});

test("fails on an alarm of the stack that is named by text: it may be made too late", () => {
  const byText = composite(`ALARM("orders-lost")`);
  expect(saidOfStack({ a: byText }, { lost: METRIC })).toEqual([
    `aws_cloudwatch_composite_alarm.a: 'alarm_rule' must refer to alarms of its own stack, so that they are made first, got "orders-lost"; write \${aws_cloudwatch_metric_alarm.lost.alarm_name} in its place`,
  ]);
  const dependent = { ...byText, depends_on: ["aws_cloudwatch_metric_alarm.lost"] };
  expect(saidOfStack({ a: dependent }, { lost: METRIC })).toEqual([]);
  const over = named("over", composite('ALARM("orders-lost") OR ALARM("${aws_cloudwatch_composite_alarm.a.arn}")'));
  expect(saidOfStack({ a: dependent, over }, { lost: METRIC })).toEqual([]);
  expect(saidOfStack({ a: composite(`ALARM("of-another-stack")`) }, { lost: METRIC })).toEqual([]);
});

test("fails on an alarm of another Region", () => {
  const elsewhere = { lost: { ...METRIC, region: "us-east-1", alarm_actions: [] } };
  expect(saidOfStack({ a: rule("aws_cloudwatch_metric_alarm.lost") }, elsewhere)).toEqual([
    expect.stringContaining("'alarm_rule' must name alarms of its own account and Region"),
  ]);
});

test("fails on an alarm that 151 composites name", () => {
  const composites = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${index}`,
        named(`c${index}`, rule("aws_cloudwatch_metric_alarm.lost")),
      ]),
    );
  expect(saidOfStack(composites(150), { lost: METRIC })).toEqual([]);
  expect(saidOfStack(composites(151), { lost: METRIC })).toEqual([
    expect.stringContaining(
      "'alarm_name' must be named by at most 150 composites, got 151; let a composite speak for it",
    ),
  ]);
});

test("fails on a rule that is too long once the names are written out", () => {
  const metrics = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`m${index}`, named(`${index}-${"x".repeat(240)}`, METRIC)]),
  );
  const short = rule(...Object.keys(metrics).map((name) => `aws_cloudwatch_metric_alarm.${name}`));
  expect(String(short.alarm_rule).length).toBeLessThan(10_240);
  expect(saidOfStack({ a: short }, metrics)).toEqual([
    expect.stringContaining("must have at most 10240 characters with the names written out"),
  ]);
});

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _./()-]{0,20}$/);

/** Rules as the grammar has them, at most a few levels deep. */
const { rules } = fc.letrec<{ rules: string; terms: string }>((tie) => ({
  rules: fc
    .tuple(tie("terms"), fc.array(fc.tuple(fc.constantFrom("AND", "OR"), tie("terms")), { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest.flat()].join(" ")),
  terms: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom("ALARM", "OK", "INSUFFICIENT_DATA"), names).map(([state, name]) => `${state}("${name}")`),
    fc.constantFrom("TRUE", "FALSE"),
    fc
      .array(names, { minLength: 1, maxLength: 4 })
      .map((all) => `AT_LEAST(1, NOT OK, (${all.map((name) => `"${name}"`).join(", ")}))`),
    tie("terms").map((term) => `NOT ${term}`),
    tie("rules").map((rule) => `(${rule})`),
  ),
}));

test("CloudWatch takes every rule that follows the grammar", () => {
  fc.assert(
    fc.property(rules, (text) => {
      fc.pre(text.length <= 10_240);
      expect(said(composite(text, { alarm_name: "not in any rule!" }))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("fails on every rule that is cut short or goes on without a word between", () => {
  fc.assert(
    fc.property(rules, (text) => {
      expect(said(composite(`${text} AND`, { alarm_name: "x!" }))).toHaveLength(1);
      expect(said(composite(`(${text}`, { alarm_name: "x!" }))).toHaveLength(1);
      expect(said(composite(`${text} TRUE`, { alarm_name: "x!" }))).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});

test("whatever stands in a rule, something is said of it or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("ALARM", "(", ")", '"', "${", "}", " ", "x", ",", "2") }), (text) => {
      expect(said(composite(text)).length).toBeLessThan(4);
    }),
    { numRuns: 300 },
  );
});
