import { S3Backend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";
import { register } from "../core/hook";
import { placeOf } from "../core/place";
import { requireBucketName } from "../parts/bucket-name";

/** Where the state of many stacks is kept. */
export interface StateStore {
  /** The bucket that a `StateBucket` made. */
  readonly bucket: string;
  /** @default - the region of the stack */
  readonly region?: string;
  /**
   * The ARN of a KMS key in the bucket's region, or of its alias: the one that a `StateBucket` prints.
   *
   * @default - SSE-S3, whatever the bucket's own encryption: Terraform asks for it by name
   */
  readonly key?: string;
}

/** What a {@link RemoteState} can be told. */
export interface RemoteStateProps extends StateStore {
  /** The folder of the state: what belongs together. */
  readonly service: string;
  readonly environment: string;
}

/**
 * The state of a stack in S3: encrypted, locked by a file beside it while a plan is applied (no table; Terraform 1.10
 * or newer), and under one key for each stack and environment, so that no two of them ever write to the same state.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export class RemoteState extends Construct {
  readonly backend: S3Backend;

  constructor(scope: Construct, id: string, props: RemoteStateProps) {
    super(scope, id);
    register(this, props, "RemoteStateProps");
    const { bucket, region = placeOf(this).region, key, service, environment } = props;
    requireBucketName(this, "bucket", bucket);
    if (key !== undefined) {
      const form = new RegExp(`^arn:[\\w-]+:kms:${region}:\\d{12}:(key/[\\w-]+|alias/[\\w/-]+)$`);
      requireForm(this, "key", key, form, `the ARN of a KMS key in ${region}, where the bucket is`);
    }
    for (const [prop, value] of Object.entries({ service, environment })) {
      requireForm(this, prop, value, /^[A-Za-z0-9][\w.-]*$/, "a word, as it becomes part of a path");
    }
    const stack = TerraformStack.of(this);
    this.backend = new S3Backend(this, {
      bucket,
      region,
      key: `${service}/${environment}/${stack.node.id}.tfstate`,
      encrypt: true,
      ...(key !== undefined && { kmsKeyId: key }),
    });
    // Newer than the binding.
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }
}
