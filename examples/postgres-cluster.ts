import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { PostgresCluster } from "sre-constructs/data";

/** Payments: a writer and two standbys in three zones, each with 500 GiB; one group may connect. */
export function payments(stack: TerraformStack, network: Placement): PostgresCluster {
  const payments = new PostgresCluster(stack, "payments", {
    network,
    instanceClass: "db.r6gd.xlarge",
    storageGib: 500,
  });
  payments.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the payment service reads and writes");
  return payments;
}
