import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { Dependable, Procedural, Protected, Recoverable, Stateful, Watchable } from "../core/declarations";
import { requireForm, requireReference, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf, requireOtherRegion } from "../core/place";
import { postureOf } from "../core/posture";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { policy } from "../parts/policy";
import { SecretKey, SecretProps, SecretRotation } from "./secret-props";
import { SECRET_SLA, secretProcedures, secretRecovers } from "./secret-recovery";
import { secretSignals } from "./secret-signals";

/**
 * A secret in Secrets Manager that survives the loss of a zone, a bad value and a careless delete; with replicas, the loss
 * of its region.
 *
 * Its value stands neither in the code nor in the plan or the state. Always: encrypted under a key of yours, the version
 * before kept. Where the posture protects, its own policy denies to delete it or a replica of it, to Terraform too, and a
 * deletion can be taken back for 30 days. Who may read it, IAM decides. Its signals come through CloudTrail: the account
 * needs a trail of management events.
 *
 * For the password of a database take none: `Postgres` and `Aurora` let RDS keep and rotate it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
 */
export class Secret extends Construct implements Watchable, Recoverable, Dependable, Stateful, Procedural {
  readonly secret: SecretsmanagerSecret;
  /** From the construct path, known at synthesis; the same in each region. */
  readonly name: string;
  private readonly replicas: readonly string[];
  private readonly rotates: boolean;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: SecretProps = {}) {
    super(scope, id);
    register(this, props, "SecretProps");
    const { description = this.node.path, value, valueVersion = 1, replicateTo = [], rotation, recoveryDays } = props;
    this.guarded = postureOf(this).deletionProtection;
    this.name = secretName(this);
    this.replicas = replicateTo;
    this.rotates = rotation !== undefined;
    requireReference(this, "value", value);
    requireWhole(this, "valueVersion", valueVersion, 1, 2_147_483_647);
    if (recoveryDays !== undefined) requireWhole(this, "recoveryDays", recoveryDays, 7, 30);
    for (const region of replicateTo) this.requireReplica(region, replicateTo, props.key);
    if (props.key) requireKeyArn(this, "key.arn", props.key.arn);

    const key: SecretKey = props.key ?? new Key(this, "key", { description: `secret ${this.node.path}`, replicateTo });
    this.secret = new SecretsmanagerSecret(this, "Resource", {
      name: this.name,
      description,
      kmsKeyId: key.arn,
      recoveryWindowInDays: recoveryDays ?? (this.guarded ? 30 : 0),
      replica: replicateTo.map((region) => ({ region, kmsKeyId: key.replicas?.[region].arn })),
      ...(this.guarded && { policy: nothingIsDeleted() }),
      lifecycle: { preventDestroy: this.guarded },
    });
    const version =
      value === undefined
        ? []
        : [
            new SecretsmanagerSecretVersion(this, "value", {
              secretId: this.secret.id,
              secretStringWo: value,
              secretStringWoVersion: valueVersion,
            }),
          ];
    if (rotation) this.rotate(rotation, version);
  }

  /** What readers name in their IAM policies. */
  get arn(): string {
    return this.secret.arn;
  }

  get signals() {
    return secretSignals({ name: this.name, arn: this.arn, region: placeOf(this).region, rotates: this.rotates });
  }

  get recovers() {
    return secretRecovers(this.located);
  }

  get sla() {
    return SECRET_SLA;
  }

  get procedures() {
    return secretProcedures(this.located);
  }

  get protects(): readonly Protected[] {
    const by = this.guarded ? ["secret policy against deletion", "prevent_destroy", "recovery window"] : [];
    const no = "AWS Backup takes no secret; Secrets Manager keeps the version before";
    return [{ type: "SecretsManager", arn: this.arn, backUp: { no }, needed: true, by }];
  }

  private get located() {
    return { name: this.name, region: placeOf(this).region, replicas: this.replicas };
  }

  private rotate({ functionArn, everyDays = 30 }: SecretRotation, first: SecretsmanagerSecretVersion[]): void {
    const form = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
    requireForm(this, "rotation.functionArn", functionArn, form, "the ARN of a function");
    requireWhole(this, "rotation.everyDays", everyDays, 1, 1000);
    const permission = new LambdaPermission(this, "rotation-permission", {
      statementId: nameOf(this, "function", "rotation"),
      action: "lambda:InvokeFunction",
      functionName: functionArn,
      principal: "secretsmanager.amazonaws.com",
      sourceArn: this.arn,
      sourceAccount: placeOf(this).account,
    });
    new SecretsmanagerSecretRotation(this, "rotation", {
      secretId: this.secret.id,
      rotationLambdaArn: functionArn,
      // Without a value there is nothing to rotate yet.
      rotateImmediately: first.length > 0,
      rotationRules: { automaticallyAfterDays: everyDays },
      dependsOn: [permission, ...first],
    });
  }

  private requireReplica(region: string, all: readonly string[], key?: SecretKey): void {
    requireOtherRegion(this, "replicateTo", region, "a replica beside the original is lost with it");
    const once = all.filter((each) => each === region).length === 1;
    requireThat(this, once, { prop: "replicateTo", must: "name each region once", got: all });
    const keyed = key === undefined || key.replicas?.[region] !== undefined;
    const mend = `make the key with replicateTo: ["${region}"], or leave it out`;
    requireThat(this, keyed, {
      prop: "key",
      must: `have a replica in ${region}`,
      got: Object.keys(key?.replicas ?? {}),
      mend,
    });
  }
}

/**
 * Secrets Manager ends the ARN of a secret in a hyphen and six characters, and takes a name with such an end for a part of
 * an ARN.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
function secretName(scope: Construct): string {
  const name = nameOf(scope, "secret");
  return /-\w{6}$/.test(name) ? nameOf(scope, "secret", "", "secret") : name;
}

/**
 * Nobody deletes the secret, nor a replica, which Terraform would take away first. A replica may be made to stand
 * alone.
 */
function nothingIsDeleted(): string {
  return policy({
    Sid: "NothingIsDeleted",
    Effect: "Deny",
    Principal: "*",
    Action: ["secretsmanager:DeleteSecret", "secretsmanager:RemoveRegionsFromReplication"],
    Resource: "*",
  });
}
