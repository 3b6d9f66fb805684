import { MetricMeasure, Signal, Signals, ZonalMeasure } from "../../core/signal";
import { InstanceLoad, instanceSignals } from "./postgres-signals";
import { storageSignals } from "./postgres-storage-signals";
import { LARGEST, OPEN, RUNNING, SLOTS, STOP, membersOf, takeLarger } from "../rds/rds-relief";
import { RdsMetric, rdsEvents, rdsMetric } from "../rds/rds-signals";

const GIB = 1024 ** 3;

/** What the signals of a cluster are found by, and computed from. */
export interface WatchedCluster extends InstanceLoad {
  readonly identifier: string;
  readonly iops: number;
  /** The DBInstanceIdentifier of each instance: which of them writes changes with a failover. */
  readonly instances: Readonly<Record<string, string>>;
}

type Measurable = Signal & { readonly measure: MetricMeasure };

/** Signals of one instance, as those of several: one alarm each. */
function ofEach<S extends Readonly<Record<string, Measurable>>>(
  instances: WatchedCluster["instances"],
  signals: (rds: RdsMetric) => S,
) {
  const each = Object.entries(instances).map(
    ([name, DBInstanceIdentifier]) => [name, signals(rdsMetric({ DBInstanceIdentifier }))] as const,
  );
  const [[, first]] = each;
  return Object.fromEntries(
    Object.entries(first).map(([signal, said]) => {
      const zones = Object.fromEntries(each.map(([name, own]) => [name, own[signal].measure]));
      return [signal, { ...said, measure: { zones } }];
    }),
  ) as { readonly [name in keyof S]: Omit<S[name], "measure"> & { readonly measure: ZonalMeasure } };
}

/** Storage of a cluster never grows by itself, so that people hear of it earlier. */
function freeStorage(disk: ReturnType<typeof storageSignals>["freeStorage"], of: WatchedCluster) {
  const { identifier, storageGib } = of;
  const has = `aws rds describe-db-clusters --db-cluster-identifier ${identifier} --query 'DBClusters[0].[Status,AllocatedStorage]' --output text`;
  return {
    ...disk,
    page: 0.1 * storageGib * GIB,
    ticket: 0.25 * storageGib * GIB,
    firstSteps: [
      `How much does it have, and can it be changed now (available)? ${has}.`,
      `What keeps write-ahead logs? Look for a slot that is not active: ${SLOTS}`,
      `No slot does: is a transaction open for hours? ${OPEN.postgresql}`,
      `Neither: which table has grown? ${LARGEST.postgresql}`,
    ],
    mitigate: [
      `Give it a third more, without an outage. It never shrinks again, and for six hours it cannot be changed; write it as storageGib in the code afterwards: \`aws rds modify-db-cluster --db-cluster-identifier ${identifier} --allocated-storage ${Math.ceil((storageGib * 4) / 3)} --apply-immediately\`.`,
      ...disk.mitigate.slice(1),
    ],
    rationale:
      "AWS leaves the threshold open, and counts silence as a breach. RDS grows the storage of no cluster by itself: a quarter leaves days, a tenth hours.",
  } as const satisfies Signal;
}

/** More operations, as a step; iops is a prop of it. */
function faster({ identifier, iops }: WatchedCluster): string {
  const more = Math.ceil((iops * 3) / 2);
  return `It is asked for as many operations as it has: give it half as many again. They cost by the month, and for six hours nothing of the disk can be changed; write them as iops in the code afterwards: \`aws rds modify-db-cluster --db-cluster-identifier ${identifier} --iops ${more} --apply-immediately\`.`;
}

function replicaLag(rds: RdsMetric, larger: string) {
  return {
    kind: "latency",
    means: "a standby is behind: it answers with what is no longer true, and a failover waits until it has caught up",
    measure: rds("ReplicaLag", "Maximum"),
    bad: "above",
    unit: "seconds",
    ticket: 30,
    breaches: "5 of 5",
    missing: "notBreaching",
    firstSteps: [
      `Which standby is behind, says the writer, and what does it wait for? SELECT client_addr, state, replay_lag, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) AS behind FROM pg_stat_replication ORDER BY 3 DESC.`,
      `Is there a bulk load on the writer? It ends, and the standby catches up: ${RUNNING.postgresql}`,
      "No: ask the standby the same, at the address for readers. A long statement there holds back what is replayed.",
    ],
    mitigate: [STOP, "Send what must not be old to the writer, until the standby has caught up.", larger],
    rationale:
      "AWS names 60 seconds; a failover is said to take 35, and what has not been replayed comes on top. The writer reports none, which is no breach.",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts-replica-lag",
  } as const satisfies Signal;
}

/** What is worth watching about a cluster, by instance. Causes are tickets; what stops the database is a page. */
export function postgresClusterSignals(watched: WatchedCluster) {
  const { identifier, instances, storageGib, instanceClass } = watched;
  const larger = takeLarger("cluster", identifier, instanceClass);
  return {
    ...ofEach(instances, (rds) => {
      const disk = storageSignals(rds, storageGib, { larger, faster: faster(watched) });
      return {
        ...instanceSignals(rds, watched, larger),
        ...disk,
        freeStorage: freeStorage(disk.freeStorage, watched),
        replicaLag: replicaLag(rds, larger),
      };
    }),
    events: rdsEvents({
      detailType: ["RDS DB Cluster Event", "RDS DB Instance Event"],
      identifiers: [identifier, ...Object.values(instances)],
      categories: ["failover", "failure", "low storage", "recovery"],
      kind: "db-cluster",
      members: membersOf(identifier),
    }),
  } satisfies Signals;
}
