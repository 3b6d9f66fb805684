import { Figure } from "../core/figure";
import { Recoveries } from "../core/recovery";

const KEEPS_NOTHING: Figure<"0 seconds"> = {
  value: "0 seconds",
  basis: "configured",
  source: "a network keeps no data",
};

/** What a network survives: the loss of a zone only where no zone goes out through another. */
export function networkRecovers(everyZoneHasItsOwnWayOut: boolean): Recoveries {
  if (!everyZoneHasItsOwnWayOut) return {};
  return {
    zone: [
      {
        mechanism: "zonal independence: each zone has its own subnets, routes and NAT gateway",
        rpo: KEEPS_NOTHING,
        rto: {
          value: "0 seconds",
          basis: "configured",
          source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html (zone-independent)",
        },
        selfHealing: true,
      },
    ],
  };
}
