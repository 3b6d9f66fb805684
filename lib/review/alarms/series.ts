import { AlarmConfig, AlarmFault, numberOf, textOf } from "./config";
import { LIMITS, PUBLISHED_UNITS, UNITS } from "./limits";
import { atMost, dimensionFaults, oneOf } from "./rows";
import { HIGH_RESOLUTION, isAwsNamespace, isPeriod } from "./window";

/** What CloudWatch asks of the name, namespace, dimensions and unit of one metric. */
export function metricFaults(metric: AlarmConfig): AlarmFault[] {
  const namespace = textOf(metric, "namespace");
  return [
    ...atMost("metric_name", LIMITS.name, "write the name as it is published")(metric),
    ...atMost("namespace", LIMITS.name, "write the namespace as it is published")(metric),
    ...(namespace?.startsWith(":")
      ? [{ prop: "namespace", must: "not begin with a colon", got: namespace, mend: "leave it out" }]
      : []),
    ...dimensionFaults(metric),
    ...oneOf("unit", UNITS, "leave it out: the alarm takes the unit that is published")(metric),
    ...foreignUnit(metric),
  ];
}

/** CloudWatch takes any unit, and finds no data by one that the metric is not published in. */
function foreignUnit(metric: AlarmConfig): AlarmFault[] {
  const got = textOf(metric, "unit") ?? "";
  const name = textOf(metric, "metric_name") ?? "";
  const [, units] = PUBLISHED_UNITS.find(([names]) => names.test(name)) ?? [];
  const isOwn = !isAwsNamespace(textOf(metric, "namespace") ?? "");
  if (isOwn || !units || !UNITS.includes(got) || units.includes(got)) return [];
  const must = `be ${units.join(" or ")}, as AWS publishes ${name}: by another unit there is no data`;
  return [{ prop: "unit", must, got, mend: "leave it out: the alarm takes the unit that is published" }];
}

/** What CloudWatch asks of the period of one metric. */
export function periodFaults(metric: AlarmConfig, prop: string): AlarmFault[] {
  const got = numberOf(metric, "period");
  if (got === undefined) return [];
  if (!isPeriod(got)) {
    const must = `be ${HIGH_RESOLUTION.join(", ")} or a multiple of 60 seconds`;
    const mend = got > 60 ? `write ${Math.ceil(got / 60) * 60}` : "write 60";
    return [{ prop, must, got: metric.period, mend }];
  }
  const namespace = textOf(metric, "namespace") ?? "";
  if (got >= 60 || !isAwsNamespace(namespace)) return [];
  const must = `be a multiple of 60 seconds: ${namespace} publishes once a minute`;
  return [{ prop, must, got, mend: "write 60" }];
}
