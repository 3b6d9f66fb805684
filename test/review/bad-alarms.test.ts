import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm, CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { register } from "../../lib/core";
import { group, synth } from "../synth";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:page";

type Change = Partial<CloudwatchMetricAlarmConfig>;
type Query = Record<string, unknown>;

/** An alarm that somebody made without this library, in a stack that holds one of its patterns. */
function theirs(scope: Construct, id: string, change: Change = {}): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: `theirs-${id}`,
    namespace: "AWS/ApplicationELB",
    metricName: "RequestCount",
    dimensions: { LoadBalancer: "app/orders/50dc6c495c0c9188" },
    statistic: "Sum",
    period: 60,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 5,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    alarmActions: [TOPIC],
    ...change,
  });
}

const metric = (id: string, more: Query = {}): Query => ({
  id,
  metric: { namespace: "AWS/SQS", metricName: "NumberOfMessagesSent", period: 60, stat: "Sum", ...more },
});
const watched = (expression: string, more: Query = {}): Query => ({ id: "e1", expression, returnData: true, ...more });
const many = (count: number) => Array.from({ length: count }, (_, index) => metric(`m${index}`));

/** The same on metric queries. */
const math = (...queries: Query[]): Change => ({
  ...{ namespace: undefined, metricName: undefined, dimensions: undefined, statistic: undefined, period: undefined },
  metricQuery: queries as unknown as CloudwatchMetricAlarmConfig["metricQuery"],
});
const band = (...queries: Query[]): Change => ({
  ...math(...queries),
  comparisonOperator: "GreaterThanUpperThreshold",
  thresholdMetricId: "band",
  threshold: undefined,
});

function composite(scope: Construct, id: string, alarmRule: string, more: object = {}): CloudwatchCompositeAlarm {
  return new CloudwatchCompositeAlarm(scope, id, {
    alarmName: `theirs-${id}`,
    alarmRule,
    alarmActions: [TOPIC],
    ...more,
  });
}

function reviewed(fill: (stack: TerraformStack, scope: Construct) => void): void {
  synth(
    (stack) => {
      register(new Construct(stack, "pattern"));
      fill(stack, group(stack, "theirs"));
    },
    { checks: true },
  );
}

/** What synthesis says: path, prop, rule, value and mend, one line each. */
function said(fill: (stack: TerraformStack, scope: Construct) => void): string[] {
  try {
    reviewed(fill);
  } catch (error) {
    const lines = (error as Error).message.split("\n").filter((line) => line.includes("' must "));
    if (lines.length === 0) throw error;
    return lines;
  }
  return [];
}

const WHOLE = /test\/theirs\/\S+: '[\w.%]+' must .+, got .+; .+/;

