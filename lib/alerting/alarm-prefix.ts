import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** What the names of all alarms of a stack begin with: they are made from construct paths. */
export function alarmPrefix(construct: IConstruct): string {
  return `${TerraformStack.of(construct).node.path.replaceAll("/", "-")}-`;
}
