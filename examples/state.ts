import { TerraformStack } from "cdktf";
import { StateBucket } from "sre-constructs/state";

/** Where the states of an account are kept, with two years of their versions. */
export function state(stack: TerraformStack): StateBucket {
  return new StateBucket(stack, "state-bucket", { bucket: "orders-example-state", versionDays: 730 });
}
