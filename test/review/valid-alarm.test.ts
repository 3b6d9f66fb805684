import { AlarmConfig } from "../../lib/review";
import { METRIC, onBand, onQueries, query, saidOf, watched } from "./alarm-configs";

const said = (config: AlarmConfig) => saidOf("aws_cloudwatch_metric_alarm", config);

const arns = (count: number, service = "sns") =>
  Array.from({ length: count }, (_, index) => `arn:aws:${service}:eu-west-1:111122223333:topic-${index}`);

const dimensions = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Name${index}`, "value"]));

test.each<[string, AlarmConfig, string]>([
  ["no name", { alarm_name: null }, "'alarm_name' must be given, got nothing; name it"],
  ["256 characters of name", { alarm_name: "x".repeat(256) }, "'alarm_name' must have at most 255 characters, got 256"],
  ["a name of two lines", { alarm_name: "a\nb" }, "'alarm_name' must have no control characters"],
  [
    "1025 characters of description",
    { alarm_description: "x".repeat(1025) },
    "'alarm_description' must have at most 1024 characters, got 1025; move the story to the runbook",
  ],
  ["no metric at all", { metric_name: undefined }, "'metric_name' must be given, got nothing; name a metric, or"],
  ["no namespace", { namespace: undefined }, "'namespace' must be given"],
  [
    "a namespace that begins with a colon",
    { namespace: ":Own" },
    `'namespace' must not begin with a colon, got ":Own"`,
  ],
  ["256 characters of namespace", { namespace: "x".repeat(256) }, "'namespace' must have at most 255"],
  ["256 characters of metric name", { metric_name: "x".repeat(256) }, "'metric_name' must have at most 255"],
  ["no period", { period: undefined }, "'period' must be given"],
  ["45 seconds", { period: 45 }, "'period' must be 10, 20, 30 or a multiple of 60 seconds, got 45; write 60"],
  ["90 seconds", { period: 90 }, "got 90; write 120"],
  ["0 seconds", { period: 0 }, "'period' must be 10, 20, 30 or a multiple"],
  ["5 seconds", { period: 5 }, "'period' must be 10, 20, 30 or a multiple"],
  ["a period in words", { period: "1 minute" }, `got "1 minute"`],
  [
    "half a minute of what AWS publishes",
    { namespace: "AWS/RDS", period: 30 },
    "'period' must be a multiple of 60 seconds: AWS/RDS publishes once a minute, got 30; write 60",
  ],
  [
    "8 days in one period",
    { period: 691_200, evaluation_periods: 1, datapoints_to_alarm: 1 },
    "look back at most 604800 seconds (7 days) by a period of 691200, got 691200",
  ],
  [
    "9 days in three periods",
    { period: 259_200, evaluation_periods: 3 },
    "look back at most 604800 seconds (7 days) by a period of 259200, got 777600",
  ],
  [
    "25 hours by the quarter",
    { period: 900, evaluation_periods: 100 },
    "look back at most 86400 seconds (1 day) by a period of 900, got 90000",
  ],
  ["a day and a minute", { period: 60, evaluation_periods: 1441 }, "(1 day) by a period of 60, got 86460"],
  ["a day and ten seconds", { period: 10, evaluation_periods: 8641 }, "(1 day) by a period of 10, got 86410"],
  [
    "M above N",
    { evaluation_periods: 2, datapoints_to_alarm: 3 },
    "'datapoints_to_alarm' must be at most evaluation_periods 2, got 3",
  ],
  ["M of nothing", { datapoints_to_alarm: 0 }, "'datapoints_to_alarm' must be a whole number, at least 1, got 0"],
  ["half of M", { datapoints_to_alarm: 1.5 }, "'datapoints_to_alarm' must be a whole number"],
  ["N of nothing", { evaluation_periods: 0 }, "'evaluation_periods' must be a whole number, at least 1, got 0"],
  ["no N", { evaluation_periods: undefined }, "'evaluation_periods' must be given"],
  ["no statistic", { statistic: undefined }, "'statistic' must stand alone, or extended_statistic in its place"],
  ["two statistics", { extended_statistic: "p99" }, `got ["Sum","p99"]; give one of the two`],
  ["a statistic that is none", { statistic: "average" }, "'statistic' must be one of SampleCount, Average"],
  ["a percentile as a statistic", { statistic: "p99" }, `got "p99"; give percentiles as extended_statistic`],
  ["31 dimensions", { dimensions: dimensions(31) }, "'dimensions' must have at most 30 entries, got 31"],
  ["an empty dimension", { dimensions: { Service: "" } }, "'dimensions.Service' must be 1 to 1024 ASCII characters"],
  ["a blank dimension", { dimensions: { Service: "  " } }, "'dimensions.Service' must be 1 to 1024"],
  ["a dimension of nothing", { dimensions: { Service: null } }, "'dimensions.Service' must be 1 to 1024"],
  ["a long dimension", { dimensions: { Service: "x".repeat(1025) } }, "'dimensions.Service' must be 1 to 1024"],
  ["a dimension beyond ASCII", { dimensions: { Service: "Größe" } }, "'dimensions.Service' must be 1 to 1024 ASCII"],
  ["a nameless dimension", { dimensions: { "": "x" } }, "'dimensions' must have names of 1 to 255 ASCII characters"],
  ["a long dimension name", { dimensions: { ["x".repeat(256)]: "x" } }, "'dimensions' must have names of 1 to 255"],
  ["a dimension name with a colon", { dimensions: { ":Service": "x" } }, "the first no colon"],
  ["a unit that is none", { unit: "Requests" }, "'unit' must be one of Seconds, Microseconds"],
  ["a misspelt word for silence", { treat_missing_data: "notbreaching" }, "'treat_missing_data' must be one of breach"],
  ["a misspelt word for few samples", { evaluate_low_sample_count_percentiles: "skip" }, "must be one of evaluate, ig"],
  ["no operator", { comparison_operator: undefined }, "'comparison_operator' must be given"],
  ["an operator that is none", { comparison_operator: ">" }, "'comparison_operator' must be one of GreaterThanThresh"],
  ["no threshold", { threshold: undefined }, "'threshold' must be given, got nothing; say from where on it is bad"],
  ["no number for a threshold", { threshold: NaN }, `'threshold' must be a finite number, got "NaN"`],
  ["a threshold without end", { threshold: Infinity }, `'threshold' must be a finite number, got "Infinity"`],
  ["words for a threshold", { threshold: "high" }, `'threshold' must be a finite number, got "high"`],
  ["six actions", { alarm_actions: arns(6) }, "'alarm_actions' must have at most 5 entries, got 6; notify one topic"],
  ["six actions on OK", { ok_actions: arns(6) }, "'ok_actions' must have at most 5 entries"],
  ["six on silence", { insufficient_data_actions: arns(6) }, "'insufficient_data_actions' must have at most 5 entries"],
  ["an action that is no ARN", { alarm_actions: ["me@example.com"] }, "'alarm_actions' must be ARNs of sns, lambda"],
  ["an action that alarms cannot take", { ok_actions: arns(1, "sqs") }, "'ok_actions' must be ARNs of sns, lambda"],
  [
    "a topic elsewhere",
    { region: "us-east-1", alarm_actions: arns(1) },
    "'alarm_actions' must stand in the alarm's own Region us-east-1",
  ],
  [
    "a recovery of no instance",
    { alarm_actions: ["arn:aws:automate:eu-west-1:ec2:recover"] },
    `'dimensions' must have InstanceId beside an EC2 action: it acts on that instance, got {"Service":"orders"}`,
  ],
  [
    "an operator of bands and no band",
    { comparison_operator: "GreaterThanUpperThreshold", threshold: undefined },
    "'threshold_metric_id' must be given with the operator GreaterThanUpperThreshold",
  ],
])("fails on %s", (_, change, fragment) => {
  const faults = said({ ...METRIC, ...change });
  expect(faults).toEqual([expect.stringContaining(fragment)]);
});

test.each([
  "p101",
  "p",
  "p-1",
  "99p",
  "P99",
  "tm(10%:90%)",
  "TM(:)",
  "TM(90%:10%)",
  "TM(10:90%)",
  "PR(10%:90%)",
  "iqm",
  "",
])("fails on an extended statistic %j", (extended_statistic) => {
  expect(said({ ...METRIC, statistic: null, extended_statistic })).toHaveLength(1);
});

test.each([
  ...["p0", "p50", "p99", "p99.9", "p100", "tm99", "wm98.5", "tc90", "ts90", "IQM"],
  ...["TM(10%:90%)", "TM(150:1000)", "WM(:95%)", "TC(0.005:0.030)", "TS(80%:)", "PR(:0.3)", "PR(100:2000)"],
])("an extended statistic may be %s", (extended_statistic) => {
  expect(said({ ...METRIC, statistic: null, extended_statistic })).toEqual([]);
  expect(said(onQueries([{ ...query("m1", { stat: extended_statistic }), return_data: true }]))).toEqual([]);
});

test.each<[string, AlarmConfig]>([
  ["one metric", METRIC],
  ["7 days in one period", { ...METRIC, period: 604_800, evaluation_periods: 1, datapoints_to_alarm: 1 }],
  ["3 days in one period", { ...METRIC, period: 259_200, evaluation_periods: 1, datapoints_to_alarm: 1 }],
  ["7 days by the hour", { ...METRIC, period: 3600, evaluation_periods: 168 }],
  ["a day by the minute", { ...METRIC, period: 60, evaluation_periods: 1440 }],
  ["ten seconds of what a service of your own publishes", { ...METRIC, period: 10 }],
  ["numbers as texts, which Terraform takes", { ...METRIC, period: "60", threshold: "0", evaluation_periods: "5" }],
  ["a threshold of 0", { ...METRIC, threshold: 0 }],
  ["N without M", { ...METRIC, datapoints_to_alarm: null }],
  ["no dimensions", { ...METRIC, dimensions: {} }],
  ["a dimension with a blank in its name", { ...METRIC, dimensions: { "Cluster Name": "orders" } }],
  ["a unit", { ...METRIC, unit: "Kilobytes/Second" }],
  [
    "a recovery of the instance",
    { ...METRIC, dimensions: { InstanceId: "i-1" }, alarm_actions: ["arn:aws:automate:eu-west-1:ec2:recover"] },
  ],
  [
    "an incident, which has no Region",
    { ...METRIC, region: "eu-west-1", ok_actions: ["arn:aws:ssm-incidents::111122223333:response-plan/x"] },
  ],
  ["five actions a state", { ...METRIC, alarm_actions: arns(5), ok_actions: arns(5) }],
  ["nobody to tell", { ...METRIC, alarm_actions: null }],
  ["a band", onBand()],
  ["ten metrics and an expression", onQueries([watched("SUM(METRICS())"), ...many(10)])],
])("CloudWatch takes %s", (_, config) => {
  expect(said(config)).toEqual([]);
});

function many(count: number): AlarmConfig[] {
  return Array.from({ length: count }, (_, index) => query(`m${index}`));
}

test("what is known at apply only passes", () => {
  const unknown = Object.fromEntries(
    Object.keys(METRIC)
      .filter((key) => key !== "dimensions")
      .map((key) => [key, "${var.x}"]),
  );
  expect(said({ ...unknown, dimensions: { Service: "${var.x}" }, alarm_description: "${var.x}" })).toEqual([]);
  expect(said({ ...METRIC, dimensions: "${var.x}", alarm_actions: ["${aws_sns_topic.page.arn}"] })).toEqual([]);
  expect(said({ ...METRIC, alarm_actions: "${var.topics}" })).toEqual([]);
});

test("a plan is judged as the synthesized JSON is: nulls, lists of blocks, defaults written out", () => {
  const rest = { alarm_description: null, ok_actions: [], threshold_metric_id: null, unit: "", timeouts: null };
  expect(said({ ...METRIC, ...rest, metric_query: [], extended_statistic: null })).toEqual([]);
  const single = { namespace: null, metric_name: null, statistic: null, extended_statistic: "", period: null };
  const blocks = [query("m1"), query("m2")].map(({ id, metric }) => ({
    ...{ id, metric: [metric], expression: "", label: "", period: null, account_id: null, return_data: false },
  }));
  const plan = { ...onQueries([watched("m1 / m2", { metric: [] }), ...blocks]), ...rest, ...single, dimensions: null };
  expect(said(plan)).toEqual([]);
  expect(said({ ...plan, metric_query: blocks })).toEqual([expect.stringContaining("exactly one query, got nothing")]);
});

test("one alarm may have many faults, and all are told", () => {
  expect(said({ ...METRIC, period: 45, statistic: "Mean", alarm_actions: arns(6), threshold: null })).toHaveLength(4);
});
