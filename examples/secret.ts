import { TerraformStack, TerraformVariable } from "cdktf";
import { Secret } from "sre-constructs/security";

/** What opens the payment provider. Its value comes as a variable, and stands in no plan and no state. */
export function secret(stack: TerraformStack): Secret {
  const token = new TerraformVariable(stack, "payment-token", { type: "string", sensitive: true });
  return new Secret(stack, "payments", {
    description: "token of the payment provider",
    value: token.stringValue,
    replicateTo: ["eu-central-1"],
  });
}
