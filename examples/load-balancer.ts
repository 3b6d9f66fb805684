import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { LoadBalancer } from "sre-constructs/traffic";

/** HTTPS for one name; reports may take two minutes, so every timeout around them is longer. */
export function entrance(stack: TerraformStack, network: Placement): LoadBalancer {
  return new LoadBalancer(stack, "entrance", {
    network,
    domain: { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
    healthPath: "/health",
    slowestRequest: "2 minutes",
    idleTimeout: "150 seconds",
    targetKeepAlive: "3 minutes",
    deregistrationDelay: "3 minutes",
  });
}
