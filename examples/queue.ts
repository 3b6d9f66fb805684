import { TerraformStack } from "cdktf";
import { Queue } from "sre-constructs/data";

/** Orders that a function with a timeout of one minute takes; none may wait longer than ten. */
export function intake(stack: TerraformStack): Queue {
  const orders = new Queue(stack, "orders", {
    consumerTimeout: "1 minute",
    maxAge: "10 minutes",
    messagesPerSecond: 50,
  });
  orders.allowSendFrom({ ruleArn: "arn:aws:events:eu-west-1:111122223333:rule/orders-from-the-shop" });
  return orders;
}
