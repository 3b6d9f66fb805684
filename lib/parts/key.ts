import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { requireWhole } from "../core/guard";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { KeyUser, keyPolicy } from "./key-policy";

/** What a {@link Key} can be told. */
export interface KeyProps {
  /**
   * What the key encrypts, for the reader of the console.
   *
   * @default - the construct path
   */
  readonly description?: string;
  /**
   * AWS services that use the key by themselves, on nobody's behalf.
   *
   * Databases, volumes, vaults and secrets need no entry: they use it with the rights of who calls them.
   *
   * @default - none
   */
  readonly usedBy?: readonly KeyUser[];
  /**
   * Days between a deletion and its execution, in which it can be taken back (7-30).
   *
   * @default 30
   */
  readonly deletionDays?: number;
  /**
   * Whether the key can be replicated to other regions. It cannot be changed later.
   *
   * @default false
   */
  readonly multiRegion?: boolean;
}

/**
 * A KMS key that rotates every year, that only its account and the named services can use, and that is not deleted by
 * accident where the posture protects: what it encrypts is lost with it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class Key extends Construct {
  readonly key: KmsKey;
  readonly alias: KmsAlias;

  constructor(scope: Construct, id: string, props: KeyProps = {}) {
    super(scope, id);
    register(this);
    const { description = this.node.path, usedBy = [], deletionDays = 30, multiRegion = false } = props;
    requireWhole(this, "deletionDays", deletionDays, 7, 30);

    this.key = new KmsKey(this, "Resource", {
      description,
      enableKeyRotation: true,
      isEnabled: true,
      deletionWindowInDays: deletionDays,
      multiRegion,
      policy: keyPolicy(placeOf(this), usedBy),
      lifecycle: { preventDestroy: postureOf(this).deletionProtection },
    });
    this.alias = new KmsAlias(this, "alias", {
      name: `alias/${nameOf(this, "kms-alias")}`,
      targetKeyId: this.key.keyId,
    });
  }

  /** The ARN that other resources are encrypted with. */
  get arn(): string {
    return this.key.arn;
  }
}
