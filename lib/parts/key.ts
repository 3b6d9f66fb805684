import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { requireForm, requireOneOf, requireThat, requireWhole } from "../core/guard";
import { nameOf } from "../core/naming";
import { placeOf, REGION } from "../core/place";
import { postureOf } from "../core/posture";
import { KEY_USERS, KeyUser, keyPolicy } from "./key-policy";

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
  /**
   * Other regions that get a replica: the same key material, so that what is copied there needs no second key. It makes
   * the key a multi-region one, which cannot be changed later.
   *
   * @default - none
   */
  readonly replicateTo?: readonly string[];
  /**
   * Another region that the key stands in.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
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
  /** `alias/` and the construct path, known at synthesis. */
  readonly aliasName: string;
  /** The replica in each other region. */
  readonly replicas: Readonly<Record<string, KmsReplicaKey>>;

  constructor(scope: Construct, id: string, props: KeyProps = {}) {
    super(scope, id);
    register(this, props, "KeyProps");
    const { description = this.node.path, usedBy = [], deletionDays = 30, replicateTo = [], region } = props;
    const { multiRegion = replicateTo.length > 0 } = props;
    for (const user of usedBy) requireOneOf(this, "usedBy", user, KEY_USERS);
    requireWhole(this, "deletionDays", deletionDays, 7, 30);
    const place = placeOf(this);
    const home = region ?? place.region;
    this.requireReplicas(replicateTo, home, multiRegion);

    this.key = new KmsKey(this, "Resource", {
      description,
      enableKeyRotation: true,
      isEnabled: true,
      deletionWindowInDays: deletionDays,
      multiRegion,
      region,
      policy: keyPolicy({ ...place, region: home }, usedBy),
      lifecycle: { preventDestroy: postureOf(this).deletionProtection },
    });
    this.aliasName = `alias/${nameOf(this, "kms-alias")}`;
    this.alias = new KmsAlias(this, "alias", { name: this.aliasName, targetKeyId: this.key.keyId, region });
    this.replicas = Object.fromEntries(
      replicateTo.map((other) => [other, this.replica(other, { description, usedBy, deletionDays })]),
    );
  }

  /** The ARN that other resources are encrypted with. */
  get arn(): string {
    return this.key.arn;
  }

  private replica(
    region: string,
    { description, usedBy, deletionDays }: Required<Pick<KeyProps, "description" | "usedBy" | "deletionDays">>,
  ): KmsReplicaKey {
    const replica = new KmsReplicaKey(this, `replica-${region}`, {
      region,
      description,
      primaryKeyArn: this.key.arn,
      enabled: true,
      deletionWindowInDays: deletionDays,
      policy: keyPolicy({ ...placeOf(this), region }, usedBy),
      lifecycle: { preventDestroy: postureOf(this).deletionProtection },
    });
    const { aliasName: name } = this;
    new KmsAlias(this, `replica-${region}-alias`, { name, targetKeyId: replica.keyId, region });
    return replica;
  }

  private requireReplicas(replicateTo: readonly string[], home: string, multiRegion: boolean): void {
    const must = "name other regions than the key's own, each once";
    for (const region of replicateTo) {
      requireForm(this, "replicateTo", region, REGION, "regions such as eu-central-1");
      const fits = region !== home && replicateTo.filter((each) => each === region).length === 1;
      requireThat(this, fits, { prop: "replicateTo", must, got: replicateTo });
    }
    const fits = multiRegion || replicateTo.length === 0;
    requireThat(this, fits, { prop: "multiRegion", must: "be true for a key with replicas", got: multiRegion });
  }
}
