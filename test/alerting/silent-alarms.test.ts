import { DescribeAlarmsCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Alarms, SilentAlarms, SilentAlarmsProps } from "../../lib/alerting";
import { Config, synth } from "../synth";
import { ERRORS, Mill, NOTIFY } from "./mill";
import { load } from "../tools";

const { run } = load<{ run(event: unknown, cloudwatch: unknown): Promise<void> }>(
  "../lib/alerting/functions/silent-alarms.js",
);

const made = (props: SilentAlarmsProps = {}) =>
  synth((stack) => {
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    alarms.watch(new Mill(stack, "mill", { lost: { ...ERRORS, page: 5 } }));
    alarms.watch(new SilentAlarms(stack, "silent-alarms", props));
  });

/** What the function is given. */
const dataOf = ({ input_transformer: { input_template: template } }: Config) =>
  JSON.parse(template.replace("<now>", "0")).data;

test("one alarm that cannot ring opens a ticket", () => {
  expect(made().at(CloudwatchMetricAlarm, "silent-alarms/alarms/silent-alarms-ticket")).toMatchObject({
    namespace: "SreConstructs/Alarms",
    metric_name: "SilentAlarms",
    dimensions: { Prefix: "test-" },
    threshold: 0,
    comparison_operator: "GreaterThanThreshold",
  });
});

test("the function looks for the alarms of its stack, and publishes where the alarm looks", () => {
  const stack = made({ after: "2 hours" });
  const data = dataOf(stack.the(CloudwatchEventTarget));
  const alarm = stack.at(CloudwatchMetricAlarm, "silent-alarms/alarms/silent-alarms-ticket");
  expect(data).toEqual({
    namespace: alarm.namespace,
    metric: alarm.metric_name,
    prefix: alarm.dimensions.Prefix,
    seconds: 7200,
  });
  const names = Object.values(stack.all(CloudwatchMetricAlarm)).map(({ alarm_name: name }) => name as string);
  expect(names.filter((name) => !name.startsWith(data.prefix))).toEqual([]);
});

test("the watcher of the watchers is watched itself", () => {
  expect(Object.keys(made().all(CloudwatchMetricAlarm))).toEqual(
    expect.arrayContaining(["silent-alarms/alarms/silent-ticket", "silent-alarms/alarms/failed-ticket"]),
  );
});

test.each<[string, SilentAlarmsProps, string]>([
  ["a prefix of nothing", { prefix: "" }, "'prefix' must not be empty"],
  [
    "a time that is too short to mean something",
    { after: "5 minutes" },
    "'after' must be between 10 minutes and 14 days",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});

const NOW = "2026-11-25T10:20:00Z";
const ago = (minutes: number) => new Date(new Date(NOW).getTime() - minutes * 60_000);

/** A CloudWatch with alarms in pages of one. */
class FakeCloudwatch {
  readonly asked: Config[] = [];
  readonly published: Config[] = [];

  constructor(private readonly alarms: readonly Config[]) {}

  async send(command: DescribeAlarmsCommand | PutMetricDataCommand): Promise<unknown> {
    if (command instanceof PutMetricDataCommand) return void this.published.push(command.input);
    this.asked.push(command.input);
    const page = Number(command.input.NextToken ?? 0);
    const next = page + 1 < this.alarms.length ? { NextToken: String(page + 1) } : {};
    return { MetricAlarms: this.alarms.slice(page, page + 1), ...next };
  }
}

async function counted(alarms: readonly Config[]): Promise<FakeCloudwatch> {
  const cloudwatch = new FakeCloudwatch(alarms);
  const log = jest.spyOn(console, "log").mockImplementation();
  const data = { namespace: "Own", metric: "Silent", prefix: "shop-", seconds: 3600 };
  await run({ now: NOW, data }, cloudwatch).finally(() => log.mockRestore());
  return cloudwatch;
}

test.each<[string, readonly Config[], number]>([
  ["none", [], 0],
  ["one that lost its data an hour ago", [{ AlarmName: "a", StateTransitionedTimestamp: ago(60) }], 1],
  ["one that lost it just now", [{ AlarmName: "a", StateTransitionedTimestamp: ago(59) }], 0],
  [
    "one that never had any, and was changed just now",
    [{ AlarmName: "a", StateTransitionedTimestamp: ago(9000), AlarmConfigurationUpdatedTimestamp: ago(10) }],
    0,
  ],
  ["two, on two pages", ["a", "b"].map((AlarmName) => ({ AlarmName, StateTransitionedTimestamp: ago(90) })), 2],
])("of alarms without data it counts %s", async (_, alarms, count) => {
  const { asked, published } = await counted(alarms);
  expect(asked[0]).toMatchObject({ StateValue: "INSUFFICIENT_DATA", AlarmNamePrefix: "shop-" });
  expect(published).toEqual([
    {
      Namespace: "Own",
      MetricData: [
        {
          MetricName: "Silent",
          Dimensions: [{ Name: "Prefix", Value: "shop-" }],
          Unit: "Count",
          Value: count,
          Timestamp: new Date(NOW),
        },
      ],
    },
  ]);
});
