import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { MadeCluster } from "./aurora-cluster";
import { ReaderScaling } from "./aurora-props";

/** Seconds until a reader is added again, and until one is taken away again: a new one takes minutes to be warm. */
const COOL_DOWN = { out: 300, in: 900 };

/**
 * Readers that follow the CPU of the readers. Those that Aurora adds are the first that it takes away; those of the plan
 * stay.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export function scaleReaders(scope: Construct, made: MadeCluster, readers: number, scaling: ReaderScaling): void {
  const target = new AppautoscalingTarget(scope, "reader-capacity", {
    serviceNamespace: "rds",
    resourceId: `cluster:${made.cluster.clusterIdentifier}`,
    scalableDimension: "rds:cluster:ReadReplicaCount",
    minCapacity: readers,
    maxCapacity: scaling.max,
    // It is refused as long as the cluster has no instance.
    dependsOn: Object.values(made.instances),
  });
  new AppautoscalingPolicy(scope, "reader-scaling", {
    name: "target-tracking-readers",
    policyType: "TargetTrackingScaling",
    serviceNamespace: target.serviceNamespace,
    resourceId: target.resourceId,
    scalableDimension: target.scalableDimension,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: scaling.targetCpu ?? 60,
      scaleOutCooldown: COOL_DOWN.out,
      scaleInCooldown: COOL_DOWN.in,
      disableScaleIn: false,
      predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
    },
  });
}
