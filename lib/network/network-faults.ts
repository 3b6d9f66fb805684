import { Fault } from "../core/fault";
import { Zone } from "../core/network";
import { Recoveries } from "../core/recovery";

/** What the subnets of a network are found by. */
export interface SubnetTags {
  readonly Network: string;
}

/**
 * How a zone of a network is taken away: for two minutes nothing gets into its subnets, or out of them, as in the outage
 * of a zone that AWS publishes. Only where its loss is claimed to be survived.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/az-availability-scenario.html
 */
export function networkFaults(
  { zone: claims = [] }: Recoveries,
  zones: readonly Zone[],
  tags: SubnetTags,
): { readonly zoneDisconnected?: Fault } {
  if (claims.length === 0) return {};
  return {
    zoneDisconnected: {
      scenario: "zone",
      mechanism: claims[0].mechanism,
      action: "aws:network:disrupt-connectivity",
      parameters: { duration: "PT2M", scope: "all" },
      target: { key: "Subnets", resourceType: "aws:ec2:subnet", tags: { ...tags }, selection: "ALL" },
      zone: { zones, by: { targetParameter: "availabilityZoneIdentifier" }, always: true },
      does: "for two minutes nothing gets into its subnets of the zone, or out of them",
    },
  };
}
