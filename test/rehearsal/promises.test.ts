import { Manifest } from "../../lib/review/manifest";
import { PRODUCTION } from "../../lib/core";
import { Config } from "../synth";
import { Aws, awsOf } from "./aws";
import { promisesOf } from "./promises";

const ALARM = { name: "orders-cpu", address: "aws_cloudwatch_metric_alarm.cpu" };
const MANIFEST = {
  posture: PRODUCTION,
  resources: { aws_db_instance: 1, aws_autoscaling_group: 1, aws_cloudwatch_metric_alarm: 1 },
  alarms: [ALARM],
} as unknown as Manifest;
const PLANNED = {
  [ALARM.address]: { metric_name: "CPUUtilization", dimensions: { A: "1", B: "2" }, threshold: 90, statistic: "" },
};
const THERE: Record<string, Config> = {
  DescribeDBInstances: {
    DBInstances: [
      {
        DBInstanceArn: "arn:db",
        MultiAZ: true,
        DeletionProtection: true,
        StorageEncrypted: true,
        BackupRetentionPeriod: 35,
      },
    ],
  },
  DescribeAutoScalingGroups: { AutoScalingGroups: [{ VPCZoneIdentifier: "subnet-a,subnet-b,subnet-c" }] },
  DescribeSubnets: { Subnets: [{ AvailabilityZone: "a" }, { AvailabilityZone: "b" }, { AvailabilityZone: "c" }] },
  ListBackupPlans: { BackupPlansList: [{ BackupPlanId: "plan" }] },
  ListBackupSelections: { BackupSelectionsList: [{ SelectionId: "selection" }] },
  GetBackupSelection: { BackupSelection: { Resources: ["arn:db"] } },
  DescribeAlarms: {
    MetricAlarms: [
      {
        AlarmName: "orders-cpu",
        MetricName: "CPUUtilization",
        Dimensions: [
          { Name: "B", Value: "2" },
          { Name: "A", Value: "1" },
        ],
        Threshold: 90,
      },
    ],
  },
};

/** An AWS that answers each call from a table. */
function answering(answers: Record<string, Config>): Aws {
  const aws = awsOf("http://localhost:1", { account: "111122223333", region: "eu-west-1" });
  const send = async (command: object) => answers[command.constructor.name.replace(/Command$/, "")];
  for (const client of Object.values(aws)) Object.assign(client, { send });
  return aws;
}

async function broken(answers: Record<string, Config> = {}): Promise<string[]> {
  const aws = answering({ ...THERE, ...answers });
  const asked = promisesOf(MANIFEST).map(async ({ what, ask }) => ((await ask(aws, MANIFEST, PLANNED)) ? [what] : []));
  return (await Promise.all(asked)).flat();
}

const database = (changed: Config) => ({
  DescribeDBInstances: { DBInstances: [{ ...THERE.DescribeDBInstances.DBInstances[0], ...changed }] },
});
const alarm = (changed: Config) => ({
  DescribeAlarms: { MetricAlarms: [{ ...THERE.DescribeAlarms.MetricAlarms[0], ...changed }] },
});

test("what stands as promised breaks nothing", async () => {
  expect(await broken()).toEqual([]);
});

test.each<[string, Record<string, Config>, string]>([
  ["the database has no standby", database({ MultiAZ: false }), "the database stands as the posture says"],
  ["the database can be deleted", database({ DeletionProtection: false }), "the database stands as the posture says"],
  ["the database is kept for a day", database({ BackupRetentionPeriod: 1 }), "the database stands as the posture says"],
  ["there is no database", { DescribeDBInstances: {} }, "the database stands as the posture says"],
  [
    "two subnets stand in one zone",
    { DescribeSubnets: { Subnets: [{ AvailabilityZone: "a" }, { AvailabilityZone: "b" }, { AvailabilityZone: "a" }] } },
    "the group spans the zones of the posture",
  ],
  ["there is no group", { DescribeAutoScalingGroups: {} }, "the group spans the zones of the posture"],
  ["no plan is there", { ListBackupPlans: {} }, "a backup plan selects the database"],
  [
    "another database is selected",
    { GetBackupSelection: { BackupSelection: { Resources: ["arn:other"] } } },
    "a backup plan selects the database",
  ],
  ["an alarm is missing", { DescribeAlarms: {} }, "each alarm of the manifest stands as planned"],
  ["an alarm rings later", alarm({ Threshold: 95 }), "each alarm of the manifest stands as planned"],
  ["an alarm watches another", alarm({ Dimensions: [] }), "each alarm of the manifest stands as planned"],
  ["an alarm acts on its own", alarm({ AlarmActions: ["arn:topic"] }), "each alarm of the manifest stands as planned"],
])("fails where %s", async (_, answers, promise) => {
  expect(await broken(answers)).toEqual([promise]);
});
