import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformVariable } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture, Signal } from "../../lib/core";
import { Key, Secret, SecretProps } from "../../lib/security";
import { Config, synth } from "../synth";

const ROTATE = "arn:aws:lambda:eu-west-1:111122223333:function:rotate";

function secret(props: SecretProps = {}, posture: Partial<Posture> = {}) {
  let made!: Secret;
  const stack = synth((scope) => (made = new Secret(scope, "token", props)), { posture });
  return { stack, made };
}

/** A secret with a value, as people give it. */
const valued = (props: SecretProps = {}) =>
  synth((scope) => {
    const value = new TerraformVariable(scope, "given", { type: "string", sensitive: true }).stringValue;
    new Secret(scope, "token", { value, ...props });
  });

const denied = (stack: ReturnType<typeof synth>) =>
  (JSON.parse(stack.the(SecretsmanagerSecret).policy).Statement as Config[]).flatMap(({ Effect, Action }) =>
    Effect === "Deny" ? Action : [],
  );

test("production keeps it under a key of its own, and nobody deletes it by accident", () => {
  const { stack } = secret();
  expect(stack.the(SecretsmanagerSecret)).toMatchObject({
    name: "test-token",
    kms_key_id: expect.stringContaining("aws_kms_key.token_key"),
    recovery_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(denied(stack)).toContain("secretsmanager:DeleteSecret");
});

test.each([
  ["token", /^test-token$/],
  // Six characters after a hyphen look like the end of an ARN.
  ["secret", /^test-secret-[0-9a-f]{8}$/],
])("the name of a secret called %s is not taken for a part of its ARN", (id, name) => {
  const stack = synth((scope) => void new Secret(scope, id));
  expect(stack.the(SecretsmanagerSecret).name).toMatch(name);
});

test("development can be thrown away, and its name is free again at once", () => {
  const { stack } = secret({}, DEVELOPMENT);
  expect(stack.the(SecretsmanagerSecret)).toMatchObject({
    recovery_window_in_days: 0,
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.the(SecretsmanagerSecret)).not.toHaveProperty("policy");
  expect(secret({ recoveryDays: 7 }, DEVELOPMENT).stack.the(SecretsmanagerSecret).recovery_window_in_days).toBe(7);
});

test("its value is written and never kept: neither the plan nor the state has it", () => {
  const stack = valued({ valueVersion: 3 });
  expect(stack.the(SecretsmanagerSecretVersion)).toMatchObject({
    secret_string_wo: "${var.given}",
    secret_string_wo_version: 3,
  });
  expect(stack.the(SecretsmanagerSecretVersion)).not.toHaveProperty("secret_string");
  expect(secret().stack.all(SecretsmanagerSecretVersion)).toEqual({});
});

test("another region has it under the replica of the same key, which cannot be deleted there either", () => {
  const { stack } = secret({ replicateTo: ["eu-central-1"] });
  expect(stack.the(SecretsmanagerSecret).replica).toEqual([
    {
      region: "eu-central-1",
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_replica_key\.token_key_replica-eu-central-1_\w+\.arn\}$/),
    },
  ]);
  expect(stack.the(KmsKey).multi_region).toBe(true);
  expect(stack.the(KmsReplicaKey).region).toBe("eu-central-1");
  expect(denied(stack)).toContain("secretsmanager:RemoveRegionsFromReplication");
});

test("what stands alone when its region is lost may be made of a replica", () => {
  expect(denied(secret({ replicateTo: ["eu-central-1"] }).stack)).not.toContain(
    "secretsmanager:StopReplicationToReplica",
  );
});

test("several secrets share a key, with its replicas", () => {
  const stack = synth((scope) => {
    const key = new Key(scope, "shared", { replicateTo: ["eu-central-1"] });
    for (const id of ["a", "b"]) new Secret(scope, id, { key, replicateTo: ["eu-central-1"] });
  });
  expect(Object.keys(stack.all(KmsKey))).toHaveLength(1);
  for (const { kms_key_id, replica } of Object.values(stack.all(SecretsmanagerSecret))) {
    expect(kms_key_id).toContain("aws_kms_key.shared");
    expect(replica[0].kms_key_id).toContain("aws_kms_replica_key.shared");
  }
});

test("a function rotates it, and only for this secret may Secrets Manager call it", () => {
  const { stack } = secret({ rotation: { functionArn: ROTATE } });
  expect(stack.the(SecretsmanagerSecretRotation)).toMatchObject({
    rotation_lambda_arn: ROTATE,
    rotation_rules: { automatically_after_days: 30 },
    depends_on: [expect.stringMatching(/^aws_lambda_permission\.token_rotation-permission_/)],
  });
  expect(stack.the(LambdaPermission)).toMatchObject({
    principal: "secretsmanager.amazonaws.com",
    source_arn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.token_\w+\.arn\}$/),
    source_account: "111122223333",
  });
  expect(secret().stack.all(SecretsmanagerSecretRotation)).toEqual({});
});

