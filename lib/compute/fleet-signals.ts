import { Signals } from "../core/signal";
import { Capacity } from "./fleet-capacity";

/** AWS's own recommended alarms. */
const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html";
const METRICS = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html";
const EVENTS = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html";
const REFRESH = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-eventbridge-events.html";

/** What CloudWatch is told of a group each minute. */
export const GROUP_METRICS = [
  "GroupMinSize",
  "GroupMaxSize",
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

/** What is worth watching about a fleet. Too few instances for the peak is a page; what leads there is a ticket. */
export function fleetSignals(name: string, { needed, min, max }: Capacity) {
  const dimensions = { AutoScalingGroupName: name };
  const group = (metric: string, statistic: string) =>
    ({ namespace: "AWS/AutoScaling", name: metric, statistic, dimensions }) as const;
  const requires = [{ setting: "group metrics", met: true, mend: "enabledMetrics" }];
  const events = (...detailType: string[]) => ({
    event: { source: ["aws.autoscaling"], detailType, detail: { AutoScalingGroupName: [name] } },
  });
  const activities = `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${name}`;
  return {
    inService: {
      kind: "saturation",
      means: "instances are missing; below what the peak needs, requests are lost",
      measure: { metric: group("GroupInServiceInstances", "Minimum") },
      bad: "below",
      unit: "instances",
      page: Math.min(needed, min),
      ticket: min,
      breaches: "5 of 5",
      missing: "breaching",
      requires,
      firstSteps: [
        `Read why launches fail or instances go: ${activities}.`,
        "Is one zone missing? Compare the healthy targets of each zone.",
      ],
      rationale: "The fewest instances hold the loss of a zone in reserve: below them it is used up.",
      source: AWS,
    },
    atMaximum: {
      kind: "saturation",
      means: "the fleet cannot grow any more; what comes on top slows it down",
      measure: {
        math: {
          expression: "most - wanted",
          metrics: { most: group("GroupMaxSize", "Maximum"), wanted: group("GroupDesiredCapacity", "Maximum") },
        },
      },
      bad: "below",
      unit: "instances to go",
      ...(max > min && { ticket: 1 }),
      breaches: "15 of 15",
      missing: "notBreaching",
      requires,
      firstSteps: ["Is the load real? Compare requests with last week. If it is, raise max and load."],
      rationale: "A fleet of a fixed size is at its maximum always, and has no threshold.",
      source: METRICS,
    },
    pending: {
      kind: "saturation",
      means: "instances do not get past their launch",
      measure: { metric: group("GroupPendingInstances", "Minimum") },
      bad: "above",
      unit: "instances",
      ticket: 0,
      period: "5 minutes",
      breaches: "3 of 3",
      missing: "notBreaching",
      requires,
      firstSteps: [`Read the last activities: ${activities}.`, "Read the console output of a pending instance."],
      source: METRICS,
    },
    cpu: {
      kind: "saturation",
      means: "the instances are short of CPU",
      measure: { metric: { namespace: "AWS/EC2", name: "CPUUtilization", statistic: "Average", dimensions } },
      bad: "above",
      unit: "per cent",
      ticket: 80,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        "All instances or one? Look for a rollout that started when CPU rose.",
        "If the load is as expected, load.perInstance is too high: measure it again.",
      ],
      source: AWS,
    },
    attachedStorage: {
      kind: "errors",
      means: "an instance cannot reach its disk",
      measure: {
        metric: { namespace: "AWS/EC2", name: "StatusCheckFailed_AttachedEBS", statistic: "Maximum", dimensions },
      },
      bad: "above",
      unit: "instances",
      ticket: 0,
      breaches: "10 of 10",
      firstSteps: [
        "Which instance? aws ec2 describe-instance-status --filters Name=attached-ebs-status.status,Values=impaired.",
        "Terminate it: the group puts another in its place.",
      ],
      source: AWS,
    },
    launchFailed: {
      kind: "errors",
      means: "an instance could not be launched",
      measure: events("EC2 Instance Launch Unsuccessful"),
      bad: "above",
      urgency: "ticket",
      firstSteps: [`Read the cause (capacity, quota, image, key): ${activities}.`],
      source: EVENTS,
    },
    refreshFailed: {
      kind: "errors",
      means: "a rollout failed, or is being rolled back",
      measure: events(
        "EC2 Auto Scaling Instance Refresh Failed",
        "EC2 Auto Scaling Instance Refresh Rollback Started",
        "EC2 Auto Scaling Instance Refresh Rollback Failed",
      ),
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        `Read why: aws autoscaling describe-instance-refreshes --auto-scaling-group-name ${name}.`,
        "Take the change back in the code as well: the next apply starts the same rollout again.",
      ],
      source: REFRESH,
    },
  } satisfies Signals;
}
