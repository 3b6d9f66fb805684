import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { Place } from "../../lib/core";

// The SDK says at its first use that it will want a newer node some day.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The emulated AWS of one environment, asked by the SDK as anybody else would. */
export type Aws = ReturnType<typeof awsOf>;

export function awsOf(endpoint: string, { account, region }: Place) {
  const setting = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "rehearsal" } };
  return {
    autoScaling: new AutoScalingClient(setting),
    backup: new BackupClient(setting),
    cloudWatch: new CloudWatchClient(setting),
    ec2: new EC2Client(setting),
    rds: new RDSClient(setting),
    route53: new Route53Client(setting),
  };
}
