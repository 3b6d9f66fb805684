import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Aurora } from "sre-constructs/data";

/** Orders in PostgreSQL: a writer, two readers in other zones, and up to four more that come with the load. */
export function cluster(stack: TerraformStack, network: Placement): Aurora {
  const orders = new Aurora(stack, "orders", {
    network,
    engine: "postgresql",
    instanceClass: "db.r7g.xlarge",
    readers: 2,
    readerScaling: { max: 6 },
    sizeGib: 500,
  });
  orders.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the order service reads and writes");
  return orders;
}
