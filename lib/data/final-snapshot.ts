import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

/**
 * A name for the final snapshot that no other one has: Terraform makes it up once and keeps it in the state. What replaces
 * a store gets another name, since the first has left its snapshot; `replacing` is what forces that.
 */
export function finalSnapshot(scope: Construct, identifier: string, replacing: Record<string, string>): string {
  // Not cdktf's DataResource: it asks the terraform binary for its version, and synthesis needs none.
  const unique = new TerraformResource(scope, "final-snapshot", { terraformResourceType: "terraform_data" });
  unique.addOverride("triggers_replace", { identifier, ...replacing });
  return `${identifier}-final-${unique.getStringAttribute("id")}`;
}
