import { AutoscalingGroupMixedInstancesPolicy } from "@cdktf/provider-aws/lib/autoscaling-group";
import { IConstruct } from "constructs";
import { refuse, requireForm, requireThat, requireWhole } from "../core/guard";
import { postureOf } from "../core/posture";
import { recordWaiver } from "../core/waiver";
import { Capacity, smallestMin } from "./fleet-capacity";
import { SpotShare } from "./fleet-props";
import { INSTANCE_TYPES } from "./launch-template";

/** A version of a launch template. */
export interface LaunchVersion {
  readonly id: string;
  readonly version: string;
}

/** Refuses a spot share without a reason where the posture protects, and one that a single empty pool would end. */
export function requireSpot(scope: IConstruct, spot: SpotShare): void {
  const { sharePercent, instanceTypes, waived, until } = spot;
  requireWhole(scope, "spot.sharePercent", sharePercent, 1, 100);
  for (const type of instanceTypes) requireForm(scope, "spot.instanceTypes", type, INSTANCE_TYPES, "instance types");
  const types = new Set(instanceTypes);
  requireThat(scope, types.size >= 2, { prop: "spot.instanceTypes", must: "be at least 2 types", got: instanceTypes });
  if (waived !== undefined) recordWaiver(scope, "on-demand capacity", { waived, until });
  else if (postureOf(scope).deletionProtection) {
    const mend = `write spot: { …, waived: "why instances may be taken away" }`;
    refuse(scope, { prop: "spot", must: "give a reason in this posture", got: { sharePercent }, mend });
  }
}

/**
 * On-demand instances for what must survive the loss of a zone, spot for a share of what is above: a lost zone is just
 * when AWS takes spot capacity back in the others.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/allocation-strategies.html
 */
export function mixed(
  { zones, needed }: Capacity,
  { sharePercent, instanceTypes }: SpotShare,
  template: LaunchVersion,
  instanceType: string,
): AutoscalingGroupMixedInstancesPolicy {
  const types = [...new Set([instanceType, ...instanceTypes])];
  return {
    instancesDistribution: {
      onDemandBaseCapacity: smallestMin(zones, needed),
      onDemandPercentageAboveBaseCapacity: 100 - sharePercent,
      // The type that the load test was run on comes first.
      onDemandAllocationStrategy: "prioritized",
      spotAllocationStrategy: "price-capacity-optimized",
    },
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: template.version },
      override: types.map((type) => ({ instanceType: type })),
    },
  };
}
