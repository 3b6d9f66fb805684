import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import Ajv from "ajv";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, recoveriesOf } from "../../lib/core";
import { Backups, Objectives, RestoreProof, RestoreProofProps } from "../../lib/recovery";
import schema from "../../lib/review/manifest.schema.json";
import { recoveryReport } from "../../lib/review/recovery/report";
import { Config, Setting, Synthesized, network, synth } from "../synth";
import { Ledger } from "./ledger";

const TICKET = "arn:aws:sns:eu-west-1:111122223333:ticket";
const NOTIFY = { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: TICKET };
const VAULT = "arn:aws:backup:eu-west-1:111122223333:backup-vault:shop";

/** A proof over one backed up thing of each type, watched. */
function proven(types: string[], props: Partial<RestoreProofProps> = {}, setting: Setting = {}): Synthesized {
  return synth((stack) => {
    const held = types.map((type) => new Ledger(stack, type.toLowerCase(), type));
    const of = new Backups(stack, "backups", { of: held });
    const proof = new RestoreProof(stack, "proof", { of, network: network(), ...props });
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(proof);
  }, setting);
}

const plans = (stack: Synthesized) => Object.keys(stack.all(BackupRestoreTestingPlan));
const alarm = (stack: Synthesized, name: string) => stack.at(CloudwatchMetricAlarm, `proof/alarms/${name}-ticket`);
const statements = (stack: Synthesized, path: string): Config[] =>
  JSON.parse(stack.at(IamRolePolicy, path).policy).Statement;

test("what is critical is restored every week as it is now, and every month as it was some time ago", () => {
  const stack = proven(["RDS"]);
  expect(stack.at(BackupRestoreTestingPlan, "proof/plan-weekly")).toMatchObject({
    name: "test_proof_weekly",
    schedule_expression: "cron(0 8 ? * MON *)",
    schedule_expression_timezone: "Etc/UTC",
    start_window_hours: 4,
    recovery_point_selection: [
      {
        algorithm: "LATEST_WITHIN_WINDOW",
        include_vaults: [expect.stringMatching(/^\$\{aws_backup_vault\.backups_vault_\w+\.arn\}$/)],
        recovery_point_types: ["CONTINUOUS", "SNAPSHOT"],
        selection_window_days: 7,
      },
    ],
  });
  expect(stack.at(BackupRestoreTestingPlan, "proof/plan-monthly")).toMatchObject({
    schedule_expression: "cron(0 8 15 * ? *)",
    recovery_point_selection: [{ algorithm: "RANDOM_WITHIN_WINDOW", selection_window_days: 35 }],
  });
});

test("a standard tier tests once a month, development never, and asks nobody to look", () => {
  expect(plans(proven(["EFS"], {}, { posture: { backupTier: "standard" } }))).toEqual(["proof/plan-monthly"]);
  const development = proven(["EFS"], {}, { posture: DEVELOPMENT });
  expect(plans(development)).toEqual([]);
  expect(development.all(LambdaFunction)).toEqual({});
  expect(development.all(CloudwatchMetricAlarm)).toEqual({});
});

test("tests are yours, and one that the tier lacks is added", () => {
  const stack = proven(["EFS"], { tier: "development", tests: { weekly: { hour: 20, picks: "random" } } });
  expect(stack.the(BackupRestoreTestingPlan)).toMatchObject({
    schedule_expression: "cron(0 20 ? * MON *)",
    recovery_point_selection: [{ algorithm: "RANDOM_WITHIN_WINDOW", selection_window_days: 7 }],
  });
});

test("AWS Backup takes the name of a plan: letters, digits and underscores, at most fifty", () => {
  const { name } = synth((stack) => {
    const of = { vaultArn: VAULT, types: ["EFS"] };
    new RestoreProof(stack, "a-proof-with-a-name_that-is-far-longer-than-aws-backup-takes", { of, tier: "standard" });
  }).the(BackupRestoreTestingPlan);
  expect(name).toMatch(/^\w{1,50}$/);
});

test("each type is restored by itself, only what is backed up, by a role that restores and nothing else", () => {
  const stack = proven(["EFS", "S3"], { tier: "standard" });
  const selections = stack.all(BackupRestoreTestingSelection);
  expect(Object.keys(selections)).toEqual(["proof/monthly-efs", "proof/monthly-s3"]);
  expect(selections["proof/monthly-efs"]).toMatchObject({
    name: "EFS",
    protected_resource_type: "EFS",
    protected_resource_arns: ["arn:aws:own:eu-west-1:111122223333:efs"],
    validation_window_hours: 4,
    iam_role_arn: expect.stringContaining("aws_iam_role.proof_role_"),
  });
  expect(selections["proof/monthly-efs"]).not.toHaveProperty("restore_metadata_overrides");
  expect(stack.at(IamRole, "proof/role").assume_role_policy).toContain(`"Service":"backup.amazonaws.com"`);
  const policies = Object.entries(stack.all(IamRolePolicyAttachment)).filter(([path]) => path.startsWith("proof/role"));
  expect(policies.map(([, { policy_arn }]) => policy_arn.split("/").pop())).toEqual([
    "AWSBackupServiceRolePolicyForRestores",
    "AWSBackupServiceRolePolicyForS3Restore",
  ]);
});