test.each<[string, Change, string]>([
  ["a name of 256", { alarmName: "x".repeat(256) }, "'alarm_name' must have at most 255"],
  ["a description of 1025", { alarmDescription: "x".repeat(1025) }, "'alarm_description' must have at most 1024"],
  ["51 tags", { tags: Object.fromEntries(many(51).map(({ id }) => [String(id), "x"])) }, "'tags' must have at most 50"],
  ["a tag of AWS's own", { tags: { "aws:owner": "me" } }, `'tags' must have no name that begins with "aws:"`],
  ["a week and a minute", { period: 3600, evaluationPeriods: 169 }, "look back at most 604800 seconds"],
  ["two days by the half hour", { period: 1800, evaluationPeriods: 96 }, "look back at most 86400 seconds"],
  ["4 of 3", { datapointsToAlarm: 4, evaluationPeriods: 3 }, "'datapoints_to_alarm' must be at most evaluation_peri"],
  [
    "a period of 61 seconds",
    { period: 61 },
    "'period' must be 10, 20, 30 or a multiple of 60 seconds, got 61; write 120",
  ],
  ["10 seconds of what AWS publishes", { period: 10 }, "AWS/ApplicationELB publishes once a minute"],
  ["no period", { period: undefined }, "'period' must be given"],
  ["no periods to look at", { evaluationPeriods: 0 }, "'evaluation_periods' must be a whole number, at least 1"],
  ["no statistic", { statistic: undefined }, "'statistic' must stand alone"],
  ["two statistics", { extendedStatistic: "p99" }, "'statistic' must stand alone"],
  ["p100.5", { statistic: undefined, extendedStatistic: "p100.5" }, "'extended_statistic' must be such as"],
  [
    "a rank without bounds",
    { statistic: undefined, extendedStatistic: "PR(:)" },
    "'extended_statistic' must be such as",
  ],
  ["a percentile as a statistic", { statistic: "p99" }, "give percentiles as extended_statistic"],
  [
    "few samples of a sum",
    { evaluateLowSampleCountPercentiles: "ignore" },
    "'evaluate_low_sample_count_percentiles' must stand beside a percentile",
  ],
  [
    "31 dimensions",
    { dimensions: Object.fromEntries(many(31).map(({ id }) => [String(id), "x"])) },
    "at most 30 entries",
  ],
  ["an empty dimension", { dimensions: { LoadBalancer: "" } }, "'dimensions.LoadBalancer' must be 1 to 1024"],
  ["a unit that is none", { unit: "Requests" }, "'unit' must be one of"],
  ["a unit that it is not published in", { metricName: "CPUUtilization", unit: "Bytes" }, "'unit' must be Percent"],
  ["milliseconds of bytes", { metricName: "ProcessedBytes", unit: "Milliseconds" }, "'unit' must be Bytes"],
  ["a misspelt silence", { treatMissingData: "not_breaching" }, "'treat_missing_data' must be one of"],
  ["a misspelt operator", { comparisonOperator: "GreaterThan" }, "'comparison_operator' must be one of"],
  ["no threshold", { threshold: undefined }, "'threshold' must be given"],
  [
    "six to tell",
    { alarmActions: [1, 2, 3, 4, 5, 6].map((each) => TOPIC + each) },
    "'alarm_actions' must have at most 5",
  ],
  ["six to tell of silence", { insufficientDataActions: [1, 2, 3, 4, 5, 6].map((each) => TOPIC + each) }, "at most 5"],
  ["an address to tell", { alarmActions: ["on-call@example.com"] }, "'alarm_actions' must be ARNs of sns"],
  ["a queue to tell", { okActions: ["arn:aws:sqs:eu-west-1:111122223333:q"] }, "'ok_actions' must be ARNs of sns"],
  [
    "a subscription to tell",
    { alarmActions: [`${TOPIC}:2bcfbf39-05c3-41de-beaa-fcfcc21c8f55`] },
    "'alarm_actions' must be ARNs such as arn:aws:sns:<region>:<account>:<topic>",
  ],
  ["a topic elsewhere", { region: "us-east-1" }, "must stand in the alarm's own Region us-east-1"],
  [
    "a topic outside of the Region of its stack",
    { alarmActions: ["arn:aws:sns:us-east-1:111122223333:page"] },
    "must stand in the alarm's own Region eu-west-1",
  ],
  ...(
    [
      ["a layer to call", "lambda:eu-west-1:111122223333:layer:mend"],
      ["a document to run", "ssm:eu-west-1:111122223333:document/mend"],
      ["an OpsItem of severity 5", "ssm:eu-west-1:111122223333:opsitem:5"],
      ["an incident to open", "ssm-incidents::111122223333:incident-record/lost"],
      ["an investigation without a group", "aiops:eu-west-1:111122223333:investigation"],
      ["a group to scale", "autoscaling:eu-west-1:111122223333:autoScalingGroup:x:autoScalingGroupName/g"],
      ["an instance to put to sleep", "swf:eu-west-1:111122223333:action/actions/AWS_EC2.InstanceId.Hibernate/1.0"],
      ["a function with an endless name", `lambda:eu-west-1:111122223333:function:${"x".repeat(1024)}`],
    ] as const
  ).map(([name, arn]): [string, Change, string] => [
    name,
    { dimensions: { InstanceId: "i-1" }, alarmActions: [`arn:aws:${arn}`] },
    "'alarm_actions' must be ARNs such as arn:aws:",
  ]),
  [
    "an investigation of what is well",
    { okActions: ["arn:aws:aiops:eu-west-1:111122223333:investigation-group/g"] },
    "'ok_actions' must be ARNs of sns, lambda, ssm, ssm-incidents, autoscaling",
  ],
  ["a tag with a name of 129", { tags: { ["x".repeat(129)]: "me" } }, "'tags' must have names of 1 to 128 characters"],
  ["a tag without a name", { tags: { "": "me" } }, "'tags' must have names of 1 to 128 characters, got 0"],
  ["a tag with a value of 257", { tags: { owner: "x".repeat(257) } }, "'tags.owner' must have at most 256 characters"],
  ["p100.0", { statistic: undefined, extendedStatistic: "p100.0" }, "'extended_statistic' must be such as"],
  ["p012", { statistic: undefined, extendedStatistic: "p012" }, "'extended_statistic' must be such as"],
  [
    "four hours by Metrics Insights",
    { ...math(watched(`SELECT MAX(Age) FROM "AWS/SQS"`, { period: 3600 })), evaluationPeriods: 4 },
    "must look back at most 10800 seconds: so far an alarm sees by Metrics Insights, got 14400",
  ],
  [
    "ten seconds by Metrics Insights",
    math(watched(`SELECT MAX(Age) FROM "Own/Service"`, { period: 10 })),
    "'metric_query.e1.period' must be at least 60 seconds",
  ],
  ...(
    [
      ["of nothing", "SELECT FROM nothing"],
      ["from nowhere", `SELECT MAX("Age")`],
      ["by a function that there is not", `SELECT MEDIAN(Age) FROM "AWS/SQS"`],
      ["without a function", `SELECT Age FROM "AWS/SQS"`],
      ["of this or that", `SELECT MAX(Age) FROM "AWS/SQS" WHERE QueueName = 'a' OR QueueName = 'b'`],
      ["from a bare namespace with a slash", "SELECT MAX(Age) FROM AWS/SQS"],
      ["twice", `SELECT MAX(Age) FROM "AWS/SQS"; SELECT MAX(Age) FROM "AWS/SQS"`],
    ] as const
  ).map(([name, query]): [string, Change, string] => [
    `a selection ${name}`,
    math(watched(query, { period: 60 })),
    "expression' must be SELECT <AVG, COUNT, MAX, MIN or SUM>(metric) FROM",
  ]),
  [
    "a quota of what is no usage",
    math(watched("m0 / SERVICE_QUOTA(m0)"), metric("m0")),
    "must ask SERVICE_QUOTA for a metric of AWS/Usage",
  ],
  ["a sum with a text", math(watched("m0 + 'm1'"), ...many(2)), "must reckon with metrics and numbers"],
  ["a sum with an id in quotes", math(watched(`"m1" + m0`), ...many(2)), "must reckon with metrics and numbers"],
  ["all metrics of a kind that there is not", math(watched("SUM(METRICS('q'))"), metric("m0")), "gather metrics that"],
  [
    "a band around two metrics",
    band(
      watched("ANOMALY_DETECTION_BAND([m0, m1])", { id: "band" }),
      { ...metric("m0"), returnData: true },
      metric("m1"),
    ),
    "must surround one series by a band",
  ],
  [
    "a band around another metric",
    band(watched("ANOMALY_DETECTION_BAND(m0)", { id: "band" }), metric("m0"), { ...metric("m1"), returnData: true }),
    "must return data from two queries: the band and what it surrounds",
  ],
  [
    "a reboot of nothing",
    { alarmActions: ["arn:aws:automate:eu-west-1:ec2:reboot"] },
    "'dimensions' must have InstanceId beside an EC2 action",
  ],
  [
    "a restart, which there is not",
    { dimensions: { InstanceId: "i-1" }, alarmActions: ["arn:aws:automate:eu-west-1:ec2:restart"] },
    "'alarm_actions' must be ARNs such as arn:aws:automate:<region>:ec2:<stop, terminate, reboot or recover>",
  ],
  [
    "a recovery from its own fault",
    {
      ...{ namespace: "AWS/EC2", metricName: "StatusCheckFailed_Instance", dimensions: { InstanceId: "i-1" } },
      alarmActions: ["arn:aws:automate:eu-west-1:ec2:recover"],
    },
    "'metric_name' must be StatusCheckFailed_System beside a recovery",
  ],
  [
    "a recovery from a volume that does not answer",
    {
      ...{ namespace: "AWS/EC2", metricName: "StatusCheckFailed_AttachedEBS", dimensions: { InstanceId: "i-1" } },
      alarmActions: ["arn:aws:automate:eu-west-1:ec2:recover"],
    },
    "'metric_name' must be StatusCheckFailed_System beside a recovery, got \"StatusCheckFailed_AttachedEBS\"; watch that",
  ],
  ["a band beside a threshold", { thresholdMetricId: "e1" }, "'comparison_operator' must be one of GreaterThanUpper"],
  ["11 metrics", math(watched("SUM(METRICS())"), ...many(11)), "must hold at most 10 metrics, got 11"],
  [
    "11 expressions",
    math(
      watched("m0"),
      metric("m0"),
      ...Array.from({ length: 10 }, (_, index) => ({ id: `x${index}`, expression: "m0 * 2" })),
    ),
    "must hold at most 10 expressions, got 11",
  ],
  ["an id twice", math(watched("m0"), metric("m0"), metric("m0")), "must have different ids"],
  ["an id in capitals", math(watched("m0"), metric("m0"), metric("M1")), "'metric_query.M1.id' must be a lower-case"],
  ["an id that is not there", math(watched("m0 / m1"), metric("m0")), `must refer to ids of this alarm`],
  ["nothing returned", math(metric("m0")), "must return data from exactly one query, got nothing"],
  ["two returned", math(watched("m0"), { ...metric("m0"), returnData: true }), "must return data from exactly one"],
  [
    "two series returned by one",
    math(watched("[m0, m1]"), ...many(2)),
    "must come to one series: an alarm watches one",
  ],
  ["all metrics returned by one", math(watched("METRICS() / 2"), ...many(2)), "must come to one series"],
  ["a sorted list", math(watched("SORT(METRICS(), AVG, DESC, 2)"), ...many(3)), "must come to one series"],
  [
    "one number",
    math(watched("AVG(m0)"), metric("m0")),
    `must come to a series, got "one number"; write TIME_SERIES(…)`,
  ],
  [
    "an id in quotes",
    math(watched("'m0'"), metric("m0")),
    "must reckon with metrics and numbers, got \"'m0'\"; write ids",
  ],
  ["a sum of nothing", math(watched("SUM([])"), metric("m0")), "must hold something in each array"],
  ["what is always so", math(watched("TRUE"), metric("m0")), "must come to a series"],
  ["the highest of one number", math(watched("MAX(1)"), metric("m0")), "must come to a series"],
  ["a constant", math(watched("3 * 4", { period: 60 })), "must come to a series"],
  ["a search", math(watched(`SEARCH('{AWS/SQS,QueueName}', 'Sum')`, { period: 60 })), "must not search"],
  ["periods that differ", math(watched("m0 / m1"), metric("m0"), metric("m1", { period: 300 })), "one period for all"],
  ["an open parenthesis", math(watched("(m0 + m1"), ...many(2)), "must close every parenthesis it opens"],
  [
    "an operator without an end",
    math(watched("m0 / "), metric("m0")),
    `a function on each side of an operator, got "the end"`,
  ],
  [
    "two metrics and nothing between",
    math(watched("m0 m1"), ...many(2)),
    `must join its parts by an operator, got "m1"`,
  ],
  ["an empty sum", math(watched("SUM()"), metric("m0")), 'must give SUM 1 arguments, got "0"'],
  ["a filling with nothing", math(watched("FILL(m0)"), metric("m0")), "must give FILL 2 arguments"],
  ["a function that there is not", math(watched("MEDIAN(m0)"), metric("m0")), `in capitals, got "MEDIAN"; mind the`],
  ["a function in small letters", math(watched("fill(m0, 0)"), metric("m0")), `got "fill"; write FILL`],
  [
    "an account with a name",
    math({ ...metric("m0"), accountId: "prod", returnData: true }),
    "account_id' must be 12 digits",
  ],
  ["a statistic that is none", math({ ...metric("m0", { stat: "Mean" }), returnData: true }), "stat' must be Average"],
  [
    "scaling on a band",
    {
      ...band(watched("ANOMALY_DETECTION_BAND(m0, 2)", { id: "band" }), { ...metric("m0"), returnData: true }),
      alarmActions: ["arn:aws:autoscaling:eu-west-1:1:scalingPolicy:x:autoScalingGroupName/g:policyName/p"],
    },
    "must have no such action beside threshold_metric_id",
  ],
  [
    "a band without width",
    band(watched("ANOMALY_DETECTION_BAND(m0, 0)", { id: "band" }), { ...metric("m0"), returnData: true }),
    "must have a band that is wider than nothing",
  ],
  [
    "a band with a threshold",
    {
      ...band(watched("ANOMALY_DETECTION_BAND(m0)", { id: "band" }), { ...metric("m0"), returnData: true }),
      threshold: 5,
    },
    "'threshold' must be left out beside threshold_metric_id",
  ],
])("fails on %s, whoever made it", (_, change, fragment) => {
  const lines = said((__, scope) => theirs(scope, "bad", change));
  expect(lines).toContainEqual(expect.stringContaining(fragment));
  for (const line of lines) expect(line).toMatch(WHOLE);
});

