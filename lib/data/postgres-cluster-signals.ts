import { MetricMeasure, Signal, Signals, ZonalMeasure } from "../core/signal";
import { InstanceLoad, instanceSignals } from "./postgres-signals";
import { storageSignals } from "./postgres-storage-signals";
import { Measured, rdsEvents, rdsMetric } from "./rds-signals";

const GIB = 1024 ** 3;

/** What the signals of a cluster are found by, and computed from. */
export interface WatchedCluster extends InstanceLoad {
  readonly identifier: string;
  /** The DBInstanceIdentifier of each instance: which of them writes changes with a failover. */
  readonly instances: Readonly<Record<string, string>>;
}

type Measurable = Signal & { readonly measure: MetricMeasure };

/** Signals of one instance, as those of several: one alarm each. */
function ofEach<S extends Readonly<Record<string, Measurable>>>(
  instances: WatchedCluster["instances"],
  signals: (rds: Measured) => S,
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
function freeStorage(rds: Measured, storageGib: number) {
  return {
    ...storageSignals(rds, storageGib).freeStorage,
    page: 0.1 * storageGib * GIB,
    ticket: 0.25 * storageGib * GIB,
    firstSteps: [
      "Raise storageGib: it is a change in place. Write applyImmediately where it cannot wait for the window.",
      "Look for a replication slot or a long transaction that keeps write-ahead logs.",
    ],
    rationale:
      "AWS leaves the threshold open, and counts silence as a breach. RDS grows the storage of no cluster by itself: a quarter leaves days, a tenth hours.",
  } as const satisfies Signal;
}

function replicaLag(rds: Measured) {
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
      "Look for a long transaction, or a bulk load on the writer: is it needed now?",
      "Look for statements on the standby that hold back what is replayed.",
    ],
    rationale:
      "AWS names 60 seconds; a failover is said to take 35, and what has not been replayed comes on top. The writer reports none, which is no breach.",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html#multi-az-db-clusters-concepts-replica-lag",
  } as const satisfies Signal;
}

/** What is worth watching about a cluster, by instance. Causes are tickets; what stops the database is a page. */
export function postgresClusterSignals(watched: WatchedCluster) {
  const { identifier, instances, storageGib } = watched;
  return {
    ...ofEach(instances, (rds) => ({
      ...instanceSignals(rds, watched),
      ...storageSignals(rds, storageGib),
      freeStorage: freeStorage(rds, storageGib),
      replicaLag: replicaLag(rds),
    })),
    events: rdsEvents({
      detailType: ["RDS DB Cluster Event", "RDS DB Instance Event"],
      identifiers: [identifier, ...Object.values(instances)],
      categories: ["failover", "failure", "low storage", "recovery"],
      look: `aws rds describe-events --source-type db-cluster --source-identifier ${identifier}`,
    }),
  } satisfies Signals;
}
