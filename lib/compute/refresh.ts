import {
  AutoscalingGroupInstanceMaintenancePolicy,
  AutoscalingGroupInstanceRefresh,
} from "@cdktf/provider-aws/lib/autoscaling-group";
import { IConstruct } from "constructs";
import { Duration } from "../core/duration";
import { complaint, requireDuration } from "../core/guard";
import { FleetProps } from "./fleet-props";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
const MOST_ALARMS = 10;

/** How long a new instance takes until it carries its share, where nobody has measured it. */
export const WARM_UP: Duration = "2 minutes";

/** What the pace of a rollout is computed from. */
export interface Pace {
  readonly min: number;
  readonly warmUpSeconds: number;
  readonly checkpointSeconds: number;
}

/** The pace of the rollouts of a group of so many instances. */
export function paceOf(scope: IConstruct, min: number, props: FleetProps): Pace {
  const { warmUp = WARM_UP, checkpointDelay = "10 minutes" } = props;
  return {
    min,
    warmUpSeconds: requireDuration(scope, "warmUp", warmUp, "0 seconds", "1 hour"),
    checkpointSeconds: requireDuration(scope, "checkpointDelay", checkpointDelay, "0 seconds", "2 days"),
  };
}

/**
 * Instances are replaced by new ones that serve already: never fewer than before, and at least one more for the time of
 * the change, whatever the service makes of a fraction.
 */
export function healthy(min: number): AutoscalingGroupInstanceMaintenancePolicy {
  return { minHealthyPercentage: 100, maxHealthyPercentage: 100 + Math.max(10, Math.ceil(100 / min)) };
}

/**
 * Where a rollout waits: when the first instance is new, at half, and at the end.
 *
 * Rounded down, since a checkpoint is reached when at least so many per cent are new.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-adding-checkpoints-instance-refresh.html
 */
export function checkpoints(min: number): number[] {
  const first = Math.max(1, Math.floor(100 / min));
  return first < 50 ? [first, 50, 100] : [50, 100];
}

/**
 * How a new launch template reaches the instances: step by step, and back by itself where they do not become healthy or
 * one of the alarms rings.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 */
export function refresh(pace: Pace, alarms?: string[]): AutoscalingGroupInstanceRefresh {
  return {
    strategy: "Rolling",
    preferences: {
      ...healthy(pace.min),
      instanceWarmup: String(pace.warmUpSeconds),
      checkpointPercentages: checkpoints(pace.min),
      checkpointDelay: String(pace.checkpointSeconds),
      autoRollback: true,
      skipMatching: true,
      // An instance that somebody protected from scale-in still gets the new image; one taken out for a look does not.
      scaleInProtectedInstances: "Refresh",
      standbyInstances: "Ignore",
      ...(alarms && { alarmSpecification: { alarms } }),
    },
  };
}

/** What is wrong with the alarms that roll a rollout back. */
export function rollbackFaults(scope: IConstruct, names: readonly string[]): string[] {
  const got = names.length;
  if (got >= 1 && got <= MOST_ALARMS) return [];
  const mend =
    got === 0
      ? "watch something that pages, or leave the call out"
      : "after the last watch, give those that a bad image can set off: rollBackOn(alarms.pagesOf(entrance, fleet))";
  return [complaint(scope, { prop: "rollBackOn", must: `name 1 to ${MOST_ALARMS} alarms`, got, mend })];
}
