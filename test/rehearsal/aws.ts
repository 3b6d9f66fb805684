import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { BackupClient } from "@aws-sdk/client-backup";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
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
    dynamoDb: new DynamoDBClient(setting),
    ec2: new EC2Client(setting),
    rds: new RDSClient(setting),
    route53: new Route53Client(setting),
    s3: new S3Client({ ...setting, forcePathStyle: true }),
    sqs: new SQSClient(setting),
  };
}
