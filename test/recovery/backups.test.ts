import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformStack } from "cdktf";
import { DEVELOPMENT, waive } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { Backups, VaultLock } from "../../lib/recovery";
import { Synthesized, network, synth } from "../synth";
import { Ledger } from "./ledger";
import { planned, rules } from "./planned";

const kept = (plan: Synthesized) =>
  Object.fromEntries(Object.entries(rules(plan)).map(([name, { lifecycle }]) => [name, lifecycle.delete_after]));

test("what it has never heard of is selected, by name and nothing else", () => {
  const plan = planned(["RDS", "EFS"]);
  expect(plan.the(BackupSelection)).toMatchObject({
    resources: ["arn:aws:own:eu-west-1:111122223333:rds", "arn:aws:own:eu-west-1:111122223333:efs"],
    plan_id: expect.stringContaining("aws_backup_plan.backups_"),
    iam_role_arn: expect.stringContaining("aws_iam_role.backups_role_"),
  });
  expect(plan.the(BackupSelection)).not.toHaveProperty("selection_tag");
});

test("of a construct that also holds what needs no backup, only the rest is selected", () => {
  const plan = synth((stack) => {
    const cache = { type: "ElastiCache", arn: "arn:cache", backUp: { no: "it is a cache" }, by: [] };
    new Backups(stack, "backups", { of: [new Ledger(stack, "ledger", "EFS", [cache])] });
  });
  expect(plan.the(BackupSelection).resources).toEqual(["arn:aws:own:eu-west-1:111122223333:ledger"]);
});

test.each([
  ["critical", {}, { hourly: 7, daily: 35, monthly: 365 }],
  ["standard", { backupTier: "standard" }, { daily: 35 }],
  ["development", DEVELOPMENT, { daily: 7 }],
] as const)("tier %s keeps snapshots as long as its table says", (_, posture, days) => {
  expect(kept(planned(["RDS"], {}, { posture }))).toEqual(days);
});

test("a database can be had back as of each hour of the day, a day of the month, a month of the year", () => {
  const { hourly, daily, monthly } = rules(planned());
  expect(daily.schedule).toBe("cron(0 1 * * ? *)");
  expect(monthly.schedule).toBe("cron(0 1 1 * ? *)");
  expect(hourly.schedule).toMatch(/^cron\(0 0,6,7,.*,22,23 \* \* \? \*\)$/);
  for (const rule of [hourly, daily, monthly]) {
    expect(rule.schedule_expression_timezone).toBe("Etc/UTC");
    expect(rule.start_window).toBe(60);
    expect(rule.completion_window).toBeGreaterThanOrEqual(120);
  }
});

test("no snapshot starts in the hours in which a database backs up and patches itself", () => {
  const hours = Object.values(rules(planned())).flatMap(({ schedule }) =>
    (schedule as string).split(" ")[1].split(","),
  );
  // The windows of Postgres are 03:00-04:00 and 04:30-05:30; the hour before them counts.
  expect(hours.filter((hour) => Number(hour) >= 2 && Number(hour) < 6)).toEqual([]);
});

test("a bucket also has a history to any second, which its role may write", () => {
  const plan = planned(["S3"]);
  expect(rules(plan).continuous).toMatchObject({ enable_continuous_backup: true, lifecycle: { delete_after: 35 } });
  expect(rules(plan).daily.enable_continuous_backup).toBe(false);
  expect(kept(planned(["S3"], { tier: "standard" })).continuous).toBe(14);
  expect(policies(plan)).toContain("arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup");
});

test.each([[["RDS"]], [["RDS", "S3"]], [["EFS"]]])(
  "what keeps its own history, or can have none, keeps it out of %j",
  (types) => {
    expect(rules(planned(types))).not.toHaveProperty("continuous");
  },
);

test("months go to cold storage where every type can, and nowhere else", () => {
  expect(rules(planned(["EFS"])).monthly.lifecycle).toEqual({ delete_after: 365, cold_storage_after: 30 });
  expect(rules(planned(["EFS", "RDS"])).monthly.lifecycle).toEqual({ delete_after: 365 });
  expect(rules(planned(["EFS"])).daily.lifecycle).toEqual({ delete_after: 35 });
  const never = planned(["EFS"], { rules: { monthly: { coldAfterDays: "never" } } });
  expect(rules(never).monthly.lifecycle).toEqual({ delete_after: 365 });
});

test("volumes say that they want to be archived", () => {
  const { monthly, daily } = rules(planned(["EBS"]));
  expect(monthly.lifecycle).toMatchObject({
    cold_storage_after: 30,
    opt_in_to_archive_for_supported_resources: true,
  });
  expect(daily.lifecycle).not.toHaveProperty("opt_in_to_archive_for_supported_resources");
});

test("tier and rules are yours, and a rule that the tier lacks is added", () => {
  const plan = planned(["RDS"], {
    tier: "standard",
    rules: { daily: { keepDays: 90, hours: [22, 10], startWindow: undefined }, monthly: { dayOfMonth: 15 } },
  });
  expect(kept(plan)).toEqual({ daily: 90, monthly: 365 });
  expect(rules(plan).daily).toMatchObject({ schedule: "cron(0 10,22 * * ? *)", start_window: 60 });
  expect(rules(plan).monthly.schedule).toBe("cron(0 1 15 * ? *)");
});

test("production keeps its vault, locked and with a key of its own", () => {
  const plan = planned();
  expect(plan.the(BackupVault)).toMatchObject({
    name: "test-backups",
    force_destroy: false,
    kms_key_arn: expect.stringContaining("aws_kms_key.backups_vault-key_"),
    lifecycle: { prevent_destroy: true },
  });
  expect(plan.the(BackupVaultLockConfiguration)).toMatchObject({ min_retention_days: 7, max_retention_days: 400 });
  expect(plan.the(BackupVaultLockConfiguration)).not.toHaveProperty("changeable_for_days");
});

