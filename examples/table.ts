import { TerraformStack } from "cdktf";
import { Table } from "sre-constructs/data";

/** Orders by customer and by status, in two regions that both read and write. */
export function table(stack: TerraformStack): Table {
  return new Table(stack, "orders", {
    partitionKey: { name: "customer", type: "S" },
    sortKey: { name: "placedAt", type: "N" },
    indexes: { "by-status": { partitionKey: { name: "status", type: "S" }, projects: "KEYS_ONLY" } },
    onDemandLimit: { reads: 4000, writes: 1000 },
    ttlAttribute: "expiresAt",
    replicas: ["eu-central-1"],
  });
}
