import { Quota, Quotas } from "../core/quota";
import { FleetProps } from "./fleet-props";
import { INSTANCE_TYPE } from "./launch-template";

const EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-quotas.html";
const GROUPS = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html";

/** Families that share the quota of standard instances; others, such as `g` and `inf`, have quotas of their own. */
const STANDARD = /^(a|c|d|h|i|im|is|m|r|t|z)\d/;

const processors = (kind: "OnDemand" | "Spot", code: string): Quota => ({
  of: kind === "Spot" ? "processors of spot instances" : "processors of instances on demand",
  usage: { service: "EC2", resource: "vCPU", class: `Standard/${kind}` },
  asked: { service: "ec2", code },
  source: EC2,
});

/** What a fleet takes a part of: where the quota of processors is used up, no zone can be made up for. */
export function fleetQuotas({ instanceType = INSTANCE_TYPE, spot }: FleetProps) {
  const groups: Quota = {
    of: "Auto Scaling groups",
    usage: { service: "AutoScaling", resource: "NumberOfAutoScalingGroup" },
    asked: { service: "autoscaling", code: "L-CDE20ADC" },
    source: GROUPS,
  };
  const isSpotStandard = spot?.instanceTypes.some((type) => STANDARD.test(type)) ?? false;
  return {
    scalingGroups: groups,
    ...(STANDARD.test(instanceType) && { processors: processors("OnDemand", "L-1216C47A") }),
    ...(isSpotStandard && { spotProcessors: processors("Spot", "L-34B43A08") }),
  } satisfies Quotas;
}
