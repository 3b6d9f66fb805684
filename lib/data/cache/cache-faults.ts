import { Fault } from "../../core/fault";
import { FAILOVER } from "./cache-recovery";

/** How a cache with replicas is broken. */
export type CacheFaults = { readonly [name in "failover" | "zonePower"]?: Fault };

/**
 * What tests the replicas: the loss of the nodes in one zone, alone and as a part of the outage of that zone. The service
 * finds a cache by its tags alone, and breaks it by zone alone. The first zone is the one that the primary is made in: where
 * it has moved since, it is a replica that is lost, and the outage of its zone tests the failover.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#elasticache-actions-reference
 */
export function cacheFaults(
  identifier: string,
  replicas: number,
  zones: { readonly held: readonly string[]; readonly all: readonly string[] },
): CacheFaults {
  if (replicas === 0) return {};
  const known = zones.held.length > 0;
  const standsIn = known ? zones.held : zones.all;
  const target = {
    key: "ReplicationGroups",
    resourceType: "aws:elasticache:replicationgroup",
    tags: { Name: identifier },
    selection: "ALL",
  };
  const power = {
    mechanism: FAILOVER,
    action: "aws:elasticache:replicationgroup-interrupt-az-power",
    parameters: { duration: "PT10M" },
  };
  return {
    failover: {
      ...power,
      scenario: "instance",
      target: { ...target, parameters: { availabilityZoneIdentifier: standsIn[0] } },
      does: `its nodes in ${standsIn[0]}, where the primary is made, lose power for ten minutes`,
    },
    zonePower: {
      ...power,
      scenario: "zone",
      target,
      zone: { zones: standsIn, by: { targetParameter: "availabilityZoneIdentifier" }, always: known },
      does: "the nodes in the zone lose power for ten minutes, and a replica elsewhere takes over",
    },
  };
}
