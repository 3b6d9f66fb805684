import { TerraformStack } from "cdktf";
import { ImageReplication, ImageRepository } from "sre-constructs/compute";

/** Images of orders for two accounts and two regions: releases stay, what a pull request leaves behind goes. */
export function images(stack: TerraformStack): ImageRepository {
  const orders = new ImageRepository(stack, "orders", {
    keep: { "v*": 100, "pr-*": 10 },
    pulledBy: ["222222222222"],
    pushedBy: ["arn:aws:iam::444444444444:role/pipeline"],
    replicateTo: "eu-central-1",
  });
  new ImageReplication(stack, "replication", { of: [orders] });
  return orders;
}
