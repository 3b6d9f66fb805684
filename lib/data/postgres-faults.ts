import { Fault } from "../core/fault";
import { Zone } from "../core/network";
import { FAILOVER } from "./postgres-recovery";

/** How a database with a standby is broken. */
export type PostgresFaults = { readonly [name in "failover" | "zoneFailover"]?: Fault };

/**
 * What tests the standby: a failover, alone and as a part of the outage of the zone that the instance stands in. An
 * instance without a standby comes back by a restore, which a restore test proves, not an experiment.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#rds-actions-reference
 */
export function postgresFaults(standby: boolean, identifier: string, zones: readonly Zone[]): PostgresFaults {
  if (!standby) return {};
  const reboot = {
    mechanism: FAILOVER.mechanism,
    action: "aws:rds:reboot-db-instances",
    parameters: { forceFailover: "true" },
    target: { key: "DBInstances", resourceType: "aws:rds:db", tags: { Name: identifier }, selection: "ALL" },
  };
  return {
    failover: { ...reboot, scenario: "instance", does: "the instance is rebooted with a failover to its standby" },
    zoneFailover: {
      ...reboot,
      scenario: "zone",
      zone: { zones, by: { filter: "AvailabilityZone" }, always: false },
      does: "an instance in the zone is rebooted with a failover to its standby",
    },
  };
}
