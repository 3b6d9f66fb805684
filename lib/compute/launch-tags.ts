import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/**
 * The default tags of the stack's AWS provider.
 *
 * Terraform puts them on what it makes itself; a group launches its instances and volumes without it.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/19387
 */
export function defaultTags(scope: IConstruct): Readonly<Record<string, string>> {
  const provider = TerraformStack.of(scope)
    .allProviders()
    .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined);
  // By shape: the library imports no provider class to look one up.
  const { defaultTags: given } = (provider ?? {}) as { defaultTags?: { tags?: Record<string, string> }[] };
  return Array.isArray(given) ? Object.assign({}, ...given.map(({ tags }) => tags)) : {};
}
