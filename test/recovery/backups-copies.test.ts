import { BackupLogicallyAirGappedVault } from "@cdktf/provider-aws/lib/backup-logically-air-gapped-vault";
import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { RamPrincipalAssociation } from "@cdktf/provider-aws/lib/ram-principal-association";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { RamResourceShare } from "@cdktf/provider-aws/lib/ram-resource-share";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, recoveriesOf } from "../../lib/core";
import { Backups, BackupsProps } from "../../lib/recovery";
import { Config, synth, synthAll } from "../synth";
import { Ledger } from "./ledger";
import { planned, rules } from "./planned";

const ELSEWHERE = "arn:aws:backup:eu-west-1:444455556666:backup-vault:bunker";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:backups";

const destinations = (rule: Config): string[] =>
  (rule.copy_action as Config[]).map(({ destination_vault_arn }) => destination_vault_arn);

test("each snapshot can lie in another region, another account and behind an air gap at the same time", () => {
  const airGapped = { minDays: 7, maxDays: 400 };
  const plan = planned(["EFS"], { copyTo: "eu-central-1", copyToVault: ELSEWHERE, airGapped });
  for (const rule of Object.values(rules(plan))) {
    expect(destinations(rule)).toEqual([
      expect.stringContaining("aws_backup_vault.backups_copy-vault_"),
      ELSEWHERE,
      expect.stringContaining("aws_backup_logically_air_gapped_vault.backups_air-gapped-vault_"),
    ]);
  }
  expect(plan.the(BackupLogicallyAirGappedVault)).toMatchObject({
    name: "test-backups-air-gapped",
    min_retention_days: 7,
    max_retention_days: 400,
    lifecycle: { prevent_destroy: true },
  });
});

test("a copy that another account or AWS keeps does not move to cold storage by our word", () => {
  const plan = planned(["EFS"], { copyToVault: ELSEWHERE });
  expect(rules(plan).monthly.lifecycle).toMatchObject({ cold_storage_after: 30 });
  expect(rules(plan).monthly.copy_action[0].lifecycle).toEqual({ delete_after: 365 });
});

test("such copies are a way back from the loss of the account, an hour behind", () => {
  let ways: ReturnType<typeof recoveriesOf>;
  synth(
    (stack) => {
      const ledger = new Ledger(stack, "ledger");
      const airGapped = { minDays: 7, maxDays: 7, sharedWith: ["777788889999"] };
      new Backups(stack, "backups", { of: [ledger], copyToVault: ELSEWHERE, airGapped });
      ways = recoveriesOf(ledger);
    },
    { posture: DEVELOPMENT },
  );
  expect(ways!.account).toMatchObject([
    { mechanism: "restore of a copy in another account", rpo: { value: "25 hours" } },
    { mechanism: "restore of an air-gapped copy", rpo: { value: "25 hours" } },
  ]);
  expect(ways!.region).toBeUndefined();
});

test("an air-gapped vault is shared with accounts that restore from it when this one is lost", () => {
  const airGapped = { minDays: 7, maxDays: 400, sharedWith: ["777788889999", "888899990000"] };
  const plan = planned(["RDS"], { airGapped });
  expect(plan.the(RamResourceShare)).toMatchObject({
    name: "test-backups-air-gapped",
    allow_external_principals: false,
  });
  expect(plan.the(RamResourceAssociation).resource_arn).toContain("aws_backup_logically_air_gapped_vault.");
  const principals = Object.values(plan.all(RamPrincipalAssociation)).map(({ principal }) => principal);
  expect(principals).toEqual(airGapped.sharedWith);
  const [{ steps }] = plan.manifest.constructs.find(({ path }) => path === "test/rds")!.recovers!.account as Config[];
  expect(steps.join("\n")).toContain("Sign in to the account 777788889999 or 888899990000");
  expect(steps.join("\n")).toContain(
    "--backup-vault-name test-backups-air-gapped --backup-vault-account-id 111122223333",
  );
});

test("an air-gapped vault that nobody else sees is no way back from the loss of the account", () => {
  const plan = planned(["RDS"], { airGapped: { minDays: 7, maxDays: 400 } });
  expect(plan.all(RamResourceShare)).toEqual({});
  expect(plan.manifest.constructs.find(({ path }) => path === "test/rds")!.recovers).not.toHaveProperty("account");
  expect(destinations(rules(plan).daily)).toEqual([expect.stringContaining("aws_backup_logically_air_gapped_vault.")]);
});

