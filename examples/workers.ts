import { TerraformStack } from "cdktf";
import { Fleet } from "sre-constructs/compute";
import { Placement } from "sre-constructs/core";
import { Queue } from "sre-constructs/data";

/** Workers that come and go with what waits: 200 orders for each are done in time. */
export function workers(stack: TerraformStack, network: Placement): Fleet {
  const orders = new Queue(stack, "orders", { maxAge: "10 minutes" });
  return new Fleet(stack, "workers", {
    network,
    image: "ami-0a1b2c3d4e5f60718",
    scaleOn: { metric: (instances) => orders.backlogPerWorker(instances), target: 200 },
    may: [
      {
        Sid: "TakesOrders",
        Effect: "Allow",
        Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
        Resource: orders.arn,
      },
    ],
  });
}
