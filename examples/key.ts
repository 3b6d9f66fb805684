import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformStack } from "cdktf";
import { Key } from "sre-constructs/security";

/** A key for messages about orders; alarms and events publish under it by themselves. */
export function key(stack: TerraformStack): Key {
  const key = new Key(stack, "messages", { description: "messages about orders", usedBy: ["alarms", "events"] });
  new SnsTopic(stack, "topic", { name: "orders", kmsMasterKeyId: key.arn });
  return key;
}