test.each<[string, string[], string]>([
  ["no account", ["bunker"], "'airGapped.sharedWith' must be accounts, by their 12 digits"],
  ["its own account", ["111122223333"], "'airGapped.sharedWith' must be other accounts than 111122223333, each named"],
  ["one account twice", ["777788889999", "777788889999"], "each named once, got"],
])("fails where it is shared with %s", (_, sharedWith, message) => {
  expect(() => planned(["RDS"], { airGapped: { minDays: 7, maxDays: 400, sharedWith } })).toThrow(message);
});

test("a copy that does not get behind the air gap is counted with the others", () => {
  const plan = synth((stack) => {
    const of = [new Ledger(stack, "ledger", "RDS")];
    const airGapped = { minDays: 7, maxDays: 400 };
    const backups = new Backups(stack, "backups", { of, copyTo: "eu-central-1", airGapped });
    new Alarms(stack, "alarms", { notify: { page: TOPIC, ticket: TOPIC } }).watch(backups);
  });
  const [, ...parts] = plan.at(CloudwatchMetricAlarm, "backups/alarms/failed-copies-ticket").metric_query as Config[];
  expect(parts.map(({ metric }) => metric.dimensions.BackupVaultName)).toEqual([
    "test-backups-copy",
    "test-backups-air-gapped",
  ]);
});

test("who is told of a copy that failed can ask whether its type is opted in there", () => {
  const plan = planned(["RDS"], { copyTo: "eu-central-1" });
  const { signals } = plan.manifest.constructs.find(({ path }) => path === "test/backups")!;
  const { firstSteps } = signals!.failedCopies as Config;
  expect(firstSteps).toContainEqual(
    expect.stringContaining("aws backup describe-region-settings --region eu-central-1"),
  );
});

test("the air-gapped vault is one more thing that nobody deletes by accident", () => {
  const { constructs } = planned(["RDS"], { airGapped: { minDays: 7, maxDays: 400 } }).manifest;
  const [vault, gap] = constructs.find(({ path }) => path === "test/backups")!.protects!;
  expect(vault.by).toEqual(["prevent_destroy", "vault lock"]);
  expect(gap).toMatchObject({ arn: { attribute: "arn" }, by: ["prevent_destroy", "air gap"] });
});

test("a region is opted in for what is backed up; what others have set stays as it is", () => {
  const settings = planned(["RDS", "DynamoDB"], { optIn: true }).the(BackupRegionSettings);
  expect(settings.resource_type_opt_in_preference).toEqual({ DynamoDB: true, RDS: true });
  expect(settings.resource_type_management_preference).toEqual({ DynamoDB: true });
  const { ignore_changes } = settings.lifecycle;
  expect(ignore_changes).toContain('resource_type_opt_in_preference["Redshift Serverless"]');
  expect(ignore_changes).toContain('resource_type_management_preference["EFS"]');
  expect(ignore_changes).not.toContain('resource_type_opt_in_preference["RDS"]');
});

test("the region of the copies is opted in as well: a copy fails where its type is not", () => {
  const settings = planned(["RDS", "DynamoDB"], { optIn: true, copyTo: "eu-central-1" });
  const here = settings.at(BackupRegionSettings, "backups/region-settings");
  const { region, ...there } = settings.at(BackupRegionSettings, "backups/copy-region-settings");
  expect(region).toBe("eu-central-1");
  expect(here).not.toHaveProperty("region");
  for (const name of ["resource_type_opt_in_preference", "resource_type_management_preference"]) {
    expect(there[name]).toEqual(here[name]);
  }
});

test("two plans that copy crosswise opt in a region each, by naming it", () => {
  const plans = synthAll({
    one: (stack) =>
      new Backups(stack, "backups", {
        of: [new Ledger(stack, "ledger")],
        copyTo: "eu-central-1",
        optIn: ["eu-west-1"],
      }),
    two: (stack) =>
      new Backups(stack, "backups", {
        of: [new Ledger(stack, "ledger")],
        copyTo: "eu-central-1",
        optIn: ["eu-central-1"],
      }),
  });
  const regions = Object.values(plans).map((plan) => plan.the(BackupRegionSettings).region);
  expect(regions).toEqual([undefined, "eu-central-1"]);
});

test("without being asked nothing is set for the whole account, nor the management of a type that has none", () => {
  expect(planned(["RDS"], {}).all(BackupRegionSettings)).toEqual({});
  const settings = planned(["RDS"], { optIn: true }).the(BackupRegionSettings);
  expect(settings).not.toHaveProperty("resource_type_management_preference");
});

