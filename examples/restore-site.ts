import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Postgres, RestoreSite } from "sre-constructs/data";

/** A database, and what stands ready in the stack of another region for the day its own region is lost. */
export function comesBack(stack: TerraformStack, network: Placement, elsewhere: TerraformStack, there: Placement) {
  const orders = new Postgres(stack, "orders", { network, replicateBackupsTo: "eu-central-1" });
  const site = new RestoreSite(elsewhere, "orders", { of: orders, network: there });
  site.allowFrom({ securityGroupId: "sg-0fedcba9876543210" }, "the order service there reads and writes");
}
