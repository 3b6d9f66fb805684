import { Sla } from "../../core/declarations";
import { Duration } from "../../core/duration";
import { Fence } from "../../core/fence";
import { Figure } from "../../core/figure";
import { MOMENT, RestoreTo } from "../../core/moment";
import { Zone } from "../../core/network";
import { Recoveries, Recovery } from "../../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../../core/restore";
import { ASYNCHRONOUS } from "../../core/stored";
import { lockedOut, securityGroupId } from "../../parts/locked-out";
import { RdsFaults, instanceFaults } from "../rds/rds-faults";
import { Located, pointInTime, untilAvailable, whenAvailable } from "../rds/rds-recovery";

const NOTHING: Figure<"0 seconds"> = {
  value: "0 seconds",
  basis: "vendor-typical",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
};

/** How a standby takes over. */
const FAILOVER: Recovery = {
  mechanism: "Multi-AZ failover",
  rpo: NOTHING,
  rto: {
    value: "120 seconds",
    basis: "vendor-typical",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html (60 to 120 seconds)",
  },
  selfHealing: true,
};

/** What a restore needs to know of a database; all of it is known at synthesis. */
export interface RestorablePostgres extends Located {
  readonly instanceClass: string;
  readonly standby: boolean;
  readonly storageGib: number;
  readonly subnets: string;
  readonly parameters: string;
  /** Where Terraform keeps the instance: `aws_db_instance.database_EBDE4557`. */
  readonly address: string;
  /** Another region that has the automated backups. @default - none has */
  readonly backupsIn?: string;
  /** The read replica in another region. @default - there is none */
  readonly replica?: { readonly region: string; readonly identifier: string; readonly backupDays: number };
  /** What stands ready there. @default - people choose */
  readonly site?: Site;
}

/** Where a database is restored to in another region, by names. */
export interface Site {
  readonly subnets: string;
  readonly parameters: string;
  readonly securityGroup: string;
}

/** How an instance comes back: by its standby where it has one, else by a restore; from bad data only by a restore. */
export function postgresRecovers(of: RestorablePostgres): Recoveries {
  const restore = (to: RestoreTo) => pointInTime(of.storageGib, stepsBeside(of, to));
  const fromLoss = of.standby ? [FAILOVER, restore("newest")] : [restore("newest")];
  return {
    instance: fromLoss,
    zone: fromLoss,
    corruption: [restore("moment")],
    ...((of.replica || of.backupsIn !== undefined) && {
      region: [
        ...(of.replica ? [promoted(of.replica)] : []),
        ...(of.backupsIn === undefined ? [] : [fromReplicatedBackups(of, of.backupsIn)]),
      ],
    }),
  };
}

const ACROSS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html";

/** A replica is told afterwards, and nobody promises its lag. */
export const REPLICA_RPO: Figure<Duration> = {
  value: "5 minutes",
  basis: "assumed",
  source: `${ACROSS} (between regions, more lag than within one)`,
};

/** Nobody promises how long a promotion takes, either. */
function promoted({ region, identifier, backupDays }: NonNullable<RestorablePostgres["replica"]>): Recovery {
  return {
    mechanism: "promotion of the replica",
    rpo: REPLICA_RPO,
    rto: { value: "30 minutes", basis: "assumed", source: `${ACROSS} (minutes, with a restart)` },
    selfHealing: false,
    floor: { rpo: ASYNCHRONOUS },
    steps: [
      "Is the region lost, or only slow? What it has not sent yet is lost by the promotion. Keep out what still writes there, as the plan for the loss of the region says.",
      "How far is the replica behind? Ask it: `SELECT now() - pg_last_xact_replay_timestamp();`.",
      `Promote it: \`aws rds promote-read-replica --region ${region} --db-instance-identifier ${identifier} --backup-retention-period ${backupDays}\`.`,
      `Wait until it can be written to: ${untilAvailable("instance", region, identifier)}.`,
      `Let the service in ${region} use it: \`aws rds describe-db-instances --region ${region} --db-instance-identifier ${identifier} --query 'DBInstances[0].Endpoint.Address'\`. The password is the one that you gave.`,
      "It follows nobody any more, and Terraform leaves it so.",
    ],
    failback: ["What follows nobody is the newer one: make a replica of it in the other direction, and promote that."],
  };
}

/** Backups that lag by the upload of logs, and the copy of it. */
function fromReplicatedBackups(of: RestorablePostgres, backupsIn: string): Recovery {
  return {
    mechanism: "restore from replicated backups",
    rpo: {
      value: "10 minutes",
      basis: "vendor-typical",
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
    },
    rto: restoreTime(of.storageGib),
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
    steps: stepsElsewhere(of, backupsIn),
  };
}

