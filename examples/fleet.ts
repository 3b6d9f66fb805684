import { TerraformStack } from "cdktf";
import { Fleet } from "sre-constructs/compute";
import { Entrance, Placement } from "sre-constructs/core";

/** Instances for 900 requests a second, in three zones or in the two that are left; one group takes their queries. */
export function fleet(stack: TerraformStack, network: Placement, entrance: Entrance): Fleet {
  const orders = new Fleet(stack, "orders", {
    network,
    behind: entrance,
    image: "ami-0a1b2c3d4e5f60718",
    load: { peakRequestsPerSecond: 900, perInstance: 150 },
    warmUp: "90 seconds",
  });
  orders.connectTo({ securityGroupId: "sg-0123456789abcdef0", port: 5432 }, "orders are stored here");
  orders.rollBackOn([{ name: "orders-error-budget-burns" }]);
  return orders;
}
