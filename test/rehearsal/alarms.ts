import { CompositeAlarm, MetricAlarm, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { Manifest } from "../../lib/review/manifest";
import { Aws } from "./aws";
import { same } from "./differences";
import { differs } from "./differs";
import { Planned } from "./promises";

type Alarm = MetricAlarm & CompositeAlarm;

/** What says which one metric is watched; of an alarm on an expression the emulator keeps no metric at all. */
const METRIC: Readonly<Record<string, (alarm: Alarm) => unknown>> = {
  metric_name: ({ MetricName }) => MetricName,
  namespace: ({ Namespace }) => Namespace,
  dimensions: ({ Dimensions = [] }) =>
    Object.fromEntries(
      Dimensions.map(({ Name, Value }) => [String(Name), Value]).sort(([a], [b]) => (a! < b! ? -1 : 1)),
    ),
  period: ({ Period }) => Period,
  // Beside a percentile the emulator tells its default, too.
  statistic: ({ Statistic, ExtendedStatistic }) => (ExtendedStatistic ? undefined : Statistic),
  extended_statistic: ({ ExtendedStatistic }) => ExtendedStatistic,
};

const SETTINGS: Readonly<Record<string, (alarm: Alarm) => unknown>> = {
  alarm_description: ({ AlarmDescription }) => AlarmDescription,
  alarm_rule: ({ AlarmRule }) => AlarmRule,
  threshold: ({ Threshold }) => Threshold,
  comparison_operator: ({ ComparisonOperator }) => ComparisonOperator,
  datapoints_to_alarm: ({ DatapointsToAlarm }) => DatapointsToAlarm,
  evaluation_periods: ({ EvaluationPeriods }) => EvaluationPeriods,
  treat_missing_data: ({ TreatMissingData }) => TreatMissingData,
  actions_enabled: ({ ActionsEnabled }) => ActionsEnabled,
  alarm_actions: ({ AlarmActions }) => AlarmActions,
  ok_actions: ({ OKActions }) => OKActions,
};

/**
 * Each alarm of the manifest, setting by setting: the provider cannot read them back from the emulator (`gaps.json`), but
 * the SDK, which asks the same question in another protocol, can.
 */
export async function alarmsAsPlanned(aws: Aws, { alarms }: Manifest, planned: Planned): Promise<string | undefined> {
  const there = await alarmsOf(aws);
  // What stands in another region is not asked for here.
  const here = alarms.filter(({ region }) => region === undefined);
  const faults = here.flatMap(({ name, address }) => {
    const alarm = there.get(name);
    if (!alarm) return [`${name} is not there`];
    const wanted = planned[address];
    const read = wanted.metric_query?.length > 0 ? SETTINGS : { ...SETTINGS, ...METRIC };
    return Object.entries(read)
      .filter(([setting, of]) => !same(wanted[setting], of(alarm)))
      .map(([setting, of]) => `${name}: ${setting}: ${differs(of(alarm), wanted[setting])}`);
  });
  return faults.join("\n") || undefined;
}

async function alarmsOf({ cloudWatch: client }: Aws): Promise<Map<string, Alarm>> {
  const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
  const found: Alarm[] = [];
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmTypes })) {
    found.push(...MetricAlarms, ...CompositeAlarms);
  }
  return new Map(found.map((alarm) => [String(alarm.AlarmName), alarm]));
}
