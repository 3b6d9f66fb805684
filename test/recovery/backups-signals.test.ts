import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { Backups, BackupsProps } from "../../lib/recovery";
import { Config, synth } from "../synth";
import { Ledger } from "./ledger";

const NOTIFY = {
  page: "arn:aws:sns:eu-west-1:111122223333:page",
  ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
};

/** The alarms of a plan over one thing of each type, by the last part of their path. */
function alarms(types: string[], props: Partial<BackupsProps> = {}, posture: Partial<Posture> = {}) {
  const plan = synth(
    (stack) => {
      const of = types.map((type) => new Ledger(stack, type.toLowerCase(), type));
      new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new Backups(stack, "backups", { of, ...props }));
    },
    { posture },
  );
  const made = Object.entries(plan.all(CloudwatchMetricAlarm));
  return Object.fromEntries(made.map(([path, alarm]) => [path.replace("backups/alarms/", ""), alarm]));
}

const window = ({ period, evaluation_periods }: Config) => (period * evaluation_periods) / 3600;

test.each([
  ["failed-jobs-ticket", "NumberOfBackupJobsFailed"],
  ["expired-jobs-ticket", "NumberOfBackupJobsExpired"],
  ["aborted-jobs-ticket", "NumberOfBackupJobsAborted"],
])("one job is enough for %s, and no job is no fault", (path, metric_name) => {
  expect(alarms(["RDS"])[path]).toMatchObject({
    namespace: "AWS/Backup",
    metric_name,
    dimensions: { BackupVaultName: "test-backups", ResourceType: "RDS" },
    statistic: "Sum",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
  });
});

test("a copy that fails is counted at the vault it should have reached", () => {
  expect(alarms(["RDS"], { copyTo: "eu-central-1" })["failed-copies-ticket"]).toMatchObject({
    metric_name: "NumberOfCopyJobsFailed",
    dimensions: { BackupVaultName: "test-backups-copy", ResourceType: "RDS" },
  });
  expect(alarms(["RDS"])).not.toHaveProperty("failed-copies-ticket");
});

test("silence is a fault: no metric at all breaches", () => {
  expect(alarms(["RDS"])["silence-rds-ticket"]).toMatchObject({
    metric_name: "NumberOfBackupJobsCompleted",
    dimensions: { BackupVaultName: "test-backups", ResourceType: "RDS" },
    statistic: "Sum",
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
  });
});

test("silence lasts as long as a job on time can be away: between two, waiting and running", () => {
  const silence = (props: Partial<BackupsProps>, posture: Partial<Posture> = {}) =>
    window(alarms(["RDS"], props, posture)["silence-rds-ticket"]);
  // From 01:00 to 06:00, then an hour in which the next may start and eight in which the longest may run.
  expect(silence({})).toBe(5 + 1 + 8);
  expect(silence({}, DEVELOPMENT)).toBe(24 + 1 + 8);
  expect(silence({ rules: { daily: { hours: [1, 13] } } }, DEVELOPMENT)).toBe(12 + 1 + 8);
});

test("the longest silence is one that CloudWatch can look back on: 7 days", () => {
  const rules = { daily: { startWindow: "1 day", completionWindow: "5 days" } } as const;
  expect(window(alarms(["RDS"], { rules }, DEVELOPMENT)["silence-rds-ticket"])).toBe(7 * 24);
});

test("each type is missed by itself, and failures of all types are one alarm", () => {
  const made = alarms(["RDS", "EFS"]);
  expect(made["silence-rds-ticket"].dimensions.ResourceType).toBe("RDS");
  expect(made["silence-efs-ticket"].dimensions.ResourceType).toBe("EFS");
  const [sum, ...parts] = made["failed-jobs-ticket"].metric_query as Config[];
  expect(sum.expression).toBe("SUM(METRICS())");
  expect(parts.map(({ metric }) => metric.dimensions.ResourceType)).toEqual(["EFS", "RDS"]);
});
