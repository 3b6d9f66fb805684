import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import { PrivateBucket } from "../../parts/private-bucket";
import { serviceRole } from "../../parts/service-role";
import { REPLICATION_RULE } from "./bucket-signals";
import { ObjectLock } from "./object-lock";

/** A bucket, and the key that encrypts what lies in it. */
export interface Side {
  readonly made: PrivateBucket;
  readonly key: string;
}

/** The time within which AWS promises an object to be there; S3 knows no other. */
const MINUTES = 15;

/**
 * Replicates everything, deletions too, so that the replica shows what the source shows; what was deleted is an earlier
 * version there as here. Objects that were there before the rule are not replicated.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
 */
export function replicate(scope: Construct, from: Side, to: Side): void {
  const source = from.made.bucket;
  const destination = to.made.bucket;
  const role = serviceRole(scope, "replication", {
    service: "s3.amazonaws.com",
    may: [
      {
        Sid: "ReadRule",
        Effect: "Allow",
        Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
        Resource: source.arn,
      },
      {
        Sid: "ReadVersions",
        Effect: "Allow",
        Action: [
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionTagging",
          "s3:GetObjectRetention",
          "s3:GetObjectLegalHold",
        ],
        Resource: `${source.arn}/*`,
      },
      {
        Sid: "WriteReplicas",
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
        Resource: `${destination.arn}/*`,
      },
      { Sid: "Decrypt", Effect: "Allow", Action: "kms:Decrypt", Resource: from.key },
      { Sid: "Encrypt", Effect: "Allow", Action: ["kms:Encrypt", "kms:GenerateDataKey"], Resource: to.key },
    ],
    // S3 names neither account nor bucket when it takes the role.
    namesAccount: false,
  });
  new S3BucketReplicationConfigurationA(scope, "replication-rule", {
    bucket: source.bucket,
    role: role.arn,
    rule: [
      {
        id: REPLICATION_RULE,
        priority: 1,
        status: "Enabled",
        filter: { prefix: "" },
        deleteMarkerReplication: { status: "Enabled" },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
        destination: {
          bucket: destination.arn,
          storageClass: "STANDARD",
          encryptionConfiguration: { replicaKmsKeyId: to.key },
          replicationTime: { status: "Enabled", time: { minutes: MINUTES } },
          metrics: { status: "Enabled", eventThreshold: { minutes: MINUTES } },
        },
      },
    ],
    // S3 refuses a rule between buckets without versions.
    dependsOn: [from.made.versioning, to.made.versioning],
  });
}

/** Locks every new object of a bucket. */
export function lockObjects(scope: Construct, id: string, { made }: Side, lock: ObjectLock, region?: string): void {
  new S3BucketObjectLockConfigurationA(scope, id, {
    bucket: made.bucket.bucket,
    region,
    objectLockEnabled: "Enabled",
    rule: { defaultRetention: { mode: lock.mode, days: lock.days } },
    dependsOn: [made.versioning],
  });
}
