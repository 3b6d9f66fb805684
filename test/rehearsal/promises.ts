import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { GetBackupSelectionCommand, ListBackupPlansCommand, ListBackupSelectionsCommand } from "@aws-sdk/client-backup";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DBInstance, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { Manifest } from "../../lib/review/manifest";
import { Config } from "../synth";
import { alarmsAsPlanned } from "./alarms";
import { Aws } from "./aws";
import { differs } from "./differs";

/** What a stack's resources are to be, by address; what refers to others is resolved. */
export type Planned = Readonly<Record<string, Config>>;

/** A promise of a stack, and how the SDK is asked whether it is kept: the answer is what is wrong. */
interface Promised {
  readonly what: string;
  /** The type of resource that makes the promise. */
  readonly by: string;
  readonly ask: (aws: Aws, manifest: Manifest, planned: Planned) => Promise<string | undefined>;
}

const PROMISES: readonly Promised[] = [
  { what: "the database stands as the posture says", by: "aws_db_instance", ask: databases },
  { what: "the group spans the zones of the posture", by: "aws_autoscaling_group", ask: groups },
  { what: "a backup plan selects the database", by: "aws_db_instance", ask: selections },
  { what: "each alarm of the manifest stands as planned", by: "aws_cloudwatch_metric_alarm", ask: alarmsAsPlanned },
];

/** What a stack promises, by the resources in it. */
export function promisesOf({ resources }: Manifest): readonly Promised[] {
  return PROMISES.filter(({ by }) => by in resources);
}

async function databases(aws: Aws, { posture, resources }: Manifest): Promise<string | undefined> {
  const found = await instances(aws);
  const wanted = {
    multiZone: posture.standby,
    protected: posture.deletionProtection,
    encrypted: true,
    backupDays: posture.backupDays,
  };
  return (
    differs(found.length, resources.aws_db_instance) ??
    found
      .map((database) => ({
        multiZone: database.MultiAZ,
        protected: database.DeletionProtection,
        encrypted: database.StorageEncrypted,
        backupDays: database.BackupRetentionPeriod,
      }))
      .map((database) => differs(database, wanted))
      .find((fault) => fault !== undefined)
  );
}

async function instances({ rds }: Aws): Promise<DBInstance[]> {
  return (await rds.send(new DescribeDBInstancesCommand())).DBInstances ?? [];
}

async function groups({ autoScaling, ec2 }: Aws, { posture, resources }: Manifest): Promise<string | undefined> {
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand());
  const zones = await Promise.all(
    AutoScalingGroups.map(async ({ VPCZoneIdentifier = "" }) => {
      const SubnetIds = VPCZoneIdentifier.split(",");
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
      return new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size;
    }),
  );
  return differs(
    zones,
    Array.from({ length: resources.aws_autoscaling_group }, () => posture.zones),
  );
}

async function selections(aws: Aws): Promise<string | undefined> {
  const { BackupPlansList = [] } = await aws.backup.send(new ListBackupPlansCommand());
  const selected = await Promise.all(BackupPlansList.map(({ BackupPlanId }) => selectedBy(aws, BackupPlanId)));
  const missing = (await instances(aws)).map(({ DBInstanceArn }) => DBInstanceArn);
  return differs(
    missing.filter((arn) => !selected.flat().includes(String(arn))),
    [],
  );
}

async function selectedBy({ backup }: Aws, BackupPlanId: string | undefined): Promise<string[]> {
  const { BackupSelectionsList = [] } = await backup.send(new ListBackupSelectionsCommand({ BackupPlanId }));
  const selections = BackupSelectionsList.map(({ SelectionId }) =>
    backup.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId })),
  );
  return (await Promise.all(selections)).flatMap(({ BackupSelection }) => BackupSelection?.Resources ?? []);
}
