import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { Protected, Stateful, Watchable } from "../core/declarations";
import { requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { notDeleted } from "../parts/not-deleted";
import { LONGEST_DAYS, privateBucket } from "../parts/private-bucket";
import { serviceRole } from "../parts/service-role";
import { ArchiveStream } from "./archive";
import { archiveSignals } from "./log-archive-signals";

/** What a {@link LogArchive} can be told. */
export interface LogArchiveProps {
  /** Days that lines are kept; at least as many as log groups keep them. */
  readonly keepDays: number;
  /** The name of the bucket. @default - by the construct path, account and region */
  readonly bucket?: string;
  /** The ARN of a KMS key. @default - a key of its own */
  readonly key?: string;
}

/** Days before lines move to where they cost less, and days that S3 charges there at least. */
const COLD = { after: 90, least: 90, storageClass: "GLACIER_IR" } as const;

/**
 * Where the lines of all log groups of an account and region end up: a private bucket that a stream writes to, encrypted,
 * kept for a stated time, cheaper after a quarter, and not deleted where the posture protects.
 *
 * Lines are searched in their log group while that keeps them; here they are evidence, an object every five minutes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample
 */
export class LogArchive extends Construct implements ArchiveStream, Watchable, Stateful {
  readonly service = "firehose";
  readonly bucket: S3Bucket;
  readonly stream: KinesisFirehoseDeliveryStream;
  private readonly streamName: string;

  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    register(this, props, "LogArchiveProps");
    const { account, region } = placeOf(this);
    const { keepDays, bucket = nameOf(this, "bucket", `${account}-${region}`), key } = props;
    const { logDays, deletionProtection } = postureOf(this);
    requireWhole(this, "keepDays", keepDays, logDays, LONGEST_DAYS, "an archive outlives the log groups");
    if (key !== undefined) requireKeyArn(this, "key", key);

    const keyArn = key ?? new Key(this, "key").arn;
    const isCold = keepDays >= COLD.after + COLD.least;
    const made = privateBucket(this, "Resource", {
      name: bucket,
      key: keyArn,
      expireDays: keepDays,
      transitions: isCold ? [{ storageClass: COLD.storageClass, days: COLD.after }] : [],
      statements: (arn) => (deletionProtection ? notDeleted(arn) : []),
    });
    this.bucket = made.bucket;
    const role = serviceRole(this, "stream-role", {
      service: "firehose.amazonaws.com",
      may: [
        {
          Sid: "WriteTheArchive",
          Effect: "Allow",
          Action: [
            "s3:AbortMultipartUpload",
            "s3:GetBucketLocation",
            "s3:ListBucket",
            "s3:ListBucketMultipartUploads",
            "s3:PutObject",
          ],
          Resource: [this.bucket.arn, `${this.bucket.arn}/*`],
        },
        { Sid: "Encrypt", Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keyArn },
      ],
    });
    this.streamName = nameOf(this, "delivery-stream");
    this.stream = new KinesisFirehoseDeliveryStream(this, "stream", {
      name: this.streamName,
      destination: "extended_s3",
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn },
      extendedS3Configuration: {
        bucketArn: this.bucket.arn,
        roleArn: role.arn,
        prefix: "lines/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "undelivered/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        bufferingInterval: 300,
        bufferingSize: 64,
        // CloudWatch Logs sends lines that are compressed already.
        compressionFormat: "UNCOMPRESSED",
      },
      dependsOn: [made.policy],
    });
  }

  get arn(): string {
    return this.stream.arn;
  }

  get signals() {
    return archiveSignals(this.streamName);
  }

  get protects(): readonly Protected[] {
    const no = "it is the copy: what it holds is written once and read in inquiries";
    const guarded = postureOf(this).deletionProtection;
    const by = ["versions", ...(guarded ? ["prevent_destroy", "bucket policy against deletion"] : [])];
    return [{ type: "S3", arn: this.bucket.arn, backUp: { no }, by }];
  }
}
