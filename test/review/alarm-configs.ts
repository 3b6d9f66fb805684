import { AlarmConfig, AlarmType, VALID_ALARM, alarmFaults } from "../../lib/review";
import { complain } from "../../lib/review/complaint";

/** An alarm that CloudWatch takes. */
export const METRIC = {
  alarm_name: "orders-lost",
  namespace: "Own/Service",
  metric_name: "Lost",
  dimensions: { Service: "orders" },
  comparison_operator: "GreaterThanThreshold",
  threshold: 5,
  statistic: "Sum",
  datapoints_to_alarm: 3,
  evaluation_periods: 5,
  period: 60,
  treat_missing_data: "notBreaching",
  alarm_actions: ["arn:aws:sns:eu-west-1:111122223333:page"],
} satisfies AlarmConfig;

/** A query of one metric. */
export function query(id: string, more: object = {}): AlarmConfig {
  return { id, metric: { namespace: "Own/Service", metric_name: "Lost", period: 60, stat: "Sum", ...more } };
}

/** The query that an alarm watches. */
export function watched(expression: string, more: object = {}): AlarmConfig {
  return { id: "e1", expression, return_data: true, ...more };
}

/** An alarm on metric queries. */
export function onQueries(metric_query: readonly unknown[], more: AlarmConfig = {}): AlarmConfig {
  const { alarm_name, comparison_operator, threshold, evaluation_periods } = METRIC;
  return { alarm_name, comparison_operator, threshold, evaluation_periods, metric_query, ...more };
}

/** An alarm on a band around what is usual. */
export function onBand(more: AlarmConfig = {}): AlarmConfig {
  const queries = [watched("ANOMALY_DETECTION_BAND(m1, 2)"), { ...query("m1"), return_data: true }];
  const band = { comparison_operator: "GreaterThanUpperThreshold", threshold: undefined, threshold_metric_id: "e1" };
  return onQueries(queries, { ...band, ...more });
}

/** A composite alarm with a rule. */
export function composite(alarm_rule: string, more: AlarmConfig = {}): AlarmConfig {
  return { alarm_name: "orders", alarm_rule, ...more };
}

/** What is said of one alarm, each fault a line. */
export function saidOf(type: AlarmType, config: AlarmConfig): string[] {
  return alarmFaults(type, config).map((fault) => complain("here", fault));
}

/** What is said of the alarms of a stack. */
export function saidOfStack(
  composites: Record<string, AlarmConfig>,
  metrics: Record<string, AlarmConfig> = {},
): string[] {
  const resources = { aws_cloudwatch_metric_alarm: metrics, aws_cloudwatch_composite_alarm: composites };
  const facts = {
    resources,
    constructs: [],
    alarms: [],
    services: [],
    objectives: [],
    recoveries: [],
    experiments: [],
  };
  return VALID_ALARM.judge(facts).map(({ message }) => message);
}