test("the first rotation waits until there is a value", () => {
  const rotation = { functionArn: ROTATE, everyDays: 7 };
  expect(secret({ rotation }).stack.the(SecretsmanagerSecretRotation).rotate_immediately).toBe(false);
  const first = valued({ rotation }).the(SecretsmanagerSecretRotation);
  expect(first.rotate_immediately).toBe(true);
  expect(first.depends_on).toContainEqual(expect.stringMatching(/^aws_secretsmanager_secret_version\.token_value_/));
});

test("that it is deleted wakes somebody, that it was not rotated is a ticket", () => {
  const urgencies = (props: SecretProps) =>
    Object.entries(secret(props).made.signals as Record<string, Signal>).map(([name, { urgency }]) => [name, urgency]);
  expect(urgencies({ rotation: { functionArn: ROTATE } })).toEqual([
    ["deleted", "page"],
    ["rotationFailed", "ticket"],
  ]);
  expect(urgencies({})).toEqual([["deleted", "page"]]);
});

test("events of this secret come to the topic of their urgency, and those of no other", () => {
  const stack = synth((scope) => {
    const notify = {
      page: "arn:aws:sns:eu-west-1:111122223333:page",
      ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
    };
    const alarms = new Alarms(scope, "alarms", { notify });
    alarms.watch(new Secret(scope, "token", { rotation: { functionArn: ROTATE } }));
  });
  const patterns = Object.values(stack.json.resource.aws_cloudwatch_event_rule as Config).map(
    ({ event_pattern }: Config) => JSON.parse(event_pattern) as Config,
  );
  const arn = expect.stringMatching(/^\$\{aws_secretsmanager_secret\.token_\w+\.arn\}$/);
  expect(patterns).toEqual(
    expect.arrayContaining([
      {
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["secretsmanager.amazonaws.com"],
          eventName: ["DeleteSecret"],
          requestParameters: { secretId: [arn, "test-token"] },
        },
      },
      {
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: {
          eventSource: ["secretsmanager.amazonaws.com"],
          eventName: ["RotationFailed"],
          additionalEventData: { SecretId: [arn] },
        },
      },
    ]),
  );
});

test("a lost zone heals by itself, a bad value is taken back, and a lost region needs a replica", () => {
  const { recovers } = secret().made;
  expect(recovers.zone).toMatchObject([{ selfHealing: true, rpo: { value: "0 seconds" } }]);
  expect(recovers.corruption).toMatchObject([{ mechanism: "the version before" }]);
  expect(recovers.region).toBeUndefined();
  const replicated = secret({ replicateTo: ["eu-central-1"] }).made.recovers.region!;
  expect(replicated).toMatchObject([{ mechanism: "replica in another region", floor: { rpo: { value: "1 second" } } }]);
});

test("what people do after a loss is commands with the name of this secret, and no expression of Terraform", () => {
  const { stack } = secret({ replicateTo: ["eu-central-1"] });
  const [{ recovers, procedures }] = stack.manifest.constructs.filter(({ path }) => path === "test/token");
  const told = JSON.stringify([recovers, procedures]);
  expect(told).toContain("update-secret-version-stage --region eu-west-1 --secret-id test-token");
  expect(told).toContain("stop-replication-to-replica --region eu-central-1 --secret-id test-token");
  expect(told).not.toContain("${");
});

test.each<[string, SecretProps, string]>([
  [
    "a value that is written out",
    { value: "hunter2" },
    "'value' must be a reference: a text would stand in the plan, got",
  ],
  ["no version", { valueVersion: 0 }, "'valueVersion' must be between 1 and"],
  ["a shorter window than there is", { recoveryDays: 3 }, "'recoveryDays' must be between 7 and 30, got 3"],
  ["a replica beside it", { replicateTo: ["eu-west-1"] }, "'replicateTo' must be another region than eu-west-1"],
  ["what is no region", { replicateTo: ["Frankfurt"] }, "'replicateTo' must be a region such as eu-central-1"],
  [
    "a region that is named twice",
    { replicateTo: ["eu-central-1", "eu-central-1"] },
    "'replicateTo' must name each region once",
  ],
  [
    "a key that stays in its region",
    { replicateTo: ["eu-central-1"], key: { arn: "arn:aws:kms:eu-west-1:111122223333:key/2" } },
    `'key' must have a replica in eu-central-1, got []; make the key with replicateTo: ["eu-central-1"]`,
  ],
  ["an alias for a key", { key: { arn: "alias/orders" } }, "'key.arn' must be the ARN of a KMS key"],
  [
    "a function by its name",
    { rotation: { functionArn: "rotate" } },
    "'rotation.functionArn' must be the ARN of a function",
  ],
  [
    "no rotation",
    { rotation: { functionArn: ROTATE, everyDays: 0 } },
    "'rotation.everyDays' must be between 1 and 1000, got 0",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => secret(props)).toThrow(message);
  expect(() => secret(props)).toThrow(/^test\/token: /);
});

test("fails without showing a value that is written out", () => {
  expect(() => secret({ value: "hunter2" })).not.toThrow(/hunter2/);
});