const anyOf = (count: number) => Array.from({ length: count }, (_, index) => `ALARM("a${index}")`).join(" OR ");

test.each<[string, string, object, string]>([
  ["101 children", anyOf(101), {}, "must have at most 100 children"],
  ["10,241 characters", `ALARM("x")${" ".repeat(10_231)}`, {}, "must have at most 10240 characters"],
  ["itself", `ALARM("theirs-bad")`, {}, "must not name itself"],
  ["a rule without an end", `ALARM("x") AND`, {}, "'alarm_rule' must"],
  ["a name outside of quotes with a blank", "ALARM(my alarm)", {}, "'alarm_rule' must"],
  [
    "an instance to reboot",
    "TRUE",
    { alarmActions: ["arn:aws:automate:eu-west-1:ec2:reboot"] },
    "'alarm_actions' must be",
  ],
  [
    "an alarm with a name of 256",
    `ALARM("${"x".repeat(256)}")`,
    {},
    "whose names have at most 255 characters, got 256",
  ],
  ["a topic", `ALARM("${TOPIC}")`, {}, "'alarm_rule' must name alarms, by name or ARN"],
  [
    "an alarm in another Region",
    `ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:other")`,
    {},
    "'alarm_rule' must name alarms of its own account and Region",
  ],
  [
    "an alarm of another account",
    `ALARM("arn:aws:cloudwatch:eu-west-1:444455556666:alarm:other")`,
    {},
    "'alarm_rule' must name alarms of its own account and Region",
  ],
  [
    "a suppressor in another Region",
    "TRUE",
    {
      actionsSuppressor: {
        alarm: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:deploy",
        waitPeriod: 60,
        extensionPeriod: 60,
      },
    },
    "'actions_suppressor.alarm' must name alarms of its own account and Region",
  ],
  [
    "a suppressor with a name of 256",
    "TRUE",
    { actionsSuppressor: { alarm: "x".repeat(256), waitPeriod: 60, extensionPeriod: 60 } },
    "'actions_suppressor.alarm' must name alarms, whose names have at most 255",
  ],
  [
    "a topic outside of the Region of its stack",
    "TRUE",
    { alarmActions: ["arn:aws:sns:us-east-1:111122223333:page"] },
    "must stand in the alarm's own Region eu-west-1",
  ],
  [
    "itself to wait for",
    "TRUE",
    { actionsSuppressor: { alarm: "theirs-bad", waitPeriod: 60, extensionPeriod: 60 } },
    "'actions_suppressor.alarm' must be another alarm",
  ],
  [
    "a wait into the past",
    "TRUE",
    { actionsSuppressor: { alarm: "deploy", waitPeriod: -1, extensionPeriod: 60 } },
    "'actions_suppressor.wait_period' must be a whole number",
  ],
])("fails on a composite of %s", (_, rule, more, fragment) => {
  const lines = said((__, scope) => composite(scope, "bad", rule, more));
  expect(lines).toContainEqual(expect.stringContaining(fragment));
  for (const line of lines) expect(line).toMatch(WHOLE);
});

