import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { PrivateBucket, privateBucket } from "../parts/private-bucket";

/**
 * A bucket that only the log delivery of load balancers writes to, for load balancers of this account.
 *
 * SSE-S3: the service cannot write under any other encryption. No table of account ids: the service principal holds in
 * every region.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function accessLogs(scope: Construct): PrivateBucket {
  const { account, region } = placeOf(scope);
  return privateBucket(scope, "access-logs", {
    // Bucket names are taken once in all the world.
    name: nameOf(scope, "bucket", `logs-${account}-${region}`),
    expireDays: postureOf(scope).logDays,
    statements: (arn) => [
      {
        Sid: "WrittenByLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${account}/*`,
      },
    ],
  });
}
