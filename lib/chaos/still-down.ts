import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { inWords } from "../core/duration";
import { kebab, nameOf } from "../core/naming";

/** When an alarm rings. */
export interface Timing {
  readonly datapoints: number;
  readonly periods: number;
  readonly period: number;
}

/** The same measure and threshold, bad for so long that the claimed outage is over: it tells nobody, and many share it. */
export function stillDown(
  scope: Construct,
  alarm: CloudwatchMetricAlarm,
  name: string,
  timing: Timing,
): CloudwatchMetricAlarm {
  const length = inWords(timing.periods * timing.period);
  const id = `still-down-${kebab(`${name} ${length}`.toLowerCase())}`;
  const known = scope.node.tryFindChild(id);
  if (known) return known as CloudwatchMetricAlarm;
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: nameOf(scope, "alarm", id),
    alarmDescription: `What ${name} measures is bad for ${length} on end: ends experiments that claim less.`,
    namespace: alarm.namespaceInput,
    metricName: alarm.metricNameInput,
    dimensions: alarm.dimensionsInput,
    statistic: alarm.statisticInput,
    extendedStatistic: alarm.extendedStatisticInput,
    period: alarm.periodInput,
    metricQuery: alarm.metricQueryInput,
    comparisonOperator: alarm.comparisonOperatorInput as string,
    threshold: alarm.thresholdInput,
    thresholdMetricId: alarm.thresholdMetricIdInput,
    evaluateLowSampleCountPercentiles: alarm.evaluateLowSampleCountPercentilesInput,
    treatMissingData: alarm.treatMissingDataInput,
    evaluationPeriods: timing.periods,
    datapointsToAlarm: timing.datapoints,
    actionsEnabled: true,
  });
}

/** An alarm of the app, best of the stack itself; others know it by its name and ARN alone. */
export function alarmNamed(scope: Construct, name: string): CloudwatchMetricAlarm | undefined {
  const own = alarmIn(TerraformStack.of(scope), name);
  if (own) return own;
  const stacks = scope.node.root.node.findAll().filter(TerraformStack.isStack);
  return stacks.map((stack) => alarmIn(stack, name)).find((each) => each !== undefined);
}

function alarmIn(stack: IConstruct, name: string): CloudwatchMetricAlarm | undefined {
  return stack.node
    .findAll()
    .filter((each) => TerraformElement.isTerraformElement(each) && TerraformResource.isTerraformResource(each))
    .filter((each) => (each as TerraformResource).terraformResourceType === "aws_cloudwatch_metric_alarm")
    .map((each) => each as CloudwatchMetricAlarm)
    .find(({ alarmNameInput }) => alarmNameInput === name);
}

/** When it rings; nothing where that is not known at synthesis. */
export function timingOf(alarm: CloudwatchMetricAlarm): Timing | undefined {
  const queries = Array.isArray(alarm.metricQueryInput) ? alarm.metricQueryInput : [];
  const period =
    alarm.periodInput ?? Math.max(0, ...queries.map(({ metric, period }) => metric?.period ?? period ?? 0));
  const periods = alarm.evaluationPeriodsInput;
  if (!period || !periods) return undefined;
  return { period, periods, datapoints: alarm.datapointsToAlarmInput ?? periods };
}
