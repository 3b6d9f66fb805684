import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { DEVELOPMENT } from "../../lib/core";
import { PrivateBucketProps, privateBucket } from "../../lib/parts/private-bucket";
import { Config, Setting, synth } from "../synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const made = (props: Partial<PrivateBucketProps> = {}, setting?: Setting, id = "logs") =>
  synth((stack) => privateBucket(stack, id, { name: "orders-logs", ...props }), setting);
const rule = (props: Partial<PrivateBucketProps> = {}): Config =>
  made(props).the(S3BucketLifecycleConfiguration).rule[0];
const statements = (props: Partial<PrivateBucketProps> = {}): Config[] =>
  JSON.parse(made(props).the(S3BucketPolicy).policy).Statement;

test("nobody outside reads or writes: neither by policy nor by ACL", () => {
  const stack = made();
  expect(stack.the(S3BucketPublicAccessBlock)).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(stack.the(S3BucketOwnershipControls).rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
});

test("the policy comes after the block, which would otherwise be changed under it", () => {
  expect(made().the(S3BucketPolicy).depends_on).toEqual([
    expect.stringContaining("aws_s3_bucket_public_access_block.logs-public-access"),
  ]);
});

test("who speaks in clear is refused, for the bucket and all that is in it", () => {
  const [clear, ...others] = statements();
  expect(clear).toMatchObject({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
  const [bucket, objects] = clear.Resource as string[];
  expect(bucket).toMatch(/^\$\{aws_s3_bucket\.logs\.arn\}$/);
  expect(objects).toBe(`${bucket}/*`);
  expect(others).toEqual([]);
});

test("what else the policy says stands beside it, about this bucket", () => {
  const [, added] = statements({
    statements: (arn) => [
      { Sid: "Read", Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `${arn}/x` },
    ],
  });
  expect(added).toMatchObject({ Sid: "Read", Resource: "${aws_s3_bucket.logs.arn}/x" });
});

test("it is encrypted: by S3, or by the key it is given", () => {
  const encryption = (props: Partial<PrivateBucketProps>) =>
    made(props).the(S3BucketServerSideEncryptionConfigurationA).rule[0];
  expect(encryption({})).toEqual({
    apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
    bucket_key_enabled: false,
  });
  expect(encryption({ key: KEY })).toEqual({
    apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
    // One call to KMS a while, not one an object.
    bucket_key_enabled: true,
  });
});

test("an overwritten object can be had back, for a time or for good", () => {
  const stack = made();
  expect(stack.the(S3BucketVersioningA).versioning_configuration).toEqual({ status: "Enabled" });
  expect(stack.the(S3BucketLifecycleConfiguration).depends_on).toEqual([
    expect.stringContaining("aws_s3_bucket_versioning"),
  ]);
  expect(rule().noncurrent_version_expiration).toEqual([{ noncurrent_days: 30 }]);
  expect(rule({ versionDays: 365, versionsKept: 100 }).noncurrent_version_expiration).toEqual([
    { noncurrent_days: 365, newer_noncurrent_versions: 100 },
  ]);
});

test("objects go after their days, or stay; leftovers go in any case", () => {
  expect(rule({ expireDays: 90 }).expiration).toEqual([{ days: 90 }]);
  expect(rule().expiration).toEqual([{ expired_object_delete_marker: true }]);
  expect(rule().abort_incomplete_multipart_upload).toEqual([{ days_after_initiation: 7 }]);
});

test("a bucket is not deleted by accident where the posture protects", () => {
  const bucket = (setting?: Setting) => made({}, setting).the(S3Bucket);
  expect(bucket()).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  expect(bucket({ posture: DEVELOPMENT })).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("the parts of a main resource have plain ids", () => {
  expect(Object.keys(made({}, undefined, "Resource").all(S3BucketVersioningA))).toEqual(["versioning"]);
  expect(Object.keys(made().all(S3BucketVersioningA))).toEqual(["logs-versioning"]);
});

test.each([
  ["capitals", "Orders"],
  ["an underscore", "orders_logs"],
  ["too few characters", "ab"],
  ["too many characters", "a".repeat(64)],
  ["a hyphen at the end", "orders-"],
  ["two dots in a row", "orders..logs"],
  ["an address", "10.20.0.1"],
])("fails on a name with %s", (_, name) => {
  expect(() => made({ name })).toThrow(`test: 'name' must be a bucket name: 3 to 63 small letters, digits, dots and`);
});

test.each(["xn--orders", "sthree-orders", "amzn-s3-demo-orders", "orders-s3alias", "orders--x-s3", "orders.mrap"])(
  "fails on %s, as S3 keeps such names for itself",
  (name) => {
    expect(() => made({ name })).toThrow("'name' must be a bucket name without a beginning or end that S3 keeps");
  },
);

test.each<[string, Partial<PrivateBucketProps>, string]>([
  ["objects that go at once", { expireDays: 0 }, "'expireDays' must be between 1 and 2147483647, got 0"],
  ["more days than a rule counts", { expireDays: 2 ** 31 }, "'expireDays' must be between 1 and 2147483647"],
  ["half a day", { expireDays: 1.5 }, "'expireDays' must be a whole number, got 1.5"],
  ["versions that go at once", { versionDays: 0 }, "'versionDays' must be between 1 and 2147483647, got 0"],
  ["more versions than S3 counts", { versionsKept: 101 }, "'versionsKept' must be between 1 and 100, got 101"],
])("fails on %s", (_, props, message) => {
  expect(() => made(props)).toThrow(message);
});
