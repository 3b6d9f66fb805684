import { Fence } from "../../core/fence";
import { MOMENT } from "../../core/moment";
import { Zone } from "../../core/network";
import { lockedOut, securityGroupId } from "../../parts/locked-out";
import { ServerlessCapacity } from "./aurora-props";
import { Engine } from "../rds/rds-settings";
import { Located, managedPassword, renamedCluster, untilAvailable } from "../rds/rds-recovery";

/** What a recovery needs to know of a cluster; all of it is known at synthesis. */
export interface RestorableAurora extends Located {
  readonly engine: Engine;
  readonly instanceClass: string;
  /** @default - instances of one class */
  readonly serverless?: ServerlessCapacity;
  readonly readers: number;
  readonly sizeGib: number;
  readonly backtracks: boolean;
  readonly zones: readonly Zone[];
  readonly subnets: string;
  readonly clusterParameters: string;
  readonly parameters: string;
  /** The cluster in the second region. @default - there is none */
  readonly follower?: Standby;
}

/** A cluster in another region that follows. */
export interface Standby {
  readonly region: string;
  /** Whether an instance waits there. */
  readonly waiting: boolean;
  readonly identifier: string;
  readonly arn: string;
  /** The identifier of the global database. */
  readonly global: string;
}

/** A new instance in a cluster, and the wait for it. */
function newInstance(
  { engine, instanceClass }: RestorableAurora,
  where: { readonly cluster: string; readonly region: string; readonly more?: string },
): string {
  const { cluster, region, more = "" } = where;
  const instance = `${cluster}-1`;
  return `\`aws rds create-db-instance --region ${region} --db-cluster-identifier ${cluster} --db-instance-identifier ${instance} --engine aurora-${engine} --db-instance-class ${instanceClass}${more}\`, \`aws rds wait db-instance-available --region ${region} --db-instance-identifier ${instance}\``;
}

/** Where there is no reader, and the zone of the writer is gone. */
export function stepsInOtherZone(of: RestorableAurora): string[] {
  const { identifier, region, zones } = of;
  const say = `Make an instance in a zone that is there, ${zones.join(" or ")}`;
  const made = newInstance(of, { cluster: identifier, region, more: ' --availability-zone "$ZONE"' });
  return [
    `Keep a zone that is there in ZONE: \`ZONE=${zones[zones.length - 1]}\`.`,
    `${say}: ${made}. It becomes the writer, and the address stays.`,
    "Add it to the code as a reader, or delete it when the zone is back.",
  ];
}

/** In place, back and forth, until the moment is the right one. */
export function stepsBacktrack({ identifier, region }: RestorableAurora): string[] {
  return [
    "Stop what writes the bad data: everything written since the moment is gone.",
    MOMENT,
    `How far can it go? \`aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query 'DBClusters[0].EarliestBacktrackTime'\`. Farther back, take the restore.`,
    `Wind it back: \`aws rds backtrack-db-cluster --region ${region} --db-cluster-identifier ${identifier} --backtrack-to "$MOMENT" --use-earliest-time-on-point-in-time-unavailable\`. All connections are closed, and none is taken until it is done.`,
    `Wait: \`aws rds wait db-cluster-available --region ${region} --db-cluster-identifier ${identifier}\`. Compare. Too far, or not far enough? Wind it again, in either direction.`,
  ];
}

/** A cluster beside the one that is there; a restore makes it without an instance. */
export function stepsBeside(of: RestorableAurora): string[] {
  const { identifier, region, subnets, clusterParameters, serverless } = of;
  const restored = `${identifier}-restored`;
  const scaling = serverless
    ? ` --serverless-v2-scaling-configuration MinCapacity=${serverless.minCapacity},MaxCapacity=${serverless.maxCapacity}`
    : "";
  return [
    MOMENT,
    `Restore beside what is there: \`aws rds restore-db-cluster-to-point-in-time --region ${region} --source-db-cluster-identifier ${identifier} --db-cluster-identifier ${restored} --restore-to-time "$MOMENT" --db-subnet-group-name ${subnets} --vpc-security-group-ids ${securityGroupId(of)} --db-cluster-parameter-group-name ${clusterParameters}${scaling}\`.`,
    `Wait for it: ${untilAvailable("cluster", region, restored)}.`,
    `It has no instance. Make one: ${newInstance(of, { cluster: restored, region, more: ` --db-parameter-group-name ${of.parameters}` })}.`,
    of.follower ? "Its passwords are those of then." : managedPassword(region, restored),
    "Compare. Is it a few rows? Copy them over, and delete the restored cluster. Is it all? Let them change names, as below.",
    renamedCluster(region, identifier, restored),
    `Terraform finds it by its name: \`terraform -chdir=cdktf.out/stacks/${of.stack} apply\` takes its instances from the bad cluster and makes them again under this one. Then delete the one made by hand: \`aws rds delete-db-instance --region ${region} --db-instance-identifier ${restored}-1\`.`,
  ];
}

/** A failover to a region that is behind by what the lost one had not sent. */
export function stepsToRegion(of: RestorableAurora, follower: Standby): string[] {
  const { region, identifier, arn, global, waiting } = follower;
  return [
    "Is the region lost, or only slow? What it has not sent yet is lost by the failover. Keep out what still writes there, as the plan for the loss of the region says.",
    ...(waiting
      ? []
      : [`No instance waits in ${region}. Make one: ${newInstance(of, { cluster: identifier, region })}.`]),
    `Fail over: \`aws rds failover-global-cluster --region ${region} --global-cluster-identifier ${global} --target-db-cluster-identifier ${arn} --allow-data-loss\`.`,
    `Wait until it is written to there: \`until aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${global} --query 'GlobalClusters[0].GlobalClusterMembers[?IsWriter].DBClusterArn' --output text | grep -F ${arn}; do sleep 10; done\`.`,
    `Let the service in ${region} use the cluster there: \`aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query 'DBClusters[0].Endpoint'\`.`,
  ];
}

/** A planned switchover, which loses nothing; Terraform ignores who is first. */
export function stepsFromRegion(of: RestorableAurora, { region, global }: Standby): string[] {
  const members = `aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${global} --query 'GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]' --output text`;
  return [
    `Does the cluster in ${of.region} follow? It must say connected of both; where it lacks one, delete that cluster and apply, which makes a new follower: \`${members}\`.`,
    `Let it write again, which loses nothing: \`aws rds switchover-global-cluster --region ${region} --global-cluster-identifier ${global} --target-db-cluster-identifier $(aws rds describe-db-clusters --region ${of.region} --db-cluster-identifier ${of.identifier} --query 'DBClusters[0].DBClusterArn' --output text)\`.`,
  ];
}

/** After a failover Aurora makes the old writer a follower, as far as it can reach it; the door is shut meanwhile. */
export function auroraFence(of: RestorableAurora): Fence | undefined {
  const { follower, region, identifier } = of;
  if (!follower) return undefined;
  const there = `--region ${region} --db-cluster-identifier ${identifier}`;
  const closes = `End the connections that are open: \`aws rds describe-db-clusters ${there} --query 'DBClusters[0].DBClusterMembers[].DBInstanceIdentifier' --output text | xargs -n 1 aws rds reboot-db-instance --region ${region} --db-instance-identifier\`.`;
  const members = `Has it become a follower? It must say True of ${follower.region} alone: \`aws rds describe-global-clusters --region ${follower.region} --global-cluster-identifier ${follower.global} --query 'GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]' --output text\`.`;
  return lockedOut(of, [closes, members]);
}
