import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Firewall } from "sre-constructs/network";

/** A search node: one group asks it, it reads from one bucket, and nothing else passes, either way. */
export function search(stack: TerraformStack, { vpcId }: Placement): Firewall {
  const firewall = new Firewall(stack, "search", { vpcId, description: "search nodes" });
  firewall.connectFrom({ securityGroupId: "sg-0123456789abcdef0" }, 9200, "the order service asks");
  firewall.allowTo({ prefixListId: "pl-6da54004" }, 443, "snapshots go to S3");
  return firewall;
}
