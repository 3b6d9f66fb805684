import { IConstruct } from "constructs";
import { requireForm } from "../core/guard";

const FORM = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/(mrk-)?[\da-f-]+$/;

/**
 * Refuses what is no ARN of a KMS key. Services answer with the key where they were given an alias, which Terraform would
 * take for a change in every plan. Tokens pass.
 */
export function requireKeyArn(scope: IConstruct, prop: string, arn: string): void {
  requireForm(scope, prop, arn, FORM, "the ARN of a KMS key, not of an alias");
}
