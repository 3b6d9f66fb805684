import { Protected, Sla } from "../../core/declarations";
import { Duration } from "../../core/duration";
import { Figure } from "../../core/figure";
import { Recoveries, Recovery } from "../../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../../core/restore";
import { ASYNCHRONOUS } from "../../core/stored";
import { securityGroupId } from "../../parts/locked-out";
import { Holding } from "./cache-props";
import { Located } from "../rds/rds-recovery";

const FAILING_OVER = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html";
const GLOBAL = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html";
/** How a replica takes over. */
export const FAILOVER = "failover to a replica";
const COPIES = "what it holds is kept elsewhere, and read again from there";

/** Another cache, made of a snapshot: there is one a day. */
export function snapshotRestore(sizeGib: number, steps: readonly string[]): Recovery {
  return {
    mechanism: "restore of a snapshot",
    rpo: {
      value: "1 day",
      basis: "configured",
      source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups.html (one a day)",
    },
    rto: restoreTime(sizeGib),
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
    steps,
  };
}

/** What is lost of the newest writes where a replica is told afterwards: of copies nothing that is not kept elsewhere. */
export function newestLost(holds: Holding, data: Figure<Duration>): Pick<Recovery, "rpo" | "floor"> {
  if (holds === "copies") return { rpo: { value: "0 seconds", basis: "configured", source: COPIES } };
  return { rpo: data, floor: { rpo: ASYNCHRONOUS } };
}

function failover(holds: Holding): Recovery {
  const told = `${FAILING_OVER} (a replica is told afterwards; usually within a second)`;
  return {
    mechanism: FAILOVER,
    ...newestLost(holds, { value: "5 seconds", basis: "assumed", source: told }),
    rto: { value: "60 seconds", basis: "vendor-typical", source: `${FAILING_OVER} (less than a minute)` },
    selfHealing: true,
  };
}

/** What a recovery needs to know of a cache; all of it is known at synthesis. */
export interface RestorableCache extends Located {
  readonly holds: Holding;
  readonly sizeGib: number;
  readonly replicas: number;
  /** What making it again takes: engine, node type, subnets, as options of the command. */
  readonly options: string;
  /** @default - one region */
  readonly follower?: { readonly identifier: string; readonly region: string; readonly suffix: string };
}

/** How a cache comes back. One that holds copies is filled again from what is behind it; data only by a snapshot. */
export function cacheRecovers(of: RestorableCache): Recoveries {
  const again = of.holds === "copies" ? FILLED_AGAIN : fromSnapshot(of);
  const fromLoss = of.replicas > 0 ? [failover(of.holds), again] : [again];
  return {
    instance: fromLoss,
    zone: fromLoss,
    corruption: [of.holds === "copies" ? FORGOTTEN : again],
    ...(of.follower && { region: [promoted(of, of.follower)] }),
  };
}

/** What is lost with a node that has no replica: ElastiCache replaces it, empty. */
const FILLED_AGAIN: Recovery = {
  mechanism: "a new node, filled again",
  rpo: { value: "0 seconds", basis: "configured", source: COPIES },
  rto: { value: "15 minutes", basis: "assumed", source: "default of sre-constructs; a game day measures it" },
  selfHealing: true,
};

/** A cache of copies comes back from bad ones as the service asks for others. */
export const FORGOTTEN: Recovery = {
  mechanism: "forgotten, and filled again",
  rpo: { value: "0 seconds", basis: "configured", source: COPIES },
  rto: { value: "15 minutes", basis: "assumed", source: "a rollout of the service, with another prefix of its keys" },
  selfHealing: false,
  steps: [
    "Mend what wrote the bad values, or they come back.",
    "Roll the service out with another prefix of its keys: it reads none of the old ones, and the store behind the cache is asked for all. Do it in parts where that store cannot bear it at once.",
    "The old keys expire, or go when the memory is full.",
  ],
};

function fromSnapshot(of: RestorableCache): Recovery {
  const { identifier, region, sizeGib, options } = of;
  const key = `$(aws elasticache describe-replication-groups --region ${region} --replication-group-id ${identifier} --query 'ReplicationGroups[0].KmsKeyId' --output text)`;
  const restored = `${identifier.slice(0, 31)}-restored`;
  return snapshotRestore(sizeGib, [
    `Find the last good snapshot, and keep its name for the commands below; this is the newest one: \`SNAPSHOT=$(aws elasticache describe-snapshots --region ${region} --replication-group-id ${identifier} --query 'sort_by(Snapshots,&NodeSnapshots[0].SnapshotCreateTime)[-1].SnapshotName' --output text)\`.`,
    `Restore beside what is there: \`aws elasticache create-replication-group --region ${region} --replication-group-id ${restored} --replication-group-description "restored from ${identifier}" --snapshot-name "$SNAPSHOT" ${options} --security-group-ids ${securityGroupId(of)} --kms-key-id ${key}\`.`,
    `Wait for it: \`aws elasticache wait replication-group-available --region ${region} --replication-group-id ${restored}\`.`,
    "Let the service use its endpoint. It has no alarms: compare it with the plan, and import it in place of the old one.",
  ]);
}

function promoted(of: RestorableCache, { identifier, region, suffix }: Follower): Recovery {
  const { identifier: primary, region: lost, holds } = of;
  const id = `$(aws elasticache describe-global-replication-groups --region ${region} --query "GlobalReplicationGroups[?ends_with(GlobalReplicationGroupId, '${suffix}')].GlobalReplicationGroupId" --output text)`;
  const promotes = (to: string, group: string) =>
    `aws elasticache failover-global-replication-group --region ${region} --global-replication-group-id ${id} --primary-region ${to} --primary-replication-group-id ${group}`;
  return {
    mechanism: "promotion of the follower",
    ...newestLost(holds, {
      value: "5 seconds",
      basis: "vendor-typical",
      source: `${GLOBAL} (usually less than a second)`,
    }),
    rto: { value: "1 minute", basis: "vendor-typical", source: `${GLOBAL} (less than a minute)` },
    selfHealing: false,
    steps: [
      `How far is it behind? Read GlobalDatastoreReplicationLag of ${identifier}-001 in ${region}.`,
      `Promote it: \`${promotes(region, identifier)}\`.`,
      `Send the service to the endpoint in ${region}: \`aws elasticache describe-replication-groups --region ${region} --replication-group-id ${identifier} --query 'ReplicationGroups[0].[ConfigurationEndpoint.Address,NodeGroups[0].PrimaryEndpoint.Address]' --output text\`.`,
    ],
    failback: [`The group in ${lost} follows. Promote it: \`${promotes(lost, primary)}\`.`],
  };
}

type Follower = NonNullable<RestorableCache["follower"]>;

/** What AWS promises of a cache over several zones, or of nodes that stand alone. */
export function cacheSla(over: string | undefined): Sla {
  return {
    value: over === undefined ? 99.5 : 99.99,
    basis: "sla",
    condition: over ?? "one node a shard",
    source: "https://aws.amazon.com/elasticache/sla/",
    asOf: "2026-11-01",
  };
}

/** Why AWS Backup does not take a cache. */
export function notBackedUp(holds: Holding, backupDays: number): Protected["backUp"] {
  const copies = "it holds copies of what is kept elsewhere";
  return {
    no: holds === "copies" ? copies : `AWS Backup takes no cache; its own daily snapshots stay ${backupDays} days`,
  };
}