test("fails on composites in a circle, three deep", () => {
  const lines = said((_, scope) => {
    const [a, b, c] = ["a", "b", "c"].map((id) => composite(scope, id, "TRUE"));
    a.alarmRule = `ALARM("${b.alarmName}")`;
    b.alarmRule = `OK("${c.alarmName}")`;
    c.alarmRule = `NOT ALARM("${a.alarmName}")`;
  });
  expect(lines).toEqual([expect.stringContaining("must not lead back to itself")]);
});

test("fails on a second alarm of a name", () => {
  const lines = said((_, scope) => {
    theirs(scope, "one", { alarmName: "lost" });
    theirs(scope, "two", { alarmName: "lost" });
  });
  expect(lines).toEqual([expect.stringContaining("test/theirs/two: 'alarm_name' must be its own")]);
});

test.each<[string, (scope: Construct) => void]>([
  ["an override", (scope) => theirs(scope, "bad").addOverride("period", 45)],
  [
    "an override of a query",
    (scope) => theirs(scope, "bad", math(...quiet())).addOverride("metric_query.0.metric.period", 45),
  ],
  ["a setter", (scope) => void (theirs(scope, "bad").period = 45)],
  ["a plain resource", (scope) => plainResource(scope)],
])("fails on what %s makes of an alarm", (_, make) => {
  expect(said((__, scope) => make(scope))).toEqual([
    expect.stringMatching(/test\/theirs\/bad: '[\w.]*period' must be 10, 20/),
  ]);
});

