import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { DEVELOPMENT, PRODUCTION, Posture, register, waive } from "../../lib/core";
import { ACTIONABLE } from "../../lib/review/alarms/actionable";
import { AlarmConfig } from "../../lib/review";
import { synth } from "../synth";
import { METRIC, composite } from "./alarm-configs";

const RUNBOOK = { alarm_description: "Orders are lost.\nRunbook: runbooks/mill/lost.md" };
const OWN = "aws_cloudwatch_metric_alarm.lost";

/** What is found of an alarm of ours at `lost`, and of a composite beside it. */
function found(lost: AlarmConfig, any?: AlarmConfig, ours = true) {
  const alarms = ours
    ? [{ address: OWN, name: "lost", path: "test/mill", urgency: "page", notifies: true } as const]
    : [];
  const resources = {
    aws_cloudwatch_metric_alarm: { lost },
    aws_cloudwatch_composite_alarm: (any ? { any } : {}) as Record<string, AlarmConfig>,
  };
  return ACTIONABLE.judge({
    resources,
    alarms,
    constructs: [],
    services: [],
    objectives: [],
    recoveries: [],
    experiments: [],
  });
}

const SILENT = { ...METRIC, ...RUNBOOK, alarm_actions: [] };
const ACTION = { alarm_actions: METRIC.alarm_actions };

test("an alarm that acts and names its runbook is fine", () => {
  expect(found({ ...METRIC, ...RUNBOOK })).toEqual([]);
});

test.each<[string, AlarmConfig]>([
  ["its rule", composite(`ALARM("\${${OWN}.alarm_name}")`, ACTION)],
  ["its rule, by name", composite(`ALARM("${METRIC.alarm_name}")`, ACTION)],
  ["what suppresses it", composite("TRUE", { ...ACTION, actions_suppressor: { alarm: `\${${OWN}.alarm_name}` } })],
])("an alarm without an action may be named by a composite in %s", (_, any) => {
  expect(found(SILENT, any)).toEqual([]);
});

test.each([
  ["alias/aws/sns", 2],
  ["arn:aws:kms:eu-west-1:111122223333:alias/aws/sns", 2],
  ["alias/sns", 0],
  ["${aws_kms_key.key.arn}", 0],
  [undefined, 0],
])("what an alarm tells a topic under the key %s is dropped without a word in %d states", (key, dropped) => {
  const told = ["${aws_sns_topic.page.arn}"];
  const lost = { ...METRIC, ...RUNBOOK, alarm_actions: told, ok_actions: told };
  const resources = {
    aws_cloudwatch_metric_alarm: { lost },
    aws_sns_topic: { page: { kms_master_key_id: key }, pages: { kms_master_key_id: "alias/aws/sns" } },
  };
  const none = { alarms: [], constructs: [], recoveries: [], experiments: [], services: [], objectives: [] };
  const faults = ACTIONABLE.judge({ resources, ...none });
  expect(faults).toHaveLength(dropped);
  for (const { message, advice } of faults) {
    expect(message).toMatch(
      /_actions' must tell topics whose key alarms may use, got "aws_sns_topic.page"; give the topic/,
    );
    expect(advice).toBeUndefined();
  }
});

test.each<[string, string, (named: string) => AlarmConfig]>([
  [
    "brought home by an event rule",
    "aws_cloudwatch_event_rule",
    (named) => ({ event_pattern: JSON.stringify({ detail: { alarmName: ["first", named] } }) }),
  ],
  [
    "followed by an experiment",
    "aws_fis_experiment_template",
    (named) => ({ stop_condition: [{ source: "aws:cloudwatch:alarm", value: named }] }),
  ],
])("an alarm without an action may be %s that names it", (_, type, listener) => {
  const judged = (named: string) =>
    ACTIONABLE.judge({
      resources: {
        aws_cloudwatch_metric_alarm: { lost: { ...METRIC, alarm_actions: [] } },
        [type]: { listener: listener(named) },
      },
      alarms: [],
      constructs: [],
      recoveries: [],
      experiments: [],
      services: [],
      objectives: [],
    });
  expect(judged(String(METRIC.alarm_name))).toEqual([]);
  expect(judged(`\${${OWN}.arn}`)).toEqual([]);
  expect(judged("other")).toHaveLength(1);
});

test.each<[string, AlarmConfig, string]>([
  [
    "no action",
    SILENT,
    `${OWN}: 'alarm_actions' must act, or be named by a composite, an event rule or an experiment that does, got nothing; notify a topic`,
  ],
  ["actions that are off", { ...METRIC, ...RUNBOOK, actions_enabled: false }, "'alarm_actions' must act"],
  [
    "no description",
    METRIC,
    `${OWN}: 'alarm_description' must name a runbook, in a line "Runbook: …", got nothing; link the page`,
  ],
  ["no runbook", { ...METRIC, alarm_description: "Runbook:" }, "'alarm_description' must name a runbook"],
])("fails on an alarm of ours with %s", (_, config, message) => {
  const [first, ...others] = found(config);
  expect(others).toEqual([]);
  expect(first.message).toContain(message);
  expect(first.advice).toBeUndefined();
});

test("an alarm of others that tells nobody is warned of, and its words are its owner's", () => {
  const [first, ...others] = found({ ...METRIC, alarm_actions: [] }, undefined, false);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ kept: false, advice: true });
  expect(found(METRIC, undefined, false)).toEqual([]);
});

test("what is known at apply only passes", () => {
  expect(found({ ...METRIC, alarm_description: "${local.text}", alarm_actions: "${local.topics}" })).toEqual([]);
});

const REASON = { waived: "the rollout of the shop follows it" };

/** A stack under review, with an alarm of others that tells nobody. */
const foreign = (posture: Partial<Posture>, also: (alarm: CloudwatchMetricAlarm) => void = () => undefined) =>
  synth(
    (stack) => {
      register(new Construct(stack, "pattern"));
      const { alarm_name: alarmName, metric_name: metricName, comparison_operator: comparisonOperator } = METRIC;
      const measured = { namespace: METRIC.namespace, metricName, statistic: "Sum", period: 60, evaluationPeriods: 5 };
      const alarm = { alarmName, comparisonOperator, threshold: 5, ...measured };
      also(new CloudwatchMetricAlarm(stack, "theirs", alarm));
    },
    { posture, checks: true },
  );

test.each<[string, Partial<Posture>]>([
  ["fails", PRODUCTION],
  ["warns", DEVELOPMENT],
])("where the posture %s, an alarm of others that tells nobody only warns", (_, posture) => {
  const { manifest, warnings } = foreign(posture);
  const [verdict] = manifest.verdicts.filter(({ safeguard }) => safeguard === "actionable");
  expect(verdict).toMatchObject({ path: "test/theirs", outcome: "warned" });
  expect(warnings).toEqual([verdict.message]);
});

test("who says what looks at it is not warned", () => {
  const { manifest } = foreign(PRODUCTION, (alarm) => waive(alarm, "actionable", REASON));
  expect(manifest.verdicts).toEqual([expect.objectContaining({ safeguard: "actionable", outcome: "waived" })]);
});
