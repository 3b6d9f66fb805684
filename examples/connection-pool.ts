import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { ConnectionPool, Postgres } from "sre-constructs/data";

/** Two hundred tasks with ten connections each share one database: a fifth of them is in a transaction at a time. */
export function pool(stack: TerraformStack, network: Placement): ConnectionPool {
  const database = new Postgres(stack, "orders", { network, instanceClass: "db.r7g.xlarge" });
  const orders = new ConnectionPool(stack, "pool", {
    of: database,
    network,
    load: { clients: 200, connectionsPerClient: 10, busyPercent: 20 },
  });
  orders.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the order service reads and writes");
  return orders;
}
