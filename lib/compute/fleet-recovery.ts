import { Construct } from "constructs";
import { Sla } from "../core/declarations";
import { Duration, inWords } from "../core/duration";
import { Fence } from "../core/fence";
import { Figure } from "../core/figure";
import { placeOf } from "../core/place";
import { Recoveries, Recovery } from "../core/recovery";
import { AVOIDED_SECONDS, HEALTH_CHECK } from "../parts/target-health";

/** What the recovery of a fleet is computed from. */
export interface Endurance {
  /** Whether a load balancer decides who gets requests. */
  readonly balanced: boolean;
  readonly survivesInstance: boolean;
  readonly survivesZone: boolean;
  readonly warmUpSeconds: number;
}

const NOTHING: Figure<Duration> = {
  value: "0 seconds",
  basis: "assumed",
  source: "an instance can be replaced at any time: it keeps nothing that must last",
};

const { interval, timeout, unhealthyThreshold } = HEALTH_CHECK;

/** How a load balancer finds out. */
const FOUND = `health checks, ${interval} seconds apart, the last after ${timeout}`;

/** How long until Auto Scaling replaces what no load balancer watches: two status checks, a minute apart. */
const IMPAIRED_SECONDS = 2 * 60;

/** What a launch takes until the instance has started. */
const LAUNCH_SECONDS = 2 * 60;

/** Three data points, a minute apart, until the alarm of target tracking rings. */
const OVER_TARGET_SECONDS = 3 * 60;

/**
 * How a fleet grows: at once to what the load asks for, since what it scales on grows with the load.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html
 */
export function fleetGrows(warmUpSeconds: number): Figure<Duration> {
  return {
    value: inWords(OVER_TARGET_SECONDS + LAUNCH_SECONDS + warmUpSeconds),
    basis: "assumed",
    source: `3 minutes above its target until it scales out, in one step, ${inWords(LAUNCH_SECONDS)} to launch, ${inWords(warmUpSeconds)} to warm up (warmUp)`,
  };
}

function othersCarryOn(balanced: boolean): Recovery {
  return {
    mechanism: "static stability: the others carry the load",
    rpo: NOTHING,
    rto: {
      value: inWords(balanced ? AVOIDED_SECONDS : 0),
      basis: "assumed",
      source: balanced
        ? `${unhealthyThreshold} failed ${FOUND}, until the load balancer sends to the others alone; that these are enough follows from min`
        : "the others go on taking work; that they are enough follows from min",
    },
    selfHealing: true,
  };
}

function replacement({ balanced, warmUpSeconds }: Endurance): Recovery {
  const detection = balanced ? AVOIDED_SECONDS : IMPAIRED_SECONDS;
  const checks = balanced ? `${unhealthyThreshold} ${FOUND}` : "2 status checks, a minute apart";
  return {
    mechanism: "replacement by Auto Scaling",
    rpo: NOTHING,
    rto: {
      value: inWords(detection + LAUNCH_SECONDS + warmUpSeconds),
      basis: "assumed",
      source: `${checks}, ${inWords(LAUNCH_SECONDS)} to launch, ${inWords(warmUpSeconds)} to warm up (warmUp)`,
    },
    selfHealing: true,
  };
}

/** How a fleet comes back; from the loss of a zone only where enough of it is left, since launches may fail then. */
export function fleetRecovers(endurance: Endurance): Recoveries {
  const carryOn = othersCarryOn(endurance.balanced);
  return {
    instance: [...(endurance.survivesInstance ? [carryOn] : []), replacement(endurance)],
    ...(endurance.survivesZone && { zone: [carryOn] }),
  };
}

/** What AWS promises of instances in two zones or more. */
export const FLEET_SLA: Sla = {
  value: 99.99,
  basis: "sla",
  condition: "instances in two zones or more of the region",
  source: "https://aws.amazon.com/compute/sla/",
  asOf: "2026-11-01",
};

/** Without instances nothing there serves or writes, and health checks lead nobody there. */
export function fleetFence(scope: Construct, group: string): Fence {
  const there = `--region ${placeOf(scope).region}`;
  return {
    steps: [
      `End its instances, and let scaling start none: \`aws autoscaling update-auto-scaling-group ${there} --auto-scaling-group-name ${group} --min-size 0 --max-size 0 --desired-capacity 0\`.`,
    ],
    holds: `Is none left? It must say 0: \`aws autoscaling describe-auto-scaling-groups ${there} --auto-scaling-group-names ${group} --query 'length(AutoScalingGroups[].Instances[])'\`.`,
  };
}
