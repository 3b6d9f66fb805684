import { IConstruct } from "constructs";
import { requireForm } from "../core/guard";

/** Refuses what is no ARN of an SNS topic. Tokens pass. */
export function requireTopicArn(scope: IConstruct, prop: string, arn: string): void {
  requireForm(scope, prop, arn, /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/, "the ARN of an SNS topic");
}
