import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Protected, Stateful } from "../core/declarations";
import { requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { arnOf, placeOf } from "../core/place";
import { postureOf, setPosture } from "../core/posture";
import { requireBucketName } from "../parts/bucket-name";
import { Key } from "../parts/key";
import { notDeleted } from "../parts/not-deleted";
import { LONGEST_DAYS, PrivateBucket, privateBucket } from "../parts/private-bucket";
import { StateStore } from "./remote-state";

/** What a {@link StateBucket} can be told. */
export interface StateBucketProps {
  /** As the stacks name it in `state.bucket`. */
  readonly bucket: string;
  /**
   * Days that an overwritten or deleted state can be had back (at least 30).
   *
   * @default 365
   */
  readonly versionDays?: number;
}

/** Old versions of each state that stay, however old: S3 keeps no more. A stack that rests for years keeps its past. */
const VERSIONS_KEPT = 100;

/**
 * The bucket that a {@link RemoteState} keeps states in: private, TLS only, encrypted with a key of its own, with every
 * version of a state for a year and the last hundred for good.
 *
 * Bucket and key are never deleted by accident, in any posture: who loses the state loses control over all that stands
 * in it. Terraform refuses, and so does S3, for a version of a state as for the bucket; for that the bucket policy has
 * to change first. Lock files come and go: to remove one hides it and deletes no version.
 *
 * It has no signals: it is used while somebody deploys, and what fails, fails before their eyes.
 *
 * It prints how its own state, which is a file at first, moves into the bucket.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucket extends Construct implements Stateful {
  readonly bucket: PrivateBucket["bucket"];
  readonly key: Key;
  /** What the stacks of this account say as their `state`. */
  readonly store: Required<StateStore>;
  private readonly versionDays: number;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    register(this, props, "StateBucketProps");
    const { bucket, versionDays = 365 } = props;
    requireBucketName(this, "bucket", bucket);
    requireWhole(this, "versionDays", versionDays, 30, LONGEST_DAYS, "a fault in a state may be found weeks later");
    setPosture(this, { ...postureOf(this), deletionProtection: true });
    this.versionDays = versionDays;
    this.key = new Key(this, "key", { description: `states in ${bucket}` });
    this.bucket = privateBucket(this, "Resource", {
      name: bucket,
      key: this.key.arn,
      versionDays,
      versionsKept: VERSIONS_KEPT,
      statements: (arn) => notDeleted(arn),
    }).bucket;
    this.store = { bucket, region: placeOf(this).region, key: arnOf(this, "kms", this.key.aliasName) };
    new TerraformOutput(this, "migrate-state", {
      staticId: true,
      description: "How the state of this stack moves into the bucket: terraform output -raw migrate-state",
      value: migration(this, this.store),
    });
  }

  get protects(): readonly Protected[] {
    const no = `each version of a state is the way back from the next: they are kept for ${this.versionDays} days`;
    const by = ["prevent_destroy", "versions", "bucket policy against deletion"];
    return [{ type: "S3", arn: this.bucket.arn, backUp: { no }, by }];
  }
}

function migration(scope: Construct, { bucket, region, key }: StateStore): string {
  const stack = TerraformStack.of(scope).node.id;
  return [
    `1. Keep the state of ${stack} in the bucket: provide(…, { state: ${JSON.stringify({ bucket, region, key })} }).`,
    `2. From the same checkout: npx cdktf deploy --migrate-state ${stack}`,
    `   (or synthesize, then: terraform -chdir=cdktf.out/stacks/${stack} init -migrate-state).`,
    `3. terraform -chdir=cdktf.out/stacks/${stack} plan shows no change: delete the file terraform.${stack}.tfstate.`,
  ].join("\n");
}
