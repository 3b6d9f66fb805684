import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { LogArchive, LogArchiveProps, Logs } from "../../lib/observing";
import { Setting, synth } from "../synth";

const archive = (props: Partial<LogArchiveProps> = {}, setting: Setting = {}) =>
  synth((stack) => void new LogArchive(stack, "archive", { keepDays: 400, ...props }), setting);

test("lines go through an encrypted stream into a bucket of a name that is free", () => {
  const stack = archive();
  expect(stack.the(S3Bucket).bucket).toBe("test-archive-111122223333-eu-west-1");
  expect(stack.the(KinesisFirehoseDeliveryStream)).toMatchObject({
    name: "test-archive",
    destination: "extended_s3",
    server_side_encryption: { enabled: true, key_type: "CUSTOMER_MANAGED_CMK" },
    extended_s3_configuration: {
      bucket_arn: expect.stringContaining("aws_s3_bucket.archive_"),
      compression_format: "UNCOMPRESSED",
      error_output_prefix: expect.stringMatching(/^undelivered\//),
    },
  });
});

test("the stream may write to this bucket under its key, and nothing else", () => {
  const { Statement } = JSON.parse(archive().the(IamRolePolicy).policy);
  for (const { Resource } of Statement) expect(JSON.stringify(Resource)).not.toContain('"*"');
  expect(Statement[0].Action).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/Get(?!BucketLocation)|Delete/)]),
  );
});

test("lines are kept as long as was said, and cost less after a quarter", () => {
  const [rule] = archive({ keepDays: 1096 }).the(S3BucketLifecycleConfiguration).rule;
  expect(rule.expiration).toEqual([{ days: 1096 }]);
  expect(rule.transition).toEqual([{ days: 90, storage_class: "GLACIER_IR" }]);
});

test("what goes before S3 has been paid for the cold stays where it is", () => {
  const { rule } = archive({ keepDays: 179 }, { posture: { logDays: 30 } }).the(S3BucketLifecycleConfiguration);
  expect(rule[0].transition ?? []).toEqual([]);
});

test.each([
  [true, ["versions", "prevent_destroy", "bucket policy against deletion"]],
  [false, ["versions"]],
])("where the posture protects (%s) nobody deletes a line", (deletionProtection, by) => {
  const stack = archive({}, { posture: { deletionProtection } });
  expect(stack.the(S3BucketPolicy).policy.includes("NothingIsDeleted")).toBe(deletionProtection);
  const [declared] = stack.manifest.constructs.filter(({ path }) => path === "test/archive");
  expect(declared.protects![0].by).toEqual(by);
});

test("logs send every line to it, and wait until it is there", () => {
  const stack = synth((stack) => {
    new Logs(stack, "logs", { archive: new LogArchive(stack, "archive", { keepDays: 400 }) });
  });
  expect(stack.the(CloudwatchLogSubscriptionFilter)).toMatchObject({
    destination_arn: expect.stringMatching(/^\$\{aws_kinesis_firehose_delivery_stream\.archive_stream_\w+\.arn\}$/),
    role_arn: expect.stringContaining("aws_iam_role.logs_archive-role"),
  });
});

test("key and bucket may be yours", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000";
  const stack = archive({ key, bucket: "orders-lines" });
  expect(stack.all(KmsKey)).toEqual({});
  expect(stack.the(S3Bucket).bucket).toBe("orders-lines");
  expect(stack.the(KinesisFirehoseDeliveryStream).server_side_encryption.key_arn).toBe(key);
});

test.each<[Partial<LogArchiveProps>, string]>([
  [{ keepDays: 364 }, "'keepDays' must be between 365 and 2147483647, got 364; an archive outlives the log groups"],
  [{ key: "alias/lines" }, "'key' must be the ARN of a KMS key, not of an alias"],
  [{ bucket: "Lines" }, "'name' must be a bucket name"],
])("fails on %j", (props, message) => {
  expect(() => archive(props)).toThrow(message);
});
