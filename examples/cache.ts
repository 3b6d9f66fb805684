import { TerraformStack } from "cdktf";
import { Placement } from "sre-constructs/core";
import { Cache } from "sre-constructs/data";

/** Sessions, which are nowhere else: a replica in each other zone, snapshots, and nothing is thrown out. */
export function sessions(stack: TerraformStack, network: Placement): Cache {
  const cache = new Cache(stack, "sessions", {
    network,
    nodeType: "cache.m7g.large",
    holds: "data",
    users: {
      shop: "on ~session:* -@all +@read +@write +@connection",
      support: "on ~session:* -@all +@read +@connection",
    },
  });
  cache.allowFrom({ securityGroupId: "sg-0123456789abcdef0" }, "the shop keeps its sessions here");
  return cache;
}
