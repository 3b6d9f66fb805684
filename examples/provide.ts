import { App, TerraformStack } from "cdktf";
import { PRODUCTION } from "sre-constructs/core";
import { Key } from "sre-constructs/security";
import { provide } from "sre-constructs/stack";

/** A stack of one environment: the plan reaches no other account, and its state has a place of its own. */
export function foundation(app: App): TerraformStack {
  const stack = new TerraformStack(app, "foundation-prod");
  provide(stack, {
    name: "prod",
    service: "orders",
    owner: "team-orders",
    costCentre: "retail-4711",
    account: "333333333333",
    region: "eu-west-1",
    posture: { ...PRODUCTION, zones: 2 },
    state: { bucket: "orders-prod-state-333333333333" },
  });
  new Key(stack, "key", { description: "what the services of the environment share" });
  return stack;
}
