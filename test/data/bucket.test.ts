import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketMetric } from "@cdktf/provider-aws/lib/s3-bucket-metric";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { Bucket, BucketProps, ObjectLock } from "../../lib/data";
import { Config, synth } from "../synth";

const NAME = "test-uploads-111122223333-eu-west-1";
const COPY = "test-uploads-111122223333-eu-central-1";

function bucket(props: BucketProps = {}, posture: Partial<Posture> = {}) {
  let made!: Bucket;
  const stack = synth((scope) => (made = new Bucket(scope, "uploads", props)), { posture });
  return { stack, made };
}

const statements = ({ policy }: Config): Config[] => JSON.parse(policy).Statement;
const erasing = (config: Config) => statements(config).find(({ Sid }) => Sid === "NothingIsDeleted");
const replicated = (props: BucketProps = {}) => bucket({ replicateTo: "eu-central-1", ...props });

test("nobody outside reads or writes it, and nobody without TLS", () => {
  const { stack } = bucket();
  expect(stack.the(S3Bucket).bucket).toBe(NAME);
  expect(stack.the(S3BucketPublicAccessBlock)).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(statements(stack.the(S3BucketPolicy))[0]).toMatchObject({
    Effect: "Deny",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
});

test("it is encrypted with a key of its own, or with the one it is given", () => {
  const keyOf = (props: BucketProps) => {
    const [rule] = bucket(props).stack.the(S3BucketServerSideEncryptionConfigurationA).rule;
    return [rule.apply_server_side_encryption_by_default, rule.bucket_key_enabled];
  };
  expect(keyOf({})).toEqual([
    { sse_algorithm: "aws:kms", kms_master_key_id: expect.stringMatching(/aws_kms_key\.uploads_key_\w+\.arn/) },
    true,
  ]);
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  expect(keyOf({ key })[0]).toMatchObject({ kms_master_key_id: key });
});

test("an overwritten object can be had back for the days of the posture", () => {
  const days = (props: BucketProps, posture: Partial<Posture> = {}) =>
    bucket(props, posture).stack.the(S3BucketLifecycleConfiguration).rule[0].noncurrent_version_expiration[0]
      .noncurrent_days;
  expect([days({}), days({}, DEVELOPMENT), days({ versionDays: 90 })]).toEqual([35, 1, 90]);
  expect(bucket().stack.the(S3BucketVersioningA).versioning_configuration.status).toBe("Enabled");
});

test("objects move to cheaper storage in the order of S3, and half an upload goes", () => {
  const { stack } = bucket({ transitions: { GLACIER_IR: 180, STANDARD_IA: 30 }, expireDays: 365 });
  const [rule] = stack.the(S3BucketLifecycleConfiguration).rule;
  expect(rule).toMatchObject({
    transition: [
      { storage_class: "STANDARD_IA", days: 30 },
      { storage_class: "GLACIER_IR", days: 180 },
    ],
    expiration: [{ days: 365 }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  });
});

test("in production bucket, versions and policy are deleted by nobody, in development by who may", () => {
  const { stack } = bucket();
  expect(stack.the(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  expect(erasing(stack.the(S3BucketPolicy))).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"],
  });
  expect(erasing(stack.the(S3BucketPolicy))).not.toHaveProperty("Condition");
  const thrifty = bucket({}, DEVELOPMENT).stack;
  expect(erasing(thrifty.the(S3BucketPolicy))).toBeUndefined();
  expect(thrifty.the(S3Bucket)).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
});

test("who must forget on request may delete versions, and still not the bucket", () => {
  const eraser = "arn:aws:iam::111122223333:role/privacy";
  const made = statements(bucket({ mayErase: [eraser] }).stack.the(S3BucketPolicy));
  const denied = (action: string) => made.find(({ Action }) => [Action].flat().includes(action))!;
  expect(denied("s3:DeleteObjectVersion").Condition).toEqual({ ArnNotLike: { "aws:PrincipalArn": [eraser] } });
  expect(denied("s3:DeleteBucket").Condition).toBeUndefined();
});

test("another region has every object within 15 minutes, encrypted by a key that stands there", () => {
  const { stack } = replicated();
  const { rule, depends_on: waits } = stack.the(S3BucketReplicationConfigurationA);
  expect(rule).toHaveLength(1);
  expect(rule[0]).toMatchObject({
    status: "Enabled",
    delete_marker_replication: { status: "Enabled" },
    source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
    destination: {
      bucket: expect.stringMatching(/aws_s3_bucket\.uploads_replica_\w+\.arn/),
      encryption_configuration: { replica_kms_key_id: expect.stringMatching(/uploads_replica-key_/) },
      replication_time: { status: "Enabled", time: { minutes: 15 } },
      metrics: { status: "Enabled", event_threshold: { minutes: 15 } },
    },
  });
  expect(waits.filter((address: string) => address.startsWith("aws_s3_bucket_versioning"))).toHaveLength(2);
  expect(stack.at(KmsKey, "uploads/replica-key/Resource").region).toBe("eu-central-1");
});

test("all that makes the replica stands in its region, and all that holds for the source holds there", () => {
  const { stack } = replicated();
  const there = Object.values(stack.json.resource as Record<string, Record<string, Config>>)
    .flatMap((configs) => Object.values(configs))
    .filter((config) => /\/replica($|-)/.test(config["//"].metadata.path.replace("/Resource", "")));
  const types = there.map(({ region }) => region);
  expect(types.length).toBeGreaterThanOrEqual(7);
  expect(new Set(types)).toEqual(new Set(["eu-central-1"]));
  expect(stack.at(S3Bucket, "uploads/replica")).toMatchObject({ bucket: COPY, lifecycle: { prevent_destroy: true } });
  expect(erasing(stack.at(S3BucketPolicy, "uploads/replica-policy"))).toBeDefined();
});

test("the role of the replication reads here, writes there, and nothing else", () => {
  const { stack } = replicated();
  expect(JSON.parse(stack.the(IamRole).assume_role_policy).Statement[0].Principal).toEqual({
    Service: "s3.amazonaws.com",
  });
  const may = statements(stack.the(IamRolePolicy));
  expect(may.every(({ Resource }) => Resource !== "*")).toBe(true);
  const on = (Sid: string) => may.find((statement) => statement.Sid === Sid)!.Resource;
  expect(on("WriteReplicas")).toMatch(/uploads_replica_\w+\.arn\}\/\*$/);
  expect(on("Decrypt")).toMatch(/aws_kms_key\.uploads_key_/);
  expect(on("Encrypt")).toMatch(/aws_kms_key\.uploads_replica-key_/);
});

test("audit data is locked on both sides, where nobody can take the lock off if it is so told", () => {
  const { stack } = replicated({ lock: ObjectLock.compliance({ days: 3653, iUnderstandThisIsIrreversible: true }) });
  for (const { object_lock_enabled: enabled } of Object.values(stack.all(S3Bucket))) expect(enabled).toBe(true);
  const locks = stack.all(S3BucketObjectLockConfigurationA);
  expect(Object.keys(locks).sort()).toEqual(["uploads/lock", "uploads/replica-lock"]);
  for (const { rule } of Object.values(locks)) {
    expect(rule.default_retention).toEqual({ mode: "COMPLIANCE", days: 3653 });
  }
  const { rule } = bucket({ lock: ObjectLock.governance({ days: 30 }) }).stack.the(S3BucketObjectLockConfigurationA);
  expect(rule.default_retention.mode).toBe("GOVERNANCE");
  expect(bucket().stack.counts.aws_s3_bucket_object_lock_configuration).toBeUndefined();
});

test("requests are counted, listed in another bucket and told to EventBridge where that is wanted", () => {
  const { stack, made } = bucket({ accessLogs: "orders-access-logs", events: true });
  const { name } = stack.the(S3BucketMetric);
  expect(made.signals.serverErrors.measure.ratio.bad[0].dimensions).toEqual({ BucketName: NAME, FilterId: name });
  expect(stack.the(S3BucketLoggingA)).toMatchObject({ target_bucket: "orders-access-logs", target_prefix: `${NAME}/` });
  expect(stack.the(S3BucketNotification).eventbridge).toBe(true);
  const bare = bucket().stack.counts;
  expect([bare.aws_s3_bucket_logging, bare.aws_s3_bucket_notification]).toEqual([undefined, undefined]);
});

test("only a replica survives the loss of the region; a bad write is undone by an earlier version", () => {
  const { recovers } = replicated({ sizeGib: 400 }).made;
  expect(recovers.region).toMatchObject([{ rpo: { value: "15 minutes", basis: "sla" } }]);
  expect(recovers.corruption).toMatchObject([{ mechanism: "earlier versions", rto: { value: "4 hours" } }]);
  expect(bucket().made.recovers.region).toBeUndefined();
});

test("AWS promises less of what is moved to cheaper storage", () => {
  expect(bucket().made.sla.value).toBe(99.9);
  expect(bucket({ transitions: { INTELLIGENT_TIERING: 0 } }).made.sla.value).toBe(99);
});

test("what the replica claims can be put to the test, without one there is nothing to pause", () => {
  const { faults, recovers } = replicated().made;
  expect(faults.pausedReplication).toMatchObject({
    action: "aws:s3:bucket-pause-replication",
    parameters: { region: "eu-central-1" },
    target: { key: "Buckets", resourceType: "aws:s3:bucket" },
  });
  expect(recovers.region!.map(({ mechanism }) => mechanism)).toContain(faults.pausedReplication!.mechanism);
  expect(bucket().made.faults).toEqual({});
});

test("a replica is not backed up once more", () => {
  const { made, stack } = replicated();
  expect(made.protects.map(({ backUp }) => backUp)).toEqual([true, { no: expect.stringContaining("replica") }]);
  expect(Object.keys(stack.all(S3Bucket))).toHaveLength(made.protects.length);
});

test("CloudWatch takes an alarm on each of its signals, the way to the replica among them", () => {
  const stack = synth((scope) => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:people";
    const made = new Bucket(scope, "uploads", { replicateTo: "eu-central-1" });
    new Alarms(scope, "alarms", { notify: { page: topic, ticket: topic } }).watch(made);
  });
  const verdicts = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm");
  expect(verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  const signals = new Set(stack.manifest.alarms.map(({ signal }) => signal));
  expect(signals).toEqual(
    new Set(["serverErrors", "clientErrors", "firstByte", "replicationLatency", "replicationFailed", undefined]),
  );
});

test.each<[string, BucketProps, string]>([
  ["a name that is none", { name: "Uploads" }, "'name' must be a bucket name"],
  ["the alias of a key", { key: "alias/aws/s3" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["no versions", { versionDays: 0 }, "'versionDays' must be between 1 and 2147483647, got 0"],
  ["no size", { sizeGib: 0 }, "'sizeGib' must be at least 1"],
  [
    "storage in one zone",
    { transitions: { ONEZONE_IA: 30 } as BucketProps["transitions"] },
    "must be one of STANDARD_IA",
  ],
  [
    "a move that is too early",
    { transitions: { STANDARD_IA: 7 } },
    "'transitions.STANDARD_IA' must be at least 30, got 7",
  ],
  [
    "a stay that is too short",
    { transitions: { STANDARD_IA: 30, GLACIER_IR: 45 } },
    "'transitions.GLACIER_IR' must be at least 60, got 45",
  ],
  [
    "a move after the end",
    { transitions: { GLACIER_IR: 365 }, expireDays: 365 },
    "'transitions.GLACIER_IR' must be before the end at 365 days, got 365",
  ],
  ["logs to what is no bucket", { accessLogs: "Access Logs" }, "'accessLogs' must be a bucket name"],
  ["a copy beside the original", { replicateTo: "eu-west-1" }, "must be another region than eu-west-1"],
  ["a region that is none", { replicateTo: "frankfurt" }, "'replicateTo' must be a region such as eu-central-1"],
  ["a user who erases", { mayErase: ["arn:aws:iam::111122223333:user/me"] }, "'mayErase' must be the ARN of a role"],
  ["a lock of no days", { lock: ObjectLock.governance({ days: 0 }) }, "'lock.days' must be between 1 and 36500"],
  [
    "an irreversible lock without a yes",
    { lock: ObjectLock.compliance({ days: 1, iUnderstandThisIsIrreversible: false as unknown as true }) },
    "'lock.iUnderstandThisIsIrreversible' must be true for a compliance lock",
  ],
  [
    "an end before that of the lock",
    { lock: ObjectLock.governance({ days: 90 }), expireDays: 30 },
    "'expireDays' must be at least the 90 days of the lock, got 30",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => bucket(props)).toThrow(message);
  expect(() => bucket(props)).toThrow(/^test\/uploads: /);
});
