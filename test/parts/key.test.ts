import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { DEVELOPMENT } from "../../lib/core";
import { Key, KeyProps, KeyUser } from "../../lib/security";
import { Config, Setting, synth } from "../synth";

const made = (props: KeyProps = {}, setting: Setting = {}) =>
  synth((stack) => new Key(stack, "orders", props), setting);
const statements = (props: KeyProps, setting?: Setting): Config[] =>
  JSON.parse(made(props, setting).the(KmsKey).policy).Statement;
const USERS: KeyUser[] = ["logs", "alarms", "events", "rds-events", "backup-events", "bucket-events"];

test("a key rotates, says what it is for and has a name that people know", () => {
  const stack = made();
  expect(stack.the(KmsKey)).toMatchObject({
    description: "test/orders",
    enable_key_rotation: true,
    is_enabled: true,
    multi_region: false,
  });
  expect(stack.the(KmsAlias)).toMatchObject({
    name: "alias/test-orders",
    target_key_id: expect.stringMatching(/^\$\{aws_kms_key\.orders_\w+\.key_id\}$/),
  });
});

test("a key is not deleted by accident where the posture protects, and late where it is", () => {
  const key = (setting: Setting) => made({}, setting).the(KmsKey);
  expect(key({})).toMatchObject({ lifecycle: { prevent_destroy: true }, deletion_window_in_days: 30 });
  expect(key({ posture: DEVELOPMENT }).lifecycle).toEqual({ prevent_destroy: false });
  expect(made({ deletionDays: 7 }).the(KmsKey).deletion_window_in_days).toBe(7);
});

test("only its account decides who uses a key; the account decides by IAM", () => {
  expect(statements({})).toEqual([
    expect.objectContaining({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
  ]);
});

test("no principal of a key is a wildcard, whoever uses it", () => {
  const principals = statements({ usedBy: USERS }).map(({ Principal }) => Principal);
  expect(principals).toHaveLength(1 + USERS.length);
  expect(JSON.stringify(principals)).not.toContain("*");
});

test.each<[KeyUser, string]>([
  ["logs", "logs.eu-west-1.amazonaws.com"],
  ["alarms", "cloudwatch.amazonaws.com"],
  ["events", "events.amazonaws.com"],
  ["rds-events", "events.rds.amazonaws.com"],
  ["backup-events", "backup.amazonaws.com"],
  ["bucket-events", "s3.amazonaws.com"],
])("%s use a key as %s, and may neither manage it nor give it away", (user, service) => {
  const [, used] = statements({ usedBy: [user] });
  expect(used.Principal).toEqual({ Service: service });
  expect(used.Action).toEqual(expect.arrayContaining(["kms:GenerateDataKey*"]));
  for (const action of used.Action) expect(action).toMatch(/^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Describe)/);
});

test("each service uses a key for this account only, but the two that do not say for whom they act", () => {
  const conditions = statements({ usedBy: USERS })
    .slice(1)
    .map(({ Sid, Condition }) => [Sid, JSON.stringify(Condition ?? "").includes("111122223333")]);
  expect(Object.fromEntries(conditions)).toEqual({
    UsedByLogs: true,
    UsedByAlarms: true,
    UsedByEvents: false,
    UsedByRdsEvents: false,
    UsedByBackupEvents: true,
    UsedByBucketEvents: true,
  });
});

test("log groups are told apart by their ARN, in the region and partition of the key", () => {
  const [account, logs] = statements({ usedBy: ["logs"] }, { region: "cn-north-1" });
  expect(account.Principal.AWS).toBe("arn:aws-cn:iam::111122223333:root");
  expect(logs.Principal.Service).toBe("logs.cn-north-1.amazonaws.com");
  expect(Object.values(logs.Condition.ArnLike)).toEqual(["arn:aws-cn:logs:cn-north-1:111122223333:log-group:*"]);
});

test("a key of another region stands there with its alias, for the services there", () => {
  const props: KeyProps = { region: "eu-central-1", usedBy: ["logs"] };
  const stack = made(props);
  expect(stack.the(KmsKey).region).toBe("eu-central-1");
  expect(stack.the(KmsAlias).region).toBe("eu-central-1");
  expect(statements(props)[1].Principal.Service).toBe("logs.eu-central-1.amazonaws.com");
  expect(made().the(KmsKey)).not.toHaveProperty("region");
});

test("a user named twice is one", () => {
  expect(statements({ usedBy: ["logs", "alarms", "logs"] })).toEqual(statements({ usedBy: ["logs", "alarms"] }));
});

test("a key for several regions says so from the start", () => {
  expect(made({ multiRegion: true }).the(KmsKey).multi_region).toBe(true);
});

test("a key is replicated with its name and its users, for the services of each region", () => {
  const stack = made({ replicateTo: ["eu-central-1"], usedBy: ["logs"] });
  expect(stack.the(KmsKey).multi_region).toBe(true);
  const replica = stack.the(KmsReplicaKey);
  expect(replica).toMatchObject({ region: "eu-central-1", lifecycle: { prevent_destroy: true } });
  expect(JSON.parse(replica.policy).Statement[1].Principal.Service).toBe("logs.eu-central-1.amazonaws.com");
  const names = Object.values(stack.all(KmsAlias)).map(({ name, region = "home" }) => `${name} ${region}`);
  expect(names.sort()).toEqual(["alias/test-orders eu-central-1", "alias/test-orders home"]);
});

test.each<[string, KeyProps, string]>([
  ["a replica at home", { replicateTo: ["eu-west-1"] }, "'replicateTo' must name other regions than the key's own"],
  ["a region twice", { replicateTo: ["us-east-1", "us-east-1"] }, "'replicateTo' must name other regions"],
  ["a replica nowhere", { replicateTo: ["frankfurt"] }, "'replicateTo' must be regions such as eu-central-1"],
  [
    "replicas of a key of one region",
    { replicateTo: ["us-east-1"], multiRegion: false },
    "'multiRegion' must be true for a key with replicas, got false",
  ],
  ["a deletion that is too quick", { deletionDays: 6 }, "'deletionDays' must be between 7 and 30, got 6"],
  ["a deletion that is too slow", { deletionDays: 31 }, "'deletionDays' must be between 7 and 30, got 31"],
  ["half a day", { deletionDays: 7.5 }, "'deletionDays' must be a whole number, got 7.5"],
  [
    "a user it does not know",
    { usedBy: ["everybody" as KeyUser] },
    "'usedBy[0]' must be one of logs, alarms, events, rds-events, backup-events",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => made(props)).toThrow(message);
  expect(() => made(props)).toThrow(/^test\/orders: /);
});