test("fails on a region that two plans opt in, also from two stacks", () => {
  expect(() =>
    synthAll({
      one: (stack) => new Backups(stack, "backups", { of: [new Ledger(stack, "ledger")], optIn: true }),
      two: (stack) => new Backups(stack, "backups", { of: [new Ledger(stack, "ledger")], optIn: true }),
    }),
  ).toThrow(
    "two/backups: 'optIn' must be set once for 111122223333/eu-west-1, got \"set by one/backups\"; opt in once, by the",
  );
  expect(() =>
    synthAll({
      one: (stack) => new Backups(stack, "backups", { of: [new Ledger(stack, "ledger")], optIn: true }),
      two: (stack) =>
        new Backups(stack, "backups", { of: [new Ledger(stack, "ledger")], copyTo: "eu-central-1", optIn: true }),
    }),
  ).toThrow("a list of regions leaves one out");
});

test("a topic is told of what fails and of what somebody changes", () => {
  const { backup_vault_events, sns_topic_arn } = planned(["S3"], { eventTopic: TOPIC }).the(BackupVaultNotifications);
  expect(sns_topic_arn).toBe(TOPIC);
  expect(backup_vault_events).toEqual(
    expect.arrayContaining([
      "BACKUP_JOB_FAILED",
      "COPY_JOB_FAILED",
      "RECOVERY_POINT_MODIFIED",
      "S3_BACKUP_OBJECT_FAILED",
    ]),
  );
  expect(planned(["S3"], {}).all(BackupVaultNotifications)).toEqual({});
});

test("recovery points say of which class their data are", () => {
  const plan = planned(["EFS"], { dataClass: { name: "ledger", atLeastDays: 365, atMostDays: 400 } });
  for (const rule of Object.values(rules(plan))) expect(rule.recovery_point_tags).toEqual({ DataClass: "ledger" });
  expect(rules(planned(["EFS"], {})).daily).not.toHaveProperty("recovery_point_tags");
});

test.each<[string, Partial<BackupsProps>, string]>([
  [
    "rules that forget before the law allows it",
    { dataClass: { name: "books", atLeastDays: 2557 } },
    "'rules.monthly.keepDays' must be at least the 2557 days of books, got 365; rules: { monthly: { keepDays: 2557 } }",
  ],
  [
    "a rule that keeps what has to go",
    { dataClass: { name: "personal", atMostDays: 90 } },
    "'rules.monthly.keepDays' must be at most the 90 days of personal, got 365; what is kept longer must be erased",
  ],
  [
    "a copy that keeps what has to go",
    {
      dataClass: { name: "personal", atMostDays: 365 },
      copyTo: "eu-central-1",
      rules: { daily: { copyKeepDays: 366 } },
    },
    "'rules.daily.copyKeepDays' must be at most the 365 days of personal, got 366",
  ],
  ["a class without a name", { dataClass: { name: "" } }, "'dataClass.name' must not be empty"],
  [
    "a class turned over",
    { dataClass: { name: "x", atLeastDays: 9, atMostDays: 8 } },
    "'dataClass.atMostDays' must be between 9 and 36500, got 8",
  ],
  ["a vault that is none", { copyToVault: "bunker" }, "'copyToVault' must be the ARN of a backup vault"],
  [
    "a vault of the same account",
    { copyToVault: ELSEWHERE.replace("444455556666", "111122223333") },
    "'copyToVault' must be in another account than 111122223333",
  ],
  [
    "an air gap of six days",
    { airGapped: { minDays: 6, maxDays: 9 } },
    "'airGapped.minDays' must be between 7 and 36500",
  ],
  [
    "an air gap turned over",
    { airGapped: { minDays: 9, maxDays: 8 } },
    "'airGapped.maxDays' must be between 9 and 36500",
  ],
  [
    "copies that the air-gapped vault does not take",
    { airGapped: { minDays: 14, maxDays: 400 } },
    "'rules.hourly.copyKeepDays' must be between the 14 and 400 days of the air-gapped vault, got 7",
  ],
  ["a topic that is none", { eventTopic: "backups" }, "'eventTopic' must be the ARN of an SNS topic, got \"backups\""],
])("fails on %s", (_, props, message) => {
  expect(() => planned(["EFS"], props)).toThrow(message);
});

test("a history that is kept for a shorter time than the air gap asks for is not copied, and so is no fault", () => {
  const rules = { hourly: { copyKeepDays: 30 }, continuous: { keepDays: 14 } };
  expect(() => planned(["S3"], { airGapped: { minDays: 30, maxDays: 400 }, rules })).not.toThrow();
});
