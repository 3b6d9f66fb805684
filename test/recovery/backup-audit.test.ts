import { BackupFramework } from "@cdktf/provider-aws/lib/backup-framework";
import { BackupReportPlan } from "@cdktf/provider-aws/lib/backup-report-plan";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { Duration, waive } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { BackupAudit, BackupAuditProps, Backups, Objectives } from "../../lib/recovery";
import { Config, Synthesized, network, synth } from "../synth";

const OF = { vaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:shop", types: ["RDS", "EFS"] };

function audited(props: Partial<BackupAuditProps> = {}): Synthesized {
  return synth((stack) => new BackupAudit(stack, "audit", { of: OF, ...props }));
}

const aimed = (rto: Duration, rpo: Duration) => ({ objectives: { goals: { corruption: { rto, rpo } } } });

/** The controls by name, with their parameters. */
function controls(stack: Synthesized): Record<string, Config> {
  const all = stack.the(BackupFramework).control as Config[];
  return Object.fromEntries(
    all.map(({ name, input_parameter = [] }) => [
      name,
      Object.fromEntries((input_parameter as Config[]).map(({ name, value }) => [name, value])),
    ]),
  );
}

test("a framework asks of everything of these types that it is backed up, encrypted and locked", () => {
  const stack = audited();
  expect(controls(stack)).toEqual({
    BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: {},
    BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK: {},
    BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: {
      requiredFrequencyUnit: "days",
      requiredFrequencyValue: "1",
      requiredRetentionDays: "35",
    },
    BACKUP_RECOVERY_POINT_ENCRYPTED: {},
  });
  expect(stack.the(BackupFramework).control[0].scope).toEqual({ compliance_resource_types: ["RDS", "EFS"] });
  expect(stack.the(BackupFramework).name).toMatch(/^[a-zA-Z]\w{0,255}$/);
});

test("copies are asked for where they are stated", () => {
  expect(Object.keys(controls(audited({ copies: ["region", "account"] })))).toEqual(
    expect.arrayContaining([
      "BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION",
      "BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT",
    ]),
  );
});

test.each<[Duration, string, string]>([
  ["1 hour", "hours", "1"],
  ["26 hours", "hours", "26"],
  ["1 day", "days", "1"],
  ["24 hours", "days", "1"],
  ["31 days", "days", "31"],
])("an RPO of %s is the age of %s: %s", (rpo, unit, value) => {
  expect(controls(audited(aimed("4 hours", rpo))).BACKUP_LAST_RECOVERY_POINT_CREATED).toEqual({
    recoveryPointAgeUnit: unit,
    recoveryPointAgeValue: value,
  });
});

test.each<Duration>(["5 minutes", "90 minutes", "0 seconds", "32 days", "745 hours"])(
  "an RPO of %s cannot be audited: synthesis says so, and rounds nothing",
  (rpo) => {
    const stack = audited(aimed("4 hours", rpo));
    expect(controls(stack)).not.toHaveProperty("BACKUP_LAST_RECOVERY_POINT_CREATED");
    expect(stack.warnings.join()).toContain(
      `test/audit: 'objectives.corruption.rpo' must be whole hours up to 744, or whole days up to 31, to be audited, got "${rpo}"`,
    );
  },
);

test("an RTO is a time to restore in minutes, or is not audited", () => {
  const { RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: restore } = controls(audited(aimed("4 hours", "1 day")));
  expect(restore).toEqual({ maxRestoreTime: "240" });
  const odd = audited(aimed("90 seconds", "1 day"));
  expect(controls(odd)).not.toHaveProperty("RESTORE_TIME_FOR_RESOURCES_MEET_TARGET");
  expect(odd.warnings.join()).toContain("'objectives.corruption.rto' must be whole minutes to be audited");
});

test("the objectives are those that the service states", () => {
  const stack = synth((scope) => {
    const database = new Postgres(scope, "database", { network: network() });
    const of = new Backups(scope, "backups", { of: [database] });
    const corruption = { detection: "1 hour", rto: "6 hours", rpo: "5 hours" } as const;
    const objectives = new Objectives(scope, "objectives", { of: database, corruption });
    new BackupAudit(scope, "audit", { of, objectives });
  });
  expect(controls(stack)).toMatchObject({
    BACKUP_LAST_RECOVERY_POINT_CREATED: { recoveryPointAgeValue: "5" },
    RESTORE_TIME_FOR_RESOURCES_MEET_TARGET: { maxRestoreTime: "360" },
  });
});

test("what cannot be audited is excused by a waiver, and else only warns, in every posture", () => {
  const fill = (excused: boolean) =>
    synth(
      (stack) => {
        const audit = new BackupAudit(stack, "audit", { of: OF, ...aimed("4 hours", "5 minutes") });
        if (excused) waive(audit, "audited-objective", { waived: "RDS keeps a history of its own" });
      },
      { checks: true },
    ).manifest.verdicts.find(({ safeguard }) => safeguard === "audited-objective" && true)!;
  expect(fill(false).outcome).toBe("warned");
  expect(fill(true).outcome).toBe("waived");
});

test("what is out of line is reported each day, and so is every job", () => {
  const stack = audited();
  const reports = stack.all(BackupReportPlan);
  const templates = Object.values(reports).map(({ report_setting }) => report_setting.report_template);
  expect(templates.sort()).toEqual([
    "BACKUP_JOB_REPORT",
    "COPY_JOB_REPORT",
    "RESOURCE_COMPLIANCE_REPORT",
    "RESTORE_JOB_REPORT",
  ]);
  expect(reports["audit/report-compliance"].report_setting.framework_arns).toEqual([
    expect.stringContaining("aws_backup_framework.audit_"),
  ]);
  expect(reports["audit/report-backups"].report_setting).not.toHaveProperty("framework_arns");
  for (const { name } of Object.values(reports)) expect(name).toMatch(/^[a-zA-Z]\w{0,255}$/);
});

test("reports lie in a private bucket for as long as logs, and only AWS Backup writes there", () => {
  const stack = audited();
  expect(stack.the(S3BucketPublicAccessBlock).block_public_policy).toBe(true);
  expect(stack.the(S3BucketLifecycleConfiguration).rule[0].expiration).toEqual([{ days: 365 }]);
  const { policy, depends_on } = stack.the(S3BucketPolicy);
  expect((JSON.parse(policy).Statement as Config[]).filter(({ Effect }) => Effect === "Allow")).toEqual([
    expect.objectContaining({
      Principal: {
        AWS: "arn:aws:iam::111122223333:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports",
      },
      Action: "s3:PutObject",
    }),
  ]);
  // The role is there when the framework is.
  expect(depends_on).toContainEqual(expect.stringMatching(/^aws_backup_framework\.audit_/));
});

test("days and bucket are yours", () => {
  const stack = audited({ keepDays: 90, reportDays: 30, bucketName: "shop-reports" });
  expect(controls(stack).BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK.requiredRetentionDays).toBe("90");
  expect(stack.the(S3BucketLifecycleConfiguration).rule[0].expiration).toEqual([{ days: 30 }]);
  expect(stack.at(BackupReportPlan, "audit/report-copies").report_delivery_channel.s3_bucket_name).toContain("audit");
});

test.each<[string, Partial<BackupAuditProps>, string]>([
  ["nothing to audit", { of: { ...OF, types: [] } }, "'of.types' must name at least one type, got []"],
  ["objectives that say nothing of corruption", { objectives: { goals: {} } }, "'objectives' must have one for"],
  ["no retention", { keepDays: 0 }, "'keepDays' must be between 1 and 36500, got 0"],
  ["a copy to nowhere", { copies: ["moon" as never] }, "'copies[0]' must be one of region, account, got \"moon\""],
])("fails on %s", (_, props, message) => {
  expect(() => audited(props)).toThrow(message);
});
