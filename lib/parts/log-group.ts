import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct, IConstruct } from "constructs";
import { requireForm, requireOneOf } from "../core/guard";
import { postureOf } from "../core/posture";

/**
 * Days that CloudWatch Logs can keep.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
].map(String);

/**
 * Refuses what CloudWatch Logs takes for no name of a group, or keeps for itself. Tokens pass.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export function requireLogGroupName(scope: IConstruct, prop: string, got: string): void {
  requireForm(scope, prop, got, /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/, "1 to 512 letters, digits and . - _ / #");
}

/** An encrypted log group that forgets after the posture's days. */
export function logGroup(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly keyArn: string; readonly days?: number; readonly region?: string },
): CloudwatchLogGroup {
  const { name, keyArn, days = postureOf(scope).logDays, region } = props;
  requireOneOf(scope, "logDays", String(days), RETENTIONS);
  return new CloudwatchLogGroup(scope, id, { name, kmsKeyId: keyArn, retentionInDays: days, region });
}
