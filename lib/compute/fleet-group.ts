import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Construct } from "constructs";
import { requireDuration } from "../core/guard";
import { Capacity } from "./fleet-capacity";
import { FleetProps } from "./fleet-props";
import { GROUP_METRICS } from "./fleet-signals";
import { INSTANCE_TYPE } from "./launch-template";
import { Pace, WARM_UP, healthy, refresh } from "./refresh";
import { mixed } from "./spot";

/** What it takes besides draining until the last instance of a deleted fleet is gone. */
const DELETION_SECONDS = 10 * 60;

/** What a group is made from besides the props. */
interface FleetGroup {
  readonly name: string;
  readonly capacity: Capacity;
  readonly pace: Pace;
  readonly launchTemplate: LaunchTemplate;
  readonly subnets: string[];
  /** Of each instance and volume. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The instances of a fleet: over all zones, replaced step by step, and as many as scaling says. */
export function fleetGroup(scope: Construct, props: FleetProps, group: FleetGroup): AutoscalingGroup {
  const { behind, spot, instanceType = INSTANCE_TYPE, gracePeriod = "5 minutes", maxLifetime = "30 days" } = props;
  const { name, capacity, pace, launchTemplate, subnets, tags } = group;
  const { min, max } = capacity;
  const grace = requireDuration(scope, "gracePeriod", gracePeriod, props.warmUp ?? WARM_UP, "2 hours");
  const drained = behind
    ? requireDuration(scope, "behind.deregistrationDelay", behind.deregistrationDelay, "0 seconds", "1 hour")
    : 0;
  // By attribute: a change of the template is a change of the group, which starts a rollout; "$Latest" starts none.
  const template = {
    id: launchTemplate.id,
    version: launchTemplate.getStringAttribute("latest_version"),
  };
  return new AutoscalingGroup(scope, "Resource", {
    name,
    minSize: min,
    maxSize: max,
    ...(spot ? { mixedInstancesPolicy: mixed(capacity, spot, template, instanceType) } : { launchTemplate: template }),
    // Zones
    vpcZoneIdentifier: subnets,
    // Where a zone has no capacity left, an instance in another one is better than none: never fewer survive.
    availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-best-effort" },
    // It acts on spot instances alone, and stands ready for those that come later.
    capacityRebalance: true,
    // Health
    targetGroupArns: behind && [behind.targetGroupArn],
    healthCheckType: behind ? "ELB" : "EC2",
    healthCheckGracePeriod: grace,
    defaultInstanceWarmup: pace.warmUpSeconds,
    // For simple scaling by other hands: target tracking goes by the warm-up.
    defaultCooldown: 300,
    enabledMetrics: GROUP_METRICS,
    metricsGranularity: "1Minute",
    // Change
    instanceMaintenancePolicy: healthy(min),
    instanceRefresh: refresh(pace),
    maxInstanceLifetime: requireDuration(scope, "maxLifetime", maxLifetime, "1 day", "365 days"),
    terminationPolicies: [...(spot ? ["AllocationStrategy"] : []), "OldestLaunchTemplate", "OldestInstance"],
    protectFromScaleIn: false,
    forceDelete: false,
    // Instances may need what the same apply still makes, such as a database; a wait that gives up would leave the
    // group marked for replacement. Rollouts are not waited for either: signals tell of both.
    waitForCapacityTimeout: "0",
    timeouts: { delete: `${DELETION_SECONDS + drained}s` },
    tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    // Scaling owns the number of instances between min and max.
    lifecycle: { ignoreChanges: ["desired_capacity"] },
  });
}
