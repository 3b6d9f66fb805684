import { Metric, Signals } from "../core/signal";
import { Capacity } from "./fleet-capacity";
import { fleetRelief, replaced } from "./fleet-relief";

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

/** How many instances of a group serve. */
export function inService(group: string): Metric {
  return {
    namespace: "AWS/AutoScaling",
    name: "GroupInServiceInstances",
    statistic: "Average",
    dimensions: { AutoScalingGroupName: group },
  };
}

/** What is worth watching about a fleet. Too few instances for the peak is a page; what leads there is a ticket. */
export function fleetSignals(name: string, { needed, min, max }: Capacity) {
  const dimensions = { AutoScalingGroupName: name };
  const group = (metric: string, statistic: string) =>
    ({ namespace: "AWS/AutoScaling", name: metric, statistic, dimensions }) as const;
  const requires = [{ setting: "group metrics", met: true, mend: "enabledMetrics" }];
  const events = (...detailType: string[]) => ({
    event: { source: ["aws.autoscaling"], detailType, detail: { AutoScalingGroupName: [name] } },
  });
  const of = `--auto-scaling-group-names ${name}`;
  const instances = `aws autoscaling describe-auto-scaling-groups ${of} --query 'AutoScalingGroups[0].Instances[].[InstanceId,AvailabilityZone,LifecycleState,HealthStatus]' --output text`;
  const waiting = `$(aws autoscaling describe-auto-scaling-groups ${of} --query "AutoScalingGroups[0].Instances[?LifecycleState!='InService'].InstanceId | [0]" --output text)`;
  const impaired = (shown: string) =>
    `aws ec2 describe-instance-status --filters Name=attached-ebs-status.status,Values=impaired --query '${shown}' --output text --instance-ids $(aws autoscaling describe-auto-scaling-groups ${of} --query 'AutoScalingGroups[0].Instances[].InstanceId' --output text)`;
  const refreshes = `aws autoscaling describe-instance-refreshes --auto-scaling-group-name ${name} --max-records 3 --query 'InstanceRefreshes[].[StartTime,Status,PercentageComplete,StatusReason]' --output text`;
  const relief = fleetRelief(name, { min, max });
  const activities = `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${name} --max-items 10 --query 'Activities[].[StartTime,StatusCode,StatusMessage,Cause]' --output text`;
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
        "For lack of capacity: other zones and types take over by themselves. For a quota: ask for more. For image, key or health: take the last rollout back.",
        `Is a whole zone missing? ${instances}.`,
        "Yes: what is left carries the peak, and new ones come in the other zones. No: do they fail their health check? Then go by the pages of the entrance.",
        `Nothing is launched at all: is that suspended? aws autoscaling describe-auto-scaling-groups ${of} --query 'AutoScalingGroups[0].SuspendedProcesses' --output text.`,
      ],
      mitigate: [relief.stopRollout, relief.keepUnhealthy, relief.launchAgain],
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
      firstSteps: [
        `What made it grow, and when? ${activities}.`,
        "Is that load real? Compare requests with last week, on the dashboard. No: block or limit where it comes from. Yes: let it grow, as below.",
      ],
      mitigate: [relief.raiseMaximum],
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
      firstSteps: [
        `Read the last activities: ${activities}.`,
        `What does one of them say? aws ec2 get-console-output --latest --instance-id ${waiting} --query Output --output text.`,
        `It came with a rollout? ${refreshes}.`,
        "Yes: the new image or setting is at fault; stop it. No: a zone or an API of AWS may be slow; what serves, serves on.",
      ],
      mitigate: [
        relief.stopRollout,
        `It hangs by itself: end it, and the group launches another: aws ec2 terminate-instances --instance-ids ${waiting}.`,
      ],
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
        `Did a rollout start when it rose? ${refreshes}.`,
        "Yes: take it back. No: did requests rise with it, on the dashboard?",
        "They did: scaling follows, as long as it may grow. They did not: what runs there does more for each than `load.perInstance` says; measure that again.",
      ],
      mitigate: [`The load is real: ${relief.grow}`, relief.stopRollout],
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
        `Which instances, in which zone? ${impaired("InstanceStatuses[].[InstanceId,AvailabilityZone]")}.`,
        "Several, in one zone: EBS has trouble there; read the AWS Health Dashboard, and go by the entrance's pages of zones. One: put another in its place. None: it is over.",
      ],
      mitigate: [`Put another in its place: ${replaced(`$(${impaired("InstanceStatuses[0].InstanceId")})`)}.`],
      source: AWS,
    },
    launchFailed: {
      kind: "errors",
      means: "an instance could not be launched",
      measure: events("EC2 Instance Launch Unsuccessful"),
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        `Read the cause (capacity, quota, image, key): ${activities}.`,
        "Capacity: the group tries other zones and types by itself. A quota: ask for more. Image or key: take the last rollout back.",
        `Are too few there? ${instances}.`,
        "Yes: `inService` rings as well; go by its page. No: users feel nothing yet.",
      ],
      mitigate: [relief.stopRollout, relief.launchAgain],
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
        `Read why: ${refreshes}.`,
        "It is rolled back: old instances come back by themselves; watch it by the same command. The rollback failed: old and new ones serve, go by the steps above for a rollout that is over.",
        "Take the change back in the code as well: the next apply starts the same rollout again.",
      ],
      mitigate: [
        "Let nobody deploy until the change is taken back in the code.",
        `Too few are in service meanwhile: ${relief.grow}`,
      ],
      source: REFRESH,
    },
  } satisfies Signals;
}
