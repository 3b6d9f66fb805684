import { TerraformStack } from "cdktf";
import { Queue, Topic } from "sre-constructs/data";

/** What happened to an order, in order: billing hears of payments only, the archive of everything. */
export function events(stack: TerraformStack): Topic {
  const orders = new Topic(stack, "orders", { fifo: true });
  orders.deliverTo(new Queue(stack, "billing", { fifo: true }), { filter: { kind: ["paid", "refunded"] } });
  orders.deliverTo(new Queue(stack, "archive", { fifo: true, maxAge: "4 hours" }));
  return orders;
}
