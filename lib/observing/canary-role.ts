import { IConstruct } from "constructs";
import { arnOf, placeOf } from "../core/place";
import { Statement, mayPublish } from "../parts/policy";

/**
 * What a canary may do, and nothing else: it makes no log group, since one that Lambda made would keep lines for ever.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html
 */
export function canaryMay(
  scope: IConstruct,
  { name, bucketArn, keyArn }: { readonly name: string; readonly bucketArn: string; readonly keyArn: string },
): Statement[] {
  const { region } = placeOf(scope);
  return [
    {
      Sid: "KeepsArtifacts",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject"],
      Resource: `${bucketArn}/canary/*`,
    },
    { Sid: "FindsTheBucket", Effect: "Allow", Action: "s3:GetBucketLocation", Resource: bucketArn },
    {
      Sid: "EncryptsArtifacts",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
    {
      Sid: "WritesItsLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: arnOf(scope, "logs", `log-group:/aws/lambda/cwsyn-${name}-*`),
    },
    // The runtime lists buckets, and X-Ray knows no resources.
    {
      Sid: "ListsBucketsAndTraces",
      Effect: "Allow",
      Action: ["s3:ListAllMyBuckets", "xray:PutTraceSegments"],
      Resource: "*",
    },
    mayPublish("PublishesMetrics", "CloudWatchSynthetics"),
  ];
}
