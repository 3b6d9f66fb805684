import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { requireForm } from "./guard";

/** Characters that do not stay in the address that cdktf makes of a path. */
const DROPPED = /[^A-Za-z0-9_-]/g;

/**
 * Refuses a path that Terraform cannot read: addresses are made from its ids, and descriptions quote it.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function requireAddress(construct: IConstruct): void {
  const { path, scopes } = construct.node;
  requireForm(construct, "id", path, /^(?!.*[$%]\{)/, "without ${ and %{, which Terraform reads as an expression");
  const [, first] = scopes.slice(scopes.indexOf(TerraformStack.of(construct)));
  if (first === undefined) return;
  // The first id decides: it is what the address begins with.
  const plain = first.node.id.replace(DROPPED, "");
  const form = "one that begins with a letter, as addresses of Terraform do";
  requireForm(construct, "id", plain, /^(?![\d-])/, form);
}
