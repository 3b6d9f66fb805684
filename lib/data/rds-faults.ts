import { Fault } from "../core/fault";
import { Zone } from "../core/network";

/** How a cluster whose writer has others to hand over to is broken. */
export type ClusterFaults = { readonly [name in "failover" | "zoneFailover"]?: Fault };

/**
 * A failover of a cluster: of its own, and as a part of the outage of a zone. `mechanism` is the way back that it tests.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#rds-actions-reference
 */
export function clusterFaults(mechanism: string, clusterArn: string, zones: readonly Zone[]): ClusterFaults {
  const fault = {
    mechanism,
    action: "aws:rds:failover-db-cluster",
    target: { key: "Clusters", resourceType: "aws:rds:cluster", arns: [clusterArn], selection: "ALL" },
  };
  return {
    failover: { ...fault, scenario: "instance", does: "the writer hands over to a reader" },
    zoneFailover: {
      ...fault,
      scenario: "zone",
      // Another zone has the writer: then there is nothing to hand over.
      zone: { zones, by: { targetParameter: "writerAvailabilityZoneIdentifiers" }, always: false },
      does: "a writer in that zone hands over to a reader in another one",
    },
  };
}
