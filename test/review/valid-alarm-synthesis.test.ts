import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm, CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DEVELOPMENT, register, waive } from "../../lib/core";
import { Config, Setting, group, synth } from "../synth";
import { METRIC, saidOfStack } from "./alarm-configs";

const REASON = { waived: "the team of this alarm mends it next week" };

/** A stack under review, with alarms that no concern of this library made. */
function reviewed(fill: (stack: TerraformStack) => void, setting: Setting = { checks: true }) {
  return synth((stack) => {
    register(new Construct(stack, "pattern"));
    fill(stack);
  }, setting);
}

function alarm(scope: Construct, id: string, more: Partial<CloudwatchMetricAlarmConfig> = {}): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: `${scope.node.id}-${id}`,
    namespace: "Own/Service",
    metricName: "Lost",
    statistic: "Sum",
    period: 60,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 5,
    evaluationPeriods: 5,
    alarmActions: METRIC.alarm_actions,
    ...more,
  });
}

test("fails on an alarm that others made, naming its path", () => {
  expect(() => reviewed((stack) => alarm(group(stack, "theirs"), "lost", { datapointsToAlarm: 6 }))).toThrow(
    "test/theirs/lost: 'datapoints_to_alarm' must be at most evaluation_periods 5, got 6; ask for fewer data points",
  );
});

test("fails on what the stack itself writes over an alarm", () => {
  const run = () =>
    reviewed((stack) => {
      const lost = alarm(stack, "lost");
      stack.addOverride(`resource.aws_cloudwatch_metric_alarm.${lost.friendlyUniqueId}.period`, 45);
    });
  expect(run).toThrow("test/lost: 'period' must");
});

test("fails with every fault of every alarm at once", () => {
  const run = () =>
    reviewed((stack) => {
      alarm(stack, "one", { period: 45, statistic: "Mean" });
      new CloudwatchCompositeAlarm(stack, "two", { alarmName: "two", alarmRule: "ALARM(x AND" });
    });
  expect(run).toThrow(/test\/one: 'period' must[\s\S]*test\/one: 'statistic' must[\s\S]*test\/two: 'alarm_rule' must/);
});

test("references between resources pass, as tokens do", () => {
  const { manifest } = reviewed((stack) => {
    const topic = new SnsTopic(stack, "topic", { name: "page" });
    const lost = alarm(stack, "lost", { dimensions: { TopicName: topic.name }, alarmActions: [topic.arn] });
    new CloudwatchCompositeAlarm(stack, "any", {
      alarmName: "any",
      alarmRule: `ALARM("${lost.alarmName}")`,
      actionsSuppressor: { alarm: lost.arn, waitPeriod: 60, extensionPeriod: 60 },
      okActions: [topic.arn],
    });
  });
  expect(manifest.verdicts).toEqual([]);
});

test("fails on a number that came to nothing", () => {
  expect(() => reviewed((stack) => alarm(stack, "lost", { threshold: 0 / 0 }))).toThrow(
    `test/lost: 'threshold' must be a finite number, got "NaN"`,
  );
});

test("in development it is a warning at the alarm", () => {
  const { warnings, manifest } = reviewed((stack) => alarm(stack, "lost", { period: 45 }), {
    posture: DEVELOPMENT,
    checks: true,
  });
  expect(warnings).toEqual([expect.stringContaining("test/lost: 'period' must be 10, 20, 30 or a multiple")]);
  expect(manifest.verdicts).toEqual([expect.objectContaining({ path: "test/lost", outcome: "warned" })]);
});

test.each<[string, (lost: CloudwatchMetricAlarm) => Construct]>([
  ["the alarm", (lost) => lost],
  ["what it is a part of", (lost) => lost.node.scope as Construct],
  ["the stack", (lost) => TerraformStack.of(lost)],
])("a waiver on %s lets it pass, and is printed and listed", (_, on) => {
  let path = "";
  const { manifest, warnings } = reviewed((stack) => {
    const excused = on(alarm(group(stack, "theirs"), "lost", { period: 45 }));
    waive(excused, "valid-alarm", REASON);
    path = excused.node.path;
  });
  expect(manifest.verdicts).toEqual([expect.objectContaining({ path: "test/theirs/lost", outcome: "waived" })]);
  expect(manifest.waivers).toEqual([{ path, safeguard: "valid-alarm", ...REASON }]);
  expect(warnings).toEqual([`valid-alarm is waived: ${REASON.waived}`]);
});

test("fails on an alarm beside what is excused", () => {
  const run = () =>
    reviewed((stack) => {
      const excused = group(stack, "excused");
      alarm(excused, "lost", { period: 45 });
      alarm(group(stack, "beside"), "lost", { period: 45 });
      waive(excused, "valid-alarm", REASON);
    });
  expect(run).toThrow("test/beside/lost: 'period' must");
  expect(run).not.toThrow("test/excused/lost");
});

test("a waiver over alarms that are all valid is said aloud", () => {
  const { warnings } = reviewed((stack) => {
    const theirs = group(stack, "theirs");
    alarm(theirs, "lost");
    waive(theirs, "valid-alarm", REASON);
  });
  expect(warnings).toContain(
    "test/theirs: the waiver of 'valid-alarm' must excuse something, got one that is kept, or that nobody judges; delete it",
  );
});

test("the synthesized JSON is judged as synthesis judged it, by path", () => {
  const { json, manifest } = reviewed((stack) => alarm(group(stack, "theirs"), "lost", { period: 45 }), {});
  const { aws_cloudwatch_metric_alarm: metrics } = json.resource as Config;
  expect(saidOfStack({}, metrics)).toEqual(manifest.verdicts.map(({ message }) => message));
});