test("of a vault that exists everything of its types is restored", () => {
  const stack = synth((scope) => {
    new RestoreProof(scope, "proof", { of: { vaultArn: VAULT, types: ["DynamoDB"] }, tier: "standard" });
  });
  expect(stack.the(BackupRestoreTestingSelection).protected_resource_arns).toEqual(["*"]);
  expect(stack.the(BackupRestoreTestingPlan).recovery_point_selection[0].include_vaults).toEqual([VAULT]);
});

test("a restored database stands in data subnets, behind a firewall that lets nobody in", () => {
  const stack = proven(["RDS"], { tier: "standard", overrides: { RDS: { dbInstanceClass: "db.t4g.small" } } });
  expect(stack.the(DbSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b", "subnet-data-c"]);
  expect(stack.the(BackupRestoreTestingSelection).restore_metadata_overrides).toEqual({
    dbSubnetGroupName: expect.stringContaining("aws_db_subnet_group.proof_subnets_"),
    vpcSecurityGroupIds: expect.stringMatching(/^\["\$\{aws_security_group\.proof_restored_\w+\.id\}"\]$/),
    dbInstanceClass: "db.t4g.small",
  });
  expect(stack.all(VpcSecurityGroupIngressRule)).toEqual({});
});

test("as soon as a test has restored something it is looked at, with what the look needs", () => {
  const stack = proven(["RDS", "EFS"]);
  const pattern = JSON.parse(stack.at(CloudwatchEventRule, "proof/validator/rule").event_pattern);
  expect(pattern).toEqual({
    source: ["aws.backup"],
    "detail-type": ["Restore Job State Change"],
    detail: {
      status: ["COMPLETED"],
      resourceType: ["EFS", "RDS"],
      restoreTestingPlanArn: [
        expect.stringMatching(/^\$\{aws_backup_restore_testing_plan\.proof_plan-weekly_\w+\.arn\}$/),
        expect.stringMatching(/^\$\{aws_backup_restore_testing_plan\.proof_plan-monthly_\w+\.arn\}$/),
      ],
    },
  });
  const { input_paths, input_template } = stack.at(CloudwatchEventTarget, "proof/validator/target").input_transformer;
  expect(input_paths).toEqual({ detail: "$.detail" });
  const { data } = JSON.parse(input_template.replace("<detail>", "{}"));
  expect(data).toEqual({
    namespace: "SreConstructs/Restores",
    metric: "RestoreProven",
    proof: "test-proof",
    mechanism: "restore of a backup",
    constructs: [
      { arn: "arn:aws:own:eu-west-1:111122223333:rds", path: "test/rds" },
      { arn: "arn:aws:own:eu-west-1:111122223333:efs", path: "test/efs" },
    ],
  });
  expect(stack.at(LambdaFunction, "proof/validator/Resource")).not.toHaveProperty("vpc_config");
});

test("the validator may look, report and publish, and nothing else", () => {
  const may = statements(proven(["RDS", "Aurora", "DynamoDB"]), "proof/validator/role-policy").slice(3);
  expect(may).toEqual([
    expect.objectContaining({ Action: ["backup:DescribeRestoreJob", "backup:PutRestoreValidationResult"] }),
    expect.objectContaining({
      Action: "cloudwatch:PutMetricData",
      Condition: { StringEquals: { "cloudwatch:namespace": "SreConstructs/Restores" } },
    }),
    expect.objectContaining({
      Action: ["rds:DescribeDBClusters"],
      Resource: "arn:aws:rds:eu-west-1:111122223333:cluster:*",
    }),
    expect.objectContaining({
      Action: ["dynamodb:DescribeTable"],
      Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-*",
    }),
    expect.objectContaining({
      Action: ["rds:DescribeDBInstances"],
      Resource: "arn:aws:rds:eu-west-1:111122223333:db:*",
    }),
  ]);
});

test.each([
  ["critical", 9],
  ["standard", 33],
] as const)("in the tier %s a type without a proven restore for %d days is a ticket", (tier, threshold) => {
  expect(alarm(proven(["EFS"], { tier }), "unproven-efs")).toMatchObject({
    namespace: "SreConstructs/Restores",
    metric_name: "DaysSinceProven",
    dimensions: { Proof: "test-proof", Type: "EFS" },
    comparison_operator: "GreaterThanThreshold",
    threshold,
    // What counts the days is watched by itself.
    treat_missing_data: "ignore",
  });
});

test("each type is missed by itself; a restore that proves nothing is a ticket at once", () => {
  const stack = proven(["RDS", "EFS"], { unprovenDays: 20 });
  expect(alarm(stack, "unproven-rds").threshold).toBe(20);
  expect(alarm(stack, "unproven-efs").dimensions.Type).toBe("EFS");
  const [least, ...parts] = alarm(stack, "disproven").metric_query as Config[];
  expect(least.expression).toBe("MIN(METRICS())");
  expect(parts.map(({ metric }) => metric.dimensions.Type)).toEqual(["EFS", "RDS"]);
  expect(alarm(proven(["RDS"]), "disproven")).toMatchObject({
    metric_name: "RestoreProven",
    statistic: "Minimum",
    threshold: 1,
    comparison_operator: "LessThanThreshold",
    treat_missing_data: "notBreaching",
  });
});

test("a restore that fails tells somebody, and so does a function that does not run", () => {
  const stack = proven(["EFS"], { tier: "standard" });
  const rule = stack.at(CloudwatchEventRule, "proof/alarms/failed-restores");
  expect(JSON.parse(rule.event_pattern).detail).toEqual({
    status: ["FAILED", "ABORTED"],
    restoreTestingPlanArn: [expect.stringContaining("plan-monthly")],
  });
  expect(stack.at(CloudwatchEventTarget, "proof/alarms/failed-restores-target").arn).toBe(TICKET);
  expect(alarm(stack, "silent").dimensions.FunctionName).toBe("test-proof-age");
  expect(alarm(stack, "failed").dimensions.FunctionName).toBe("test-proof-age");
  expect(alarm(stack, "validator-failed").dimensions.FunctionName).toBe("test-proof-validator");
  expect(alarm(stack, "validator-undelivered").dimensions.QueueName).toBe("test-proof-validator-failures");
});

test("the days are counted every six hours, from what the validator publishes", () => {
  const stack = proven(["EFS"]);
  expect(stack.at(CloudwatchEventRule, "proof/age/schedule").schedule_expression).toBe("rate(6 hours)");
  const { input_template } = stack.at(CloudwatchEventTarget, "proof/age/target").input_transformer;
  expect(JSON.parse(input_template.replace("<now>", "0")).data).toEqual({
    namespace: "SreConstructs/Restores",
    proven: "RestoreProven",
    age: "DaysSinceProven",
    proof: "test-proof",
    plan: expect.stringMatching(/^\$\{aws_backup_restore_testing_plan\.proof_plan-weekly_\w+\.name\}$/),
    types: ["EFS"],
  });
  const [reads, tests] = statements(stack, "proof/age/role-policy").slice(3);
  expect(reads.Action).toBe("cloudwatch:GetMetricData");
  expect(tests).toMatchObject({
    Action: "backup:GetRestoreTestingSelection",
    Resource: expect.stringContaining("plan-weekly"),
  });
});

test("a key of yours spares one of its own", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1";
  const own = Object.keys(proven(["EFS"], { key }).all(KmsKey)).filter((path) => path.startsWith("proof"));
  expect(own).toEqual([]);
});

test("the way back that a backup gives says that it is put to the test, and others do not", () => {
  let ways: ReturnType<typeof recoveriesOf>;
  synth((stack) => {
    const ledger = new Ledger(stack, "ledger", "EFS");
    const of = new Backups(stack, "backups", { of: [ledger], copyTo: "eu-central-1" });
    new RestoreProof(stack, "proof", { of });
    ways = recoveriesOf(ledger);
  });
  expect(ways!.corruption![0].tested).toEqual({ every: "7 days", by: "test/proof" });
  expect(ways!.region![0]).not.toHaveProperty("tested");
});

test("the manifest and the report on recovery say how often a way back is put to the test, and by what", () => {
  const { manifest } = synth((stack) => {
    const ledger = new Ledger(stack, "ledger", "EFS");
    const of = new Backups(stack, "backups", { of: [ledger] });
    new RestoreProof(stack, "proof", { of, tier: "standard" });
    const corruption = { detection: "1 hour", rto: "1 day", rpo: "1 day" } as const;
    new Objectives(stack, "objectives", { of: Object.assign(ledger, { recovers: {} }), corruption });
  });
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(recoveryReport(manifest)["recovery.md"]).toContain(
    "Put to the test every 31 days: test/ledger, restore of a backup (by test/proof).",
  );
});
