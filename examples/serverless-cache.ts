import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { ServerlessCache } from "sre-constructs/data";

/** Pages, which can be made again: paid by what is kept and asked, up to 20 GB. */
export function pages(stack: TerraformStack, network: Placement): ServerlessCache {
  const cache = new ServerlessCache(stack, "pages", { network, maxGb: 20, maxEcpuPerSecond: 50_000 });
  cache.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the shop keeps its pages here");
  return cache;
}