test("development can be thrown away: no lock, and recovery points go with the vault", () => {
  const plan = planned(["RDS"], {}, { posture: DEVELOPMENT });
  expect(plan.the(BackupVault)).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  expect(plan.all(BackupVaultLockConfiguration)).toEqual({});
  const asked = planned(["RDS"], { lock: VaultLock.governance() }, { posture: DEVELOPMENT });
  expect(asked.the(BackupVaultLockConfiguration).min_retention_days).toBe(7);
});

test("a compliance lock is one that cools off, in both regions", () => {
  const lock = VaultLock.compliance({ coolOffDays: 14, maxDays: 4000, iUnderstandThisIsIrreversible: true });
  const plan = planned(["RDS"], { lock, copyTo: "eu-central-1" });
  const days = { changeable_for_days: 14, min_retention_days: 7, max_retention_days: 4000 };
  expect(plan.at(BackupVaultLockConfiguration, "backups/vault-lock")).toMatchObject(days);
  expect(plan.at(BackupVaultLockConfiguration, "backups/copy-vault-lock")).toMatchObject({
    ...days,
    region: "eu-central-1",
  });
});

test("copies lie in the other region, under a key that is there too", () => {
  const plan = planned(["RDS"], { copyTo: "eu-central-1" });
  expect(plan.at(BackupVault, "backups/copy-vault")).toMatchObject({
    name: "test-backups-copy",
    region: "eu-central-1",
    kms_key_arn: expect.stringContaining("aws_kms_key.backups_copy-vault-key_"),
    lifecycle: { prevent_destroy: true },
  });
  expect(plan.at(KmsKey, "backups/copy-vault-key/Resource").region).toBe("eu-central-1");
  expect(plan.at(KmsAlias, "backups/copy-vault-key/alias").region).toBe("eu-central-1");
  expect(plan.at(KmsKey, "backups/vault-key/Resource")).not.toHaveProperty("region");
  for (const { copy_action, lifecycle } of Object.values(rules(plan))) {
    expect(copy_action).toEqual([
      { destination_vault_arn: expect.stringContaining("aws_backup_vault.backups_copy-vault_"), lifecycle },
    ]);
  }
});

test("a copy may be kept for another time, and of a history only snapshots are copied", () => {
  const plan = planned(["S3"], { copyTo: "eu-central-1", rules: { daily: { copyKeepDays: 14 } } });
  expect(rules(plan).daily.copy_action[0].lifecycle).toEqual({ delete_after: 14 });
  expect(rules(plan).continuous).not.toHaveProperty("copy_action");
});

test.each([[{}], [{ copyTo: undefined }]])("without a region there is one vault and no copy: %j", (props) => {
  const plan = planned(["RDS"], props);
  expect(Object.keys(plan.all(BackupVault))).toEqual(["backups/vault"]);
  expect(rules(plan).daily).not.toHaveProperty("copy_action");
});

test("a key that is given encrypts the vault here, and the copy has its own all the same", () => {
  const plan = planned(["RDS"], { key: "arn:aws:kms:eu-west-1:111122223333:key/own", copyTo: "eu-central-1" });
  expect(plan.at(BackupVault, "backups/vault").kms_key_arn).toContain("key/own");
  expect(Object.keys(plan.all(KmsKey))).toEqual(["backups/copy-vault-key/Resource"]);
});

test("only AWS Backup takes the role, and only to back up", () => {
  const plan = planned();
  expect(plan.at(IamRole, "backups/role").assume_role_policy).toContain(`"Service":"backup.amazonaws.com"`);
  expect(policies(plan)).toEqual(["arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"]);
});

test("the vaults are what nobody has to back up again", () => {
  const [vault, copy] = planned(["RDS"], { copyTo: "eu-central-1" }).manifest.constructs.find(
    ({ path }) => path === "test/backups",
  )!.protects!;
  expect(vault).toMatchObject({ backUp: { no: "it is the backup" }, by: ["prevent_destroy", "vault lock"] });
  expect(copy.arn).toMatchObject({ attribute: "arn" });
});

const unwatched = (stack: TerraformStack) => {
  const database = new Postgres(stack, "database", { network: network() });
  waive(database, "watched", { waived: "this test is about backups" });
  return database;
};

test("a database that is named is backed up, and the manifest says by whom", () => {
  const { manifest } = synth(
    (stack) => {
      const backups = new Backups(stack, "backups", { of: [unwatched(stack)] });
      waive(backups, "watched", { waived: "this test is about backups" });
    },
    { checks: true },
  );
  expect(manifest.constructs.find(({ path }) => path === "test/database")!.kept["backed-up"]).toBe("test/backups");
});

test("fails on a database that nobody backs up, by name; a waiver excuses it", () => {
  expect(() => synth(unwatched, { checks: true })).toThrow("test/database: 'Postgres' must be backed up, got no plan");
  const { manifest } = synth(
    (stack) => waive(unwatched(stack), "backed-up", { waived: "a copy, rebuilt every night" }),
    { checks: true },
  );
  expect(manifest.verdicts).toContainEqual(
    expect.objectContaining({ safeguard: "backed-up", path: "test/database", outcome: "waived" }),
  );
});

/** The policies of the role that backs up. */
function policies(plan: Synthesized): string[] {
  return Object.entries(plan.all(IamRolePolicyAttachment))
    .filter(([path]) => path.startsWith("backups/role-"))
    .map(([, { policy_arn }]) => policy_arn as string);
}
