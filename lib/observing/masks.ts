import { CloudwatchLogDataProtectionPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-data-protection-policy";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";

/**
 * Masks what should not have been logged, for everyone without `logs:Unmask`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
export function mask(scope: Construct, logGroupName: string, masks: readonly string[]): void {
  if (masks.length === 0) return;
  for (const name of masks) {
    requireForm(scope, "masks", name, /^[A-Z][A-Za-z]+(-[A-Z]{2})?$/, "data identifiers of AWS, such as EmailAddress");
  }
  const DataIdentifier = masks.map((name) => `arn:aws:dataprotection::aws:data-identifier/${name}`);
  new CloudwatchLogDataProtectionPolicy(scope, "masks", {
    logGroupName,
    policyDocument: JSON.stringify({
      Name: "masks",
      Version: "2021-06-01",
      // AWS wants both, over the same identifiers.
      Statement: [
        { Sid: "Audit", DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } },
        { Sid: "Mask", DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    }),
  });
}
