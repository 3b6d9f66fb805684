import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { FileSystem } from "sre-constructs/data";

/** Uploads that all machines of the shop share, each as the same user; old ones move to cheaper storage. */
export function uploads(stack: TerraformStack, network: Placement): FileSystem {
  const files = new FileSystem(stack, "uploads", {
    network,
    accessPoints: { shop: { uid: 1000, gid: 1000 } },
    archiveAfterDays: 90,
    sizeGib: 400,
  });
  files.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the shop reads and writes uploads");
  return files;
}
