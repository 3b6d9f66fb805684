import { COMPOSITE_CHECKS } from "./alarms/composite";
import { AlarmCheck, AlarmConfig, AlarmFault, isGiven } from "./alarms/config";
import { METRIC_CHECKS } from "./alarms/metric";
import { StackAlarm, stackFaults } from "./alarms/stack";
import { complain } from "./complaint";
import { Facts, ResourceConfig, Rule, pathOf } from "./rule";

const CHECKS = {
  aws_cloudwatch_metric_alarm: METRIC_CHECKS,
  aws_cloudwatch_composite_alarm: COMPOSITE_CHECKS,
} as const satisfies Record<string, readonly AlarmCheck[]>;

/** The resource types that are alarms. */
export type AlarmType = keyof typeof CHECKS;

/** All of them. */
export const ALARM_TYPES = Object.keys(CHECKS) as AlarmType[];

/** Every alarm among the resources, with its address. */
export function alarmsIn(resources: Facts["resources"]): (StackAlarm & { readonly type: AlarmType })[] {
  return ALARM_TYPES.flatMap((type) =>
    Object.entries(resources[type] ?? {}).map(([name, config]) => ({ type, address: `${type}.${name}`, config })),
  );
}

/**
 * Why CloudWatch would refuse an alarm, looking at it alone; nothing where it takes it.
 *
 * What is known at apply only passes: it holds a Terraform expression. Who reads a plan writes one where the plan says
 * `after_unknown`.
 */
export function alarmFaults(type: AlarmType, config: AlarmConfig): AlarmFault[] {
  return CHECKS[type].flatMap((check) => check(config));
}

/**
 * CloudWatch accepts every alarm of the stack, whoever made it: what it would refuse in mid-apply is refused here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export const VALID_ALARM: Rule = {
  safeguard: "valid-alarm",
  reads: ALARM_TYPES,
  judge: ({ resources, place }) => {
    const alarms = alarmsIn(resources).map((alarm) => ({ ...alarm, config: inRegion(alarm.config, place?.region) }));
    return [
      ...alarms.flatMap((alarm) => alarmFaults(alarm.type, alarm.config).map((fault) => found(alarm, fault))),
      ...stackFaults(alarms, place?.account).map(({ alarm, fault }) => found(alarm, fault)),
    ];
  },
};

/** An alarm stands in the Region of its stack, where neither it nor a provider of its own says another. */
function inRegion(config: AlarmConfig, region: string | undefined): AlarmConfig {
  const isSaid = isGiven(config, "region") || isGiven(config, "provider");
  return region === undefined || isSaid ? config : { ...config, region };
}

function found({ address, config }: StackAlarm, fault: AlarmFault) {
  const path = pathOf(config as ResourceConfig) ?? address;
  return { path, kept: false, message: complain(path, fault) };
}
