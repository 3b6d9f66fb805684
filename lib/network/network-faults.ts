import { Fault } from "../core/fault";
import { Zone } from "../core/network";
import { Recoveries } from "../core/recovery";

/** What the subnets of a network are found by. */
export interface SubnetTags {
  readonly Network: string;
}

/**
 * How a zone of a network is taken away, and how the way to another region is.
 *
 * For two minutes nothing gets into the subnets of the zone, or out of them, as in the outage of a zone that AWS publishes;
 * only where its loss is claimed to be survived. A region is cut off for the private subnets, where requests begin: more
 * subnets than six need a higher quota. The network claims nothing of it; what is replicated to there does.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/az-availability-scenario.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/cross-region-scenario.html
 */
export function networkFaults(
  { zone: claims = [] }: Recoveries,
  zones: readonly Zone[],
  tags: SubnetTags,
): { readonly zoneDisconnected?: Fault; readonly regionDisconnected: Fault } {
  const subnets = { key: "Subnets", resourceType: "aws:ec2:subnet", selection: "ALL" };
  return {
    ...(claims.length > 0 && {
      zoneDisconnected: {
        scenario: "zone",
        mechanism: claims[0].mechanism,
        action: "aws:network:disrupt-connectivity",
        parameters: { duration: "PT2M", scope: "all" },
        target: { ...subnets, tags: { ...tags } },
        zone: { zones, by: { targetParameter: "availabilityZoneIdentifier" }, always: true },
        does: "for two minutes nothing gets into its subnets of the zone, or out of them",
      },
    }),
    regionDisconnected: {
      scenario: "region",
      action: "aws:network:route-table-disrupt-cross-region-connectivity",
      parameters: { duration: "PT10M" },
      target: { ...subnets, tags: { ...tags, Tier: "private" } },
      region: { actionParameter: "region" },
      does: "nothing that its private subnets send reaches the region",
    },
  };
}
