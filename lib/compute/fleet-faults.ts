import { Fault, FaultTarget } from "../core/fault";
import { Recoveries } from "../core/recovery";
import { Capacity } from "./fleet-capacity";
import { FleetProps } from "./fleet-props";
import { stressFaults } from "./fleet-stress-faults";

/** How long a zone that is lost gets no new instances. */
const OUTAGE = "PT10M";

const STOPS = {
  action: "aws:ec2:stop-instances",
  parameters: { completeIfInstancesTerminated: "true", startInstancesAfterDuration: OUTAGE },
};

/** How a fleet is broken: where a claim does not hold in this posture, what would test it is missing as well. */
export interface FleetFaults {
  readonly [name: string]: Fault;
}

/**
 * What tests the claims of a fleet: one instance that is gone, one that stops, or one that AWS takes back, and a zone that
 * loses all of its instances and gets no new ones for ten minutes; on request what only makes instances slow or weak.
 * Instances are found by the name that they carry.
 *
 * A spot instance of a group cannot be stopped: where there are any, a zone loses its instances for good.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#ec2-actions-reference
 */
export function fleetFaults(
  { instance: fromInstance = [], zone: fromZone = [] }: Recoveries,
  { min, zones }: Capacity,
  name: string,
  { network, spot }: Pick<FleetProps, "network" | "spot">,
): FleetFaults {
  const instances = (selection: string, key = "Instances", resourceType = "aws:ec2:instance"): FaultTarget => ({
    key,
    resourceType,
    tags: { Name: name },
    filters: { "State.Name": ["running"] },
    selection,
  });
  const [carriedOn] = fromInstance;
  const replaced = fromInstance[fromInstance.length - 1];
  return {
    lostInstance: {
      scenario: "instance",
      mechanism: carriedOn.mechanism,
      action: "aws:ec2:terminate-instances",
      target: instances("COUNT(1)"),
      does: "one instance is terminated",
    },
    ...(spot
      ? {
          spotInterruption: {
            scenario: "instance",
            mechanism: replaced.mechanism,
            action: "aws:ec2:send-spot-instance-interruptions",
            parameters: { durationBeforeInterruption: "PT2M" },
            target: instances("COUNT(1)", "SpotInstances", "aws:ec2:spot-instance"),
            does: "one spot instance is taken back at two minutes' notice; without one, the experiment fails",
          },
        }
      : {
          stoppedInstance: {
            scenario: "instance",
            mechanism: replaced.mechanism,
            ...STOPS,
            target: instances("COUNT(1)"),
            does: "one instance stops, and does not say why",
          },
        }),
    ...(fromZone.length > 0 && zoneFaults(fromZone[0].mechanism, { min, zones }, instances("ALL"), { network, spot })),
    ...stressFaults({
      mechanism: carriedOn.mechanism,
      zoneMechanism: fromZone[0]?.mechanism,
      name,
      min,
      zones: Object.keys(network.zones).sort(),
    }),
  };
}

function zoneFaults(
  mechanism: string,
  { min, zones: count }: Pick<Capacity, "min" | "zones">,
  instances: FaultTarget,
  { network, spot }: Pick<FleetProps, "network" | "spot">,
): FleetFaults {
  const zones = Object.keys(network.zones).sort();
  return {
    zoneStopped: {
      scenario: "zone",
      mechanism,
      ...(spot
        ? { action: "aws:ec2:terminate-instances", does: "its instances in the zone are terminated" }
        : { ...STOPS, does: "its instances in the zone stop" }),
      target: instances,
      zone: { zones, by: { filter: "Placement.AvailabilityZone" }, always: min >= count },
    },
    zoneFull: {
      scenario: "zone",
      mechanism,
      action: "aws:ec2:asg-insufficient-instance-capacity-error",
      parameters: { duration: OUTAGE, percentage: "100" },
      target: {
        key: "AutoScalingGroups",
        resourceType: "aws:ec2:autoscaling-group",
        tags: { ...instances.tags },
        selection: "ALL",
      },
      // The group is there whatever happens, but where a zone had no instance, none is lost.
      zone: { zones, by: { actionParameter: "availabilityZoneIdentifiers" }, always: false },
      does: "for ten minutes the zone has no capacity for new instances",
    },
  };
}
