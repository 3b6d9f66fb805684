import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { runbookPath } from "../review/runbooks";

/** Where the page of a signal is read, or all pages of a construct; `runbooks` is where they are published. */
export function runbookAddress(runbooks: string, construct: IConstruct, signal?: string): string {
  return `${runbooks}/${runbookPath(TerraformStack.of(construct).node.id, construct.node.path, signal)}`;
}