function stepsBeside(of: RestorablePostgres, to: RestoreTo): string[] {
  const { identifier, instanceClass, standby, subnets, parameters, region } = of;
  const restored = `${identifier}-restored`;
  const bad = `${identifier}-bad`;
  const time = to === "moment" ? '--restore-time "$MOMENT"' : "--use-latest-restorable-time";
  const rename = (from: string, name: string) =>
    `\`aws rds modify-db-instance --region ${region} --db-instance-identifier ${from} --new-db-instance-identifier ${name} --apply-immediately\``;
  const available = (name: string) => untilAvailable("instance", region, name);
  return [
    ...(to === "moment" ? [MOMENT] : []),
    `Restore beside what is there: \`aws rds restore-db-instance-to-point-in-time --region ${region} --source-db-instance-identifier ${identifier} --target-db-instance-identifier ${restored} ${time} --db-instance-class ${instanceClass} ${standby ? "--multi-az" : "--no-multi-az"} --db-subnet-group-name ${subnets} --vpc-security-group-ids ${securityGroupId(of)} --db-parameter-group-name ${parameters} --no-publicly-accessible\`.`,
    `Wait for it: ${available(restored)}.`,
    of.replica
      ? "Its passwords are those of then."
      : `Its passwords are those of then. Give it a managed one again: \`aws rds modify-db-instance --region ${region} --db-instance-identifier ${restored} --manage-master-user-password --apply-immediately\`.`,
    ...(to === "moment"
      ? [
          "Compare. Is it a few rows? Copy them over with pg_dump --table and psql, and delete the restored instance. Is it all? Let them change names, as below.",
        ]
      : []),
    `Change names, as soon as the restored one is there: ${whenAvailable("instance", region, restored, rename(identifier, bad))}, ${available(bad)}, ${rename(restored, identifier)}, ${available(identifier)}. Clients find it by the same address.`,
    handOver(of),
  ];
}

function stepsElsewhere({ identifier, instanceClass, standby, site }: RestorablePostgres, region: string): string[] {
  const there = `--region ${region} --db-instance-identifier ${identifier}`;
  // Asked for an instance by name, RDS wants one that is there; an older one of the name may have left backups, too.
  const named = `DBInstanceAutomatedBackups[?DBInstanceIdentifier=='${identifier}' && RestoreWindow.LatestTime]`;
  const backups = `aws rds describe-db-instance-automated-backups --region ${region} --query "max_by(${named}, &RestoreWindow.LatestTime)`;
  const parameters = site ? ` --db-parameter-group-name ${site.parameters}` : "";
  return [
    ...(site ? [] : choice(region)),
    `Find the backups: \`BACKUPS=$(${backups}.DBInstanceAutomatedBackupsArn" --output json | tr -d '"')\`. Where \`echo "$BACKUPS"\` shows no ARN there are none: take another way back.`,
    `How new are they? \`${backups}.RestoreWindow.LatestTime" --output json\`. What was written after that is lost: write it down.`,
    `Restore there: \`aws rds restore-db-instance-to-point-in-time --region ${region} --source-db-instance-automated-backups-arn "$BACKUPS" --target-db-instance-identifier ${identifier} --use-latest-restorable-time --db-instance-class ${instanceClass} ${standby ? "--multi-az" : "--no-multi-az"} --db-subnet-group-name ${site?.subnets ?? '"$SUBNETS"'} --vpc-security-group-ids ${site ? securityGroupId({ region, securityGroup: site.securityGroup }) : '"$GROUP"'}${parameters} --no-publicly-accessible\`.`,
    `Wait for it: ${untilAvailable("instance", region, identifier)}.`,
    `Protect it, and give it a managed password: \`aws rds modify-db-instance ${there} --deletion-protection --manage-master-user-password --apply-immediately\`, \`until aws rds describe-db-instances ${there} --query 'DBInstances[0].MasterUserSecret.SecretArn' --output text | grep arn; do sleep 10; done\`.`,
    `Tell the service there its address and where its password is: \`aws rds describe-db-instances ${there} --query 'DBInstances[0].[Endpoint.Address,MasterUserSecret.SecretArn]' --output text\`.`,
  ];
}

/** Where nothing stands ready, somebody has to say what will do. */
function choice(region: string): string[] {
  return [
    `Choose the subnets it will stand in: \`aws rds describe-db-subnet-groups --region ${region} --query 'DBSubnetGroups[].[DBSubnetGroupName,VpcId]' --output text\`. Paste the name after: \`until read -r SUBNETS; do :; done\`.`,
    `Choose a security group in the same VPC that lets the service in: \`aws ec2 describe-security-groups --region ${region} --query 'SecurityGroups[].[GroupId,GroupName,VpcId]' --output text\`. Paste its id after: \`until read -r GROUP; do :; done\`.`,
  ];
}

/** Terraform keeps an instance by what AWS assigned: it has to be told of another one by the same name. */
export function handOver({ identifier, stack, address }: RestorablePostgres): string {
  const terraform = `terraform -chdir=cdktf.out/stacks/${stack}`;
  return `Hand it over to Terraform: \`${terraform} state rm ${address}\`, \`${terraform} import ${address} ${identifier}\`. Then \`${terraform} plan\` must replace nothing.`;
}

/** What AWS promises of an instance, with its standby or alone. */
export function postgresSla(standby: boolean): Sla {
  return {
    value: standby ? 99.95 : 99.5,
    basis: "sla",
    condition: standby ? "Multi-AZ" : "Single-AZ",
    source: "https://aws.amazon.com/rds/sla/",
    asOf: "2026-11-01",
  };
}

/** A standby is tested by a failover; an instance without one comes back by a restore, which a restore test proves. */
export function postgresFaults(standby: boolean, identifier: string, zones: readonly Zone[]): RdsFaults {
  return standby ? instanceFaults(FAILOVER.mechanism, identifier, zones) : {};
}

/** Where another region takes over, the instance is shut when its own comes back. */
export function postgresFence(of: RestorablePostgres): Fence | undefined {
  if (!of.replica && of.backupsIn === undefined) return undefined;
  const { region, identifier } = of;
  const closes = `End the connections that are open: \`aws rds reboot-db-instance --region ${region} --db-instance-identifier ${identifier}\`.`;
  return lockedOut(of, [closes]);
}
