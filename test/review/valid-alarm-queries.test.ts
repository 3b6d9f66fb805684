import { AlarmConfig } from "../../lib/review";
import { METRIC, onBand, onQueries, query, saidOf, watched } from "./alarm-configs";

const said = (config: AlarmConfig) => saidOf("aws_cloudwatch_metric_alarm", config);

const many = (count: number) => Array.from({ length: count }, (_, index) => query(`m${index}`));

test.each<[string, AlarmConfig, string]>([
  [
    "a metric beside queries",
    { ...METRIC, metric_query: [{ ...query("m1"), return_data: true }] },
    `'metric_query' must stand alone, without metric_name, namespace, dimensions, period, statistic, extended_statistic, unit, got "metric_name, namespace, dimensions, period, statistic"`,
  ],
  [
    "11 metrics",
    onQueries([watched("SUM(METRICS())"), ...many(11)]),
    "'metric_query' must hold at most 10 metrics, got 11; sum where they are published",
  ],
  [
    "an id twice",
    onQueries([watched("m0"), query("m0"), query("m0")]),
    `must have different ids, got "m0"; rename one`,
  ],
  [
    "an id that begins with a capital",
    onQueries([{ id: "E1", expression: "m1", return_data: true }, query("m1")]),
    `'metric_query.E1.id' must be a lower-case letter, then letters, digits or underscores, at most 255, got "E1"`,
  ],
  ["an id with a hyphen", onQueries([{ ...query("m-1"), return_data: true }]), "'metric_query.m-1.id' must be a lower"],
  ["a query without id", onQueries([{ ...query("m1"), id: undefined, return_data: true }]), "'metric_query.0.id' must"],
  ["an id of 256", onQueries([{ ...query("m".repeat(256)), return_data: true }]), "at most 255"],
  [
    "an expression on what is not there",
    onQueries([watched("m7 / m0"), query("m0")]),
    `'metric_query.e1.expression' must refer to ids of this alarm (e1, m0), got "m7"; add a metric_query of that id`,
  ],
  ["an id in capitals", onQueries([watched("M0 * 100"), query("m0")]), `got "M0"`],
  ["an expression on itself", onQueries([watched("e1 + m0"), query("m0")]), `must not refer to itself, got "e1 → e1"`],
  [
    "expressions in a circle",
    onQueries([watched("e2 + m0"), { id: "e2", expression: "e1 * 2" }, query("m0")]),
    `must not refer to itself, got "e1 → e2 → e1"`,
  ],
  [
    "nobody who returns data",
    onQueries([query("m0")]),
    "'metric_query' must return data from exactly one query, got noth",
  ],
  [
    "two who return data",
    onQueries([watched("m0"), { ...query("m0"), return_data: true }]),
    `must return data from exactly one query, got ["e1","m0"]; set return_data on what the alarm watches`,
  ],
  [
    "periods that differ",
    onQueries([watched("m0 / m1"), query("m0"), query("m1", { period: 300 })]),
    "'metric_query' must have one period for all, got [60,300]; give each the same period",
  ],
  [
    "a period that is none",
    onQueries([{ ...query("m0", { period: 45 }), return_data: true }]),
    "'metric_query.m0.metric.period' must be 10, 20, 30 or a multiple of 60 seconds, got 45; write 60",
  ],
  [
    "half a minute of what AWS publishes",
    onQueries([{ ...query("m0", { period: 30, namespace: "AWS/RDS" }), return_data: true }]),
    "'metric_query.m0.metric.period' must be a multiple of 60 seconds: AWS/RDS publishes once a minute",
  ],
  [
    "a window of two days",
    onQueries([{ ...query("m0", { period: 1800 }), return_data: true }], { evaluation_periods: 96 }),
    "(1 day) by a period of 1800, got 172800",
  ],
  [
    "no stat",
    onQueries([{ ...query("m0", { stat: null }), return_data: true }]),
    "'metric_query.m0.metric.stat' must be",
  ],
  ["a stat that is none", onQueries([{ ...query("m0", { stat: "Mean" }), return_data: true }]), `got "Mean"`],
  [
    "no namespace",
    onQueries([{ ...query("m0", { namespace: "" }), return_data: true }]),
    "metric.namespace' must be giv",
  ],
  [
    "31 dimensions",
    onQueries([
      { ...query("m0", { dimensions: Object.fromEntries(many(31).map(({ id }) => [id, "x"])) }), return_data: true },
    ]),
    "'metric_query.m0.metric.dimensions' must have at most 30 entries, got 31",
  ],
  [
    "an empty dimension",
    onQueries([{ ...query("m0", { dimensions: { Service: "" } }), return_data: true }]),
    "'metric_query.m0.metric.dimensions.Service' must be 1 to 1024",
  ],
  [
    "a unit that is none",
    onQueries([{ ...query("m0", { unit: "s" }), return_data: true }]),
    "metric.unit' must be one of",
  ],
  [
    "a metric and an expression in one",
    onQueries([watched("m1", query("m0")), query("m1")]),
    `'metric_query.m0' must have a metric or an expression, got "metric and expression"`,
  ],
  [
    "neither metric nor expression",
    onQueries([{ id: "e1", return_data: true }]),
    "'metric_query.e1' must have a metric or an expression, got nothing",
  ],
  [
    "a search",
    onQueries([watched(`SEARCH('{AWS/EC2,InstanceId} MetricName="CPUUtilization"', 'Average')`, { period: 300 })]),
    "'metric_query.e1.expression' must not search: an alarm watches one series",
  ],
  [
    "a search inside a sum",
    onQueries([watched(`SUM(SEARCH('x', 'Average')) + m0`), query("m0")]),
    "must not search: an alarm watches one series",
  ],
  ["a parenthesis left open", onQueries([watched("SUM([m0"), query("m0")]), "must close every parenthesis it opens"],
  ["a parenthesis too many", onQueries([watched("m0)"), query("m0")]), "must close every parenthesis it opens"],
  [
    "1025 characters of expression",
    onQueries([watched(`m0${" + m0".repeat(205)}`), query("m0")]),
    "'metric_query.e1.expression' must have at most 1024 characters, got 1027",
  ],
  [
    "a query of Metrics Insights without period",
    onQueries([watched(`SELECT AVG(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)`)]),
    "'metric_query.e1.period' must be given",
  ],
  [
    "an expression without any period",
    onQueries([watched("TIME_SERIES(1)")]),
    "'metric_query.e1.period' must be given",
  ],
  ["no threshold", onQueries([watched("m0"), query("m0")], { threshold: null }), "'threshold' must be given"],
  [
    "a reboot on a sum",
    onQueries([watched("m0"), query("m0")], { alarm_actions: ["arn:aws:automate:eu-west-1:ec2:reboot"] }),
    "'alarm_actions' must have no such action beside metric_query: EC2 actions take an alarm on one metric",
  ],
])("fails on %s", (_, config, fragment) => {
  expect(said(config)).toEqual([expect.stringContaining(fragment)]);
});

