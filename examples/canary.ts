import { TerraformStack } from "cdktf";
import { Alarms } from "sre-constructs/alerting";
import { Canary } from "sre-constructs/observing";

/** Asks the shop from outside each minute; what nobody uses at night is measured all the same. */
export function canary(stack: TerraformStack): Canary {
  const shop = new Canary(stack, "shop", {
    address: "https://shop.example.com",
    paths: [{ path: "/healthz" }, { path: "/offers", text: "Offers" }],
    every: "1 minute",
  });
  const topic = "arn:aws:sns:eu-west-1:111122223333";
  new Alarms(stack, "alarms", { notify: { page: `${topic}:page`, ticket: `${topic}:ticket` } }).watch(shop);
  return shop;
}
