import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Postgres } from "sre-constructs/data";

/** A database of 200 GiB that may grow to a terabyte; one group may connect. */
export function database(stack: TerraformStack, network: Placement): Postgres {
  const orders = new Postgres(stack, "orders", {
    network,
    instanceClass: "db.r7g.xlarge",
    storageGib: 200,
    maxStorageGib: 1000,
  });
  orders.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the order service reads and writes");
  return orders;
}