function quiet(): Query[] {
  return [{ ...metric("m0"), returnData: true }];
}

/** A resource of no class: its type and its configuration are all that is known. */
function plainResource(scope: Construct): void {
  const resource = new TerraformResource(scope, "bad", { terraformResourceType: "aws_cloudwatch_metric_alarm" });
  const { alarm_name, namespace, metric_name, statistic } = {
    ...{ alarm_name: "plain", namespace: "Own/Service", metric_name: "Lost", statistic: "Sum" },
  };
  const rest = {
    comparison_operator: "GreaterThanThreshold",
    threshold: 1,
    evaluation_periods: 1,
    alarm_actions: [TOPIC],
  };
  for (const [key, value] of Object.entries({ alarm_name, namespace, metric_name, statistic, period: 45, ...rest })) {
    resource.addOverride(key, value);
  }
}

test.each<[string, Change]>([
  ["a week in one period", { period: 604_800, evaluationPeriods: 1, datapointsToAlarm: 1 }],
  ["a day by the minute", { evaluationPeriods: 1440, datapointsToAlarm: 1440 }],
  ["10 seconds of one's own", { namespace: "Own/Service", period: 10 }],
  ["an interquartile mean", { statistic: undefined, extendedStatistic: "IQM" }],
  ["a rank", { statistic: undefined, extendedStatistic: "PR(0.1:0.5)" }],
  ["a rank of large numbers", { statistic: undefined, extendedStatistic: "PR(1e3:2E3)" }],
  ["a sum over the middle", { statistic: undefined, extendedStatistic: "TS(2%:98%)" }],
  ["few samples as ever", { evaluateLowSampleCountPercentiles: "evaluate" }],
  [
    "a trimmed mean of few samples",
    { statistic: undefined, extendedStatistic: "tm95", evaluateLowSampleCountPercentiles: "ignore" },
  ],
  ["a negative threshold", { threshold: -0.5, comparisonOperator: "LessThanOrEqualToThreshold" }],
  ["per cent in per cent", { metricName: "CPUUtilization", unit: "Percent" }],
  ["dimensions with blanks and slashes", { dimensions: { "VPC Id": "vpc-1", "Service Name": "com.amazonaws/x" } }],
  [
    "a recovery from a fault of the hardware",
    {
      ...{ namespace: "AWS/EC2", metricName: "StatusCheckFailed_System", dimensions: { InstanceId: "i-1" } },
      alarmActions: ["arn:aws:automate:eu-west-1:ec2:recover", TOPIC],
    },
  ],
  ["a function to call", { alarmActions: ["arn:aws:lambda:eu-west-1:111122223333:function:mend:live"] }],
  ["a topic of another account", { alarmActions: ["arn:aws:sns:eu-west-1:444455556666:page"] }],
  ["an OpsItem", { alarmActions: ["arn:aws:ssm:eu-west-1:111122223333:opsitem:3#CATEGORY=Availability"] }],
  ["a response plan", { alarmActions: ["arn:aws:ssm-incidents::111122223333:response-plan/lost"] }],
  ["an investigation", { alarmActions: ["arn:aws:aiops:eu-west-1:111122223333:investigation-group/g"] }],
  [
    "tasks to scale",
    {
      alarmActions: [
        "arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:6d89:resource/ecs/service/orders/api:policyName/up",
      ],
    },
  ],
  ["a topic in order", { alarmActions: [`${TOPIC}.fifo`] }],
  ["a topic in China", { region: "cn-north-1", alarmActions: ["arn:aws-cn:sns:cn-north-1:111122223333:page"] }],
  [
    "ten metrics and ten expressions",
    math(
      watched("SUM([x1, x2, x3, x4, x5, x6, x7, x8, x9])"),
      ...Array.from({ length: 9 }, (_, index) => ({ id: `x${index + 1}`, expression: `m${index} * 2` })),
      ...many(10),
    ),
  ],
  ["weekdays by day", math(watched("IF(DAY(m0) < 6 AND HOUR(m0) >= 9, m0)"), metric("m0"))],
  ["the best of a sorted list", math(watched("FIRST(SORT(METRICS(), MAX, DESC))"), ...many(3))],
  ["a share of a mean", math(watched("m0 / AVG(m0) - .5"), metric("m0"))],
  ["a line of one number", math(watched("TIME_SERIES(5)", { period: 60 }))],
  ["a quota", math(watched("m0 / SERVICE_QUOTA(m0) * 100"), metric("m0", { namespace: "AWS/Usage" }))],
  ["a negative, to a power", math(watched("-(m0 ^ 2) + ABS(RATE(m0))"), metric("m0"))],
  ["another account", math({ ...metric("m0"), accountId: "444455556666", returnData: true })],
  [
    "Metrics Insights",
    math(watched(`SELECT MAX("Age") FROM SCHEMA("AWS/SQS", QueueName) WHERE Team = 'x'`, { period: 300 })),
  ],
  [
    "a series a queue by Metrics Insights",
    math(
      watched(
        `select max(Age) from SCHEMA("AWS/SQS", QueueName) where tag.Team != 'x' and QueueName = 'q' group by QueueName order by max() desc limit 10;`,
        { period: 300 },
      ),
    ),
  ],
  [
    "a narrow band",
    {
      ...band(watched("ANOMALY_DETECTION_BAND(m0, 0.5)", { id: "band" }), { ...metric("m0"), returnData: true }),
      comparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
    },
  ],
  [
    "a band around an expression",
    {
      ...band(watched("ANOMALY_DETECTION_BAND(e1, 3)", { id: "band" }), watched("m0 / m1"), ...many(2)),
    },
  ],
])("CloudWatch takes %s", (_, change) => {
  expect(said((__, scope) => theirs(scope, "good", change))).toEqual([]);
});

test.each<[string, string]>([
  ["two of three that are not well", `AT_LEAST(2, NOT OK, ("a", "b", "c"))`],
  ["an ARN", `ALARM("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:other")`],
  ["what is never on", "FALSE"],
])("CloudWatch takes a composite of %s", (_, rule) => {
  expect(said((__, scope) => composite(scope, "good", rule))).toEqual([]);
});
