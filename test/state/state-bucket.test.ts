import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { App, TerraformStack } from "cdktf";
import { DEVELOPMENT, PRODUCTION } from "../../lib/core";
import { Key } from "../../lib/security";
import { RemoteState, StateBucket, StateBucketProps } from "../../lib/state";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { ENVIRONMENTS, Environment } from "../../stacks/environments";
import { Config, Setting, inFolder, read, synth } from "../synth";

function made(props: Partial<StateBucketProps> = {}, setting: Setting = { checks: true }) {
  let bucket!: StateBucket;
  const fill = (stack: TerraformStack) =>
    (bucket = new StateBucket(stack, "state-bucket", { bucket: "orders-state", ...props }));
  return { stack: synth(fill, setting), bucket };
}

test("states are private, encrypted and versioned", () => {
  const { stack } = made();
  expect(stack.the(S3Bucket).bucket).toBe("orders-state");
  expect(stack.the(S3BucketVersioningA).versioning_configuration.status).toBe("Enabled");
  expect(stack.the(S3BucketPublicAccessBlock).restrict_public_buckets).toBe(true);
  const [{ apply_server_side_encryption_by_default: encryption }] = stack.the(
    S3BucketServerSideEncryptionConfigurationA,
  ).rule;
  expect(encryption).toEqual({
    sse_algorithm: "aws:kms",
    kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\.state-bucket_key_\w+\.arn\}$/),
  });
});

test.each([
  ["production", PRODUCTION],
  ["development", DEVELOPMENT],
])("in %s, neither the bucket nor its key is deleted by accident", (_, posture) => {
  const { stack } = made({}, { posture });
  expect(stack.the(S3Bucket)).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
  expect(stack.the(KmsKey).lifecycle).toEqual({ prevent_destroy: true });
});

test("what stands beside it keeps the posture of its environment", () => {
  const stack = synth(
    (scope) => {
      new StateBucket(scope, "state-bucket", { bucket: "orders-state" });
      new Key(scope, "other");
    },
    { posture: DEVELOPMENT },
  );
  expect(stack.at(KmsKey, "other/Resource").lifecycle).toEqual({ prevent_destroy: false });
});

test("S3 refuses to delete the bucket or a version of a state; a lock file may be removed", () => {
  const [clear, kept] = JSON.parse(made().stack.the(S3BucketPolicy).policy).Statement as Config[];
  expect(clear.Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
  expect(kept).toMatchObject({ Effect: "Deny", Principal: "*" });
  expect(kept).not.toHaveProperty("Condition");
  expect(kept.Action).toEqual(["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"]);
  expect(kept.Resource).toEqual(clear.Resource);
});

test("every version of a state is there for a year, and the last hundred for good", () => {
  const versions = (props: Partial<StateBucketProps> = {}) =>
    made(props).stack.the(S3BucketLifecycleConfiguration).rule[0].noncurrent_version_expiration;
  expect(versions()).toEqual([{ noncurrent_days: 365, newer_noncurrent_versions: 100 }]);
  expect(versions({ versionDays: 730 })).toEqual([{ noncurrent_days: 730, newer_noncurrent_versions: 100 }]);
});

test("it holds data, says what protects it, and why no backup copies it", () => {
  const { bucket, stack } = made({ versionDays: 400 });
  const [held, ...others] = bucket.protects;
  expect(others).toEqual([]);
  expect(held).toMatchObject({ type: "S3", by: expect.arrayContaining(["prevent_destroy"]) });
  expect(held.backUp).toEqual({ no: expect.stringContaining("400 days") });
  // Nobody backs it up or watches it, and production takes it all the same.
  expect(stack.manifest.verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  expect(bucket).not.toHaveProperty("signals");
});

test("it prints where states are kept and how its own gets there, ready for provide", () => {
  const { bucket, stack } = made();
  const { value } = stack.json.output["migrate-state"];
  const [, state] = /provide\(…, \{ state: (\{.*?\}) \}\)/.exec(value)!;
  expect(JSON.parse(state)).toEqual(bucket.store);
  expect(value).toContain("npx cdktf deploy --migrate-state test\n");
  expect(value).toContain("terraform -chdir=cdktf.out/stacks/test init -migrate-state");
  expect(value.split("\n").filter((line: string) => /^\d\. /.test(line))).toHaveLength(3);
});

test("what it prints is what a remote state takes", () => {
  const { store } = made({}, { region: "eu-central-1" }).bucket;
  const stack = synth((scope) => new RemoteState(scope, "state", { ...store, service: "orders", environment: "prod" }));
  expect(stack.json.terraform.backend.s3).toMatchObject({
    bucket: "orders-state",
    region: "eu-central-1",
    kms_key_id: "arn:aws:kms:eu-central-1:111122223333:alias/test-state-bucket-key",
  });
});

test.each<[string, Partial<StateBucketProps>, string]>([
  ["a name that is none", { bucket: "Orders" }, "'bucket' must be a bucket name"],
  [
    "versions that go too soon",
    { versionDays: 29 },
    "'versionDays' must be between 30 and 2147483647, got 29; a fault in a state",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => made(props)).toThrow(message);
  expect(() => made(props)).toThrow(/^test\/state-bucket: /);
});

function bootstrap(environment: Environment) {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    const id = `bootstrap-${environment.name}`;
    new BootstrapStack(app, id, environment);
    app.synth();
    return read(outdir, id).json;
  });
}

test.each(ENVIRONMENTS.map((environment) => [environment.name, environment] as const))(
  "the stacks of %s keep their state in the bucket, and under the key, that its bootstrap makes",
  (_, environment) => {
    const { output } = bootstrap(environment);
    const printed = JSON.parse(/state: (\{.*?\})/.exec(output["migrate-state"].value)![1]);
    expect({ region: environment.region, ...environment.state }).toEqual(printed);
  },
);

test("the state of a bootstrap is a file beside the output, then stands in the bucket with the others", () => {
  const [environment] = ENVIRONMENTS;
  const backend = (bootstrapped: boolean) => bootstrap({ ...environment, bootstrapped }).terraform.backend;
  expect(backend(false)).toEqual({ local: { path: "../../../terraform.bootstrap-dev.tfstate" } });
  expect(backend(true).s3).toMatchObject({ bucket: environment.state.bucket, key: "orders/dev/bootstrap-dev.tfstate" });
});

test("a bucket in another region than the service survives the loss of the service's", () => {
  const [environment] = ENVIRONMENTS;
  const state = { bucket: environment.state.bucket, region: "eu-north-1" };
  expect(bootstrap({ ...environment, state }).provider.aws[0].region).toBe("eu-north-1");
});
