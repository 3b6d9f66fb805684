import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
  Measurable,
  Protected,
  Recoverable,
  Stateful,
  Watchable,
} from "../../core/declarations";
import { register } from "../../core/hook";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { Key } from "../../parts/key";
import { requireKeyArn } from "../../parts/key-arn";
import { notDeleted } from "../../parts/not-deleted";
import { privateBucket } from "../../parts/private-bucket";
import { orderedTransitions, requireBucket } from "./bucket-checks";
import { BucketProps } from "./bucket-props";
import { bucketFaults, bucketRecovers, bucketSla } from "./bucket-recovery";
import { Side, lockObjects, replicate } from "./bucket-replication";
import { EVERYTHING, WatchedBucket, bucketIndicators, bucketSignals } from "./bucket-signals";

/**
 * A bucket that survives the loss of a zone, a bad write and a careless delete; with `replicateTo`, the loss of a region.
 *
 * Private, TLS only, encrypted with a key of its own, every version kept for the posture's days. Where the posture
 * protects, the bucket and its versions are deleted by nobody, and its policy with them: who must, changes the policy
 * first. Its requests are counted, so that errors are seen.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class Bucket extends Construct implements Watchable, Measurable, Recoverable, Dependable, Breakable, Stateful {
  readonly bucket: S3Bucket;
  /** The same in the other region, where there is one. */
  readonly replica?: S3Bucket;
  private readonly props: BucketProps;
  private readonly watched: WatchedBucket;
  private readonly versionDays: number;

  constructor(scope: Construct, id: string, props: BucketProps = {}) {
    super(scope, id);
    register(this, props, "BucketProps");
    requireBucket(this, props);
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const { account, region } = placeOf(this);
    const { accessLogs, replicateTo, events = false } = props;
    this.props = props;
    this.versionDays = props.versionDays ?? postureOf(this).backupDays;

    const name = props.name ?? nameOf(this, "bucket", `${account}-${region}`);
    const source = this.side("Resource", name, props.key ?? new Key(this, "key").arn);
    this.bucket = source.made.bucket;
    if (replicateTo !== undefined) {
      const key = new Key(this, "replica-key", { region: replicateTo }).arn;
      const replica = this.side("replica", nameOf(this, "bucket", `${account}-${replicateTo}`), key, replicateTo);
      this.replica = replica.made.bucket;
      replicate(this, source, replica);
    }
    this.watched = {
      name,
      region,
      ...(replicateTo !== undefined && {
        replica: { name: nameOf(this, "bucket", `${account}-${replicateTo}`), region: replicateTo },
      }),
    };
    const { bucket } = this.bucket;
    new S3BucketMetric(this, "requests", { bucket, name: EVERYTHING });
    if (events) new S3BucketNotification(this, "events", { bucket, eventbridge: true });
    if (accessLogs !== undefined) {
      new S3BucketLoggingA(this, "access-logs", {
        bucket,
        targetBucket: accessLogs,
        targetPrefix: `${name}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      });
    }
  }

  get arn(): string {
    return this.bucket.arn;
  }

  get signals() {
    return bucketSignals(this.watched);
  }

  get indicators() {
    return bucketIndicators(this.watched);
  }

  get recovers() {
    const { sizeGib = 100 } = this.props;
    return bucketRecovers({ ...this.watched, versionDays: this.versionDays, sizeGib });
  }

  get sla() {
    return bucketSla(orderedTransitions(this.props).length > 0);
  }

  get faults() {
    return bucketFaults(this.watched.name, this.props.replicateTo);
  }

  get protects(): readonly Protected[] {
    const guards = postureOf(this).deletionProtection ? ["prevent_destroy", "bucket policy against deletion"] : [];
    const by = [...guards, "versions", ...(this.props.lock ? ["object lock"] : [])];
    const own: Protected = { type: "S3", arn: this.bucket.arn, name: this.bucket.bucketInput, backUp: true, by };
    if (!this.replica) return [own];
    return [own, { type: "S3", arn: this.replica.arn, backUp: { no: "it is the replica of what is backed up" }, by }];
  }

  /** One of the two buckets: what holds for one holds for the other. */
  private side(id: string, name: string, key: string, region?: string): Side {
    const { lock, expireDays, mayErase, replicateTo } = this.props;
    const guarded = postureOf(this).deletionProtection;
    const made = privateBucket(this, id, {
      name,
      key,
      region,
      versionDays: this.versionDays,
      expireDays,
      transitions: orderedTransitions(this.props),
      lockable: lock !== undefined,
      // An experiment finds what it keeps apart by this alone.
      ...(replicateTo !== undefined && region === undefined && { tags: { Name: name } }),
      statements: (arn) => (guarded ? notDeleted(arn, mayErase) : []),
    });
    const side = { made, key };
    if (lock) lockObjects(this, id === "Resource" ? "lock" : `${id}-lock`, side, lock, region);
    return side;
  }
}
