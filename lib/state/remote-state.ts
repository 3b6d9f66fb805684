import { S3Backend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";
import { register } from "../core/hook";
import { placeOf } from "../core/place";

/** Where the state of many stacks is kept. */
export interface StateStore {
  /** The bucket that a `StateBucket` made. */
  readonly bucket: string;
  /** @default - the region of the stack */
  readonly region?: string;
  /** The ARN of a KMS key. @default - the bucket's own encryption */
  readonly key?: string;
}

/** What a {@link RemoteState} can be told. */
export interface RemoteStateProps extends StateStore {
  /** The folder of the state: what belongs together. */
  readonly service: string;
  readonly environment: string;
}

/**
 * The state of a stack in S3: encrypted, locked by a file beside it while a plan is applied (no table), and under one
 * key for each stack and environment, so that no two of them ever write to the same state.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export class RemoteState extends Construct {
  readonly backend: S3Backend;

  constructor(scope: Construct, id: string, props: RemoteStateProps) {
    super(scope, id);
    register(this);
    const { bucket, region = placeOf(this).region, key, service, environment } = props;
    requireForm(this, "bucket", bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket name");
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
