import { Fault } from "../../core/fault";
import { Zone } from "../../core/network";

/** How a database that has others to hand over to is broken. */
export type RdsFaults = { readonly [name in "failover" | "zoneFailover"]?: Fault };

type Action = Pick<Fault, "mechanism" | "action" | "target" | "parameters">;

/**
 * A failover of a cluster. `mechanism` is the way back that it tests.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#rds-actions-reference
 */
export function clusterFaults(mechanism: string, clusterArn: string, zones: readonly Zone[]): RdsFaults {
  const action = {
    mechanism,
    action: "aws:rds:failover-db-cluster",
    target: { key: "Clusters", resourceType: "aws:rds:cluster", arns: [clusterArn], selection: "ALL" },
  };
  return failovers(action, zones, {
    by: { targetParameter: "writerAvailabilityZoneIdentifiers" },
    alone: "the writer hands over to a reader",
    inZone: "a writer in that zone hands over to a reader in another one",
  });
}

/** A failover of an instance to its standby, found by the tag of its name. */
export function instanceFaults(mechanism: string, identifier: string, zones: readonly Zone[]): RdsFaults {
  const action = {
    mechanism,
    action: "aws:rds:reboot-db-instances",
    parameters: { forceFailover: "true" },
    target: { key: "DBInstances", resourceType: "aws:rds:db", tags: { Name: identifier }, selection: "ALL" },
  };
  return failovers(action, zones, {
    by: { filter: "AvailabilityZone" },
    alone: "the instance is rebooted with a failover to its standby",
    inZone: "an instance in the zone is rebooted with a failover to its standby",
  });
}

/**
 * The failover by itself, and as a part of the outage of a zone: where another zone has the writer, nothing is handed
 * over.
 */
function failovers(
  action: Action,
  zones: readonly Zone[],
  {
    by,
    alone,
    inZone,
  }: { readonly by: NonNullable<Fault["zone"]>["by"]; readonly alone: string; readonly inZone: string },
): RdsFaults {
  return {
    failover: { ...action, scenario: "instance", does: alone },
    zoneFailover: { ...action, scenario: "zone", zone: { zones, by, always: false }, does: inZone },
  };
}
