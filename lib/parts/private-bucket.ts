import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { requireWhole } from "../core/guard";
import { postureOf } from "../core/posture";
import { requireBucketName } from "./bucket-name";
import { Statement, policy } from "./policy";

/**
 * A lifecycle rule counts its days in 32 bits.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html
 */
export const LONGEST_DAYS = 2_147_483_647;

/** What a private bucket is told. */
export interface PrivateBucketProps {
  /** Known at synthesis: policies name the bucket by it. */
  readonly name: string;
  /** The ARN of a KMS key. @default - SSE-S3, the only encryption that some log writers support */
  readonly key?: string;
  /** Days after which an object goes. @default - it stays */
  readonly expireDays?: number;
  /** Days that an overwritten or deleted version can be had back. @default 30 */
  readonly versionDays?: number;
  /** The newest old versions of each object that stay for good, however old they are (1-100). @default - none */
  readonly versionsKept?: number;
  /** Days after which an object moves to a cheaper storage class, in the order of the moves. @default - it does not move */
  readonly transitions?: readonly { readonly storageClass: string; readonly days: number }[];
  /** Whether objects can be locked. It cannot change later. @default false */
  readonly lockable?: boolean;
  /** Another region that it stands in. @default - the region of the stack */
  readonly region?: string;
  /** @default - the provider's default tags alone */
  readonly tags?: Readonly<Record<string, string>>;
  /** What else the bucket policy says; `arn` is the bucket's. @default - nothing */
  readonly statements?: (arn: string) => readonly Statement[];
}

/** A bucket, its policy and its versions; what needs these waits for them. */
export interface PrivateBucket {
  readonly bucket: S3Bucket;
  readonly policy: S3BucketPolicy;
  readonly versioning: S3BucketVersioningA;
}

/**
 * A bucket that nobody outside reads or writes: no public access, no ACLs, TLS only, encrypted, with versions.
 *
 * S3 has no deletion protection: where the posture protects, Terraform refuses to delete the bucket, and S3 refuses
 * while something is in it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function privateBucket(scope: Construct, id: string, props: PrivateBucketProps): PrivateBucket {
  const { name, key, expireDays, versionDays = 30, versionsKept, statements = () => [] } = props;
  const { region, lockable = false, transitions = [], tags } = props;
  requireBucketName(scope, "name", name);
  requireWhole(scope, "versionDays", versionDays, 1, LONGEST_DAYS);
  if (expireDays !== undefined) requireWhole(scope, "expireDays", expireDays, 1, LONGEST_DAYS);
  if (versionsKept !== undefined) requireWhole(scope, "versionsKept", versionsKept, 1, 100);
  const part = (name: string) => (id === "Resource" ? name : `${id}-${name}`);
  const guarded = postureOf(scope).deletionProtection;
  const made = new S3Bucket(scope, id, {
    bucket: name,
    region,
    ...(lockable && { objectLockEnabled: true }),
    forceDestroy: !guarded,
    ...(tags && { tags: { ...tags } }),
    lifecycle: { preventDestroy: guarded },
  });
  const bucket = { bucket: made.bucket, region };
  new S3BucketOwnershipControls(scope, part("ownership"), {
    ...bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  const closed = new S3BucketPublicAccessBlock(scope, part("public-access"), {
    ...bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, part("encryption"), {
    ...bucket,
    rule: [
      {
        applyServerSideEncryptionByDefault: key
          ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: key }
          : { sseAlgorithm: "AES256" },
        bucketKeyEnabled: key !== undefined,
      },
    ],
  });
  const versioning = new S3BucketVersioningA(scope, part("versioning"), {
    ...bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketLifecycleConfiguration(scope, part("lifecycle"), {
    ...bucket,
    rule: [
      {
        id: "clear-away",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        noncurrentVersionExpiration: [{ noncurrentDays: versionDays, newerNoncurrentVersions: versionsKept }],
        ...(transitions.length > 0 && { transition: transitions.map((move) => ({ ...move })) }),
        // Where objects expire by age, S3 clears away the marks of the deleted ones by itself.
        expiration: [expireDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expireDays }],
      },
    ],
    dependsOn: [versioning],
  });
  return {
    bucket: made,
    versioning,
    policy: new S3BucketPolicy(scope, part("policy"), {
      ...bucket,
      policy: policy(tlsOnly(made.arn), ...statements(made.arn)),
      dependsOn: [closed],
    }),
  };
}

function tlsOnly(arn: string): Statement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