test.each<[string, AlarmConfig, string]>([
  [
    "a band that nobody names",
    onBand({ threshold_metric_id: undefined }),
    "'threshold_metric_id' must be given with the operator GreaterThanUpperThreshold",
  ],
  [
    "a band beside a threshold",
    onBand({ threshold: 5 }),
    "'threshold' must be left out beside threshold_metric_id, got 5; the band is the threshold",
  ],
  [
    "a band and an operator of thresholds",
    onBand({ comparison_operator: "GreaterThanThreshold" }),
    "'comparison_operator' must be one of GreaterThanUpperThreshold",
  ],
  [
    "a name of what is no band",
    onBand({ threshold_metric_id: "m1" }),
    `'threshold_metric_id' must be the id of a query that is an ANOMALY_DETECTION_BAND, got "m1"`,
  ],
  [
    "a name of nothing",
    onBand({ threshold_metric_id: "e9" }),
    `'threshold_metric_id' must be the id of a query that is an ANOMALY_DETECTION_BAND, got "e9"`,
  ],
  [
    "a band around what returns no data",
    onBand({ metric_query: [watched("ANOMALY_DETECTION_BAND(m1, 2)"), query("m1")] }),
    `must return data from two queries: the band and what it surrounds, got ["e1"]`,
  ],
  [
    "a band under a threshold",
    onQueries([watched("ANOMALY_DETECTION_BAND(m1)"), query("m1")]),
    `'threshold_metric_id' must name the query "e1", which is an ANOMALY_DETECTION_BAND`,
  ],
  [
    "scaling on a band",
    onBand({ alarm_actions: ["arn:aws:autoscaling:eu-west-1:1:scalingPolicy:x:autoScalingGroupName/g:policyName/p"] }),
    "'alarm_actions' must have no such action beside threshold_metric_id",
  ],
])("fails on %s", (_, config, fragment) => {
  expect(said(config)).toContainEqual(expect.stringContaining(fragment));
});

test.each<[string, AlarmConfig]>([
  ["one metric that returns data", onQueries([{ ...query("m1"), return_data: true }])],
  [
    "words, texts and numbers",
    onQueries([watched(`IF(m1 > 1e3 AND m2 < .5, FILL(m1, REPEAT), 0) / PERIOD(m1)`), query("m1"), query("m2")]),
  ],
  ["expressions on expressions", onQueries([watched("e2 * 100"), { id: "e2", expression: "m1" }, query("m1")])],
  ["a sum of all by text", onQueries([watched(`SUM(METRICS("m"))`), query("m1")])],
  ["Metrics Insights with a period", onQueries([watched(`SELECT MAX(x) FROM "Own/Service"`, { period: 60 })])],
  ["no metric but a period", onQueries([watched(`INSIGHT_RULE_METRIC("rule", "Sum")`, { period: 300 })])],
  ["a word of a rule", onQueries([watched(`INSIGHT_RULE_METRIC("rule", UniqueContributors)`, { period: 300 })])],
  ["one query as a block", onQueries([], { metric_query: { ...query("m1"), return_data: true } })],
  ["flags as texts", onQueries([watched("m1", { return_data: "true" }), { ...query("m1"), return_data: "false" }])],
  [
    "blocks that Terraform makes",
    onQueries([], { metric_query: undefined, dynamic: { metric_query: { for_each: "${x}" } } }),
  ],
  ["queries that are known at apply only", onQueries([], { metric_query: "${var.queries}" })],
  ["an id that is known at apply only", onQueries([watched("m1 + m2"), query("m1"), query("${var.id}")])],
  ["an expression that is", onQueries([watched("${var.expression}"), query("m1")])],
  ["a flag that is", onQueries([watched("m1", { return_data: "${var.flag}" }), query("m1")])],
])("CloudWatch takes %s", (_, config) => {
  expect(said(config)).toEqual([]);
});
