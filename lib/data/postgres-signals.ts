import { Signals } from "../core/signal";
import { replicaSignals } from "./follower-signals";
import { InstanceSize } from "./instance-classes";
import { REPLICA_RPO, RestorablePostgres } from "./postgres-recovery";
import { storageSignals } from "./postgres-storage-signals";
import { AWS, MARBOT, Measured, machineSignals, rdsEvents, rdsMetric, transactionIds } from "./rds-signals";

const MIB = 1024 ** 2;

/** What the thresholds of an instance are computed from. */
export interface InstanceLoad extends InstanceSize {
  readonly storageGib: number;
}

/** The same, of a database that is one instance. */
export interface PostgresSize extends InstanceLoad {
  /** The DBInstanceIdentifier. Not the Terraform id, which is another thing: alarms on that one stay silent. */
  readonly identifier: string;
  readonly burstable: boolean;
}

/** What is worth watching about every instance of PostgreSQL on RDS, beside its disk. */
export function instanceSignals(rds: Measured, { memoryGib, vcpus }: InstanceSize) {
  return {
    ...machineSignals(rds, "postgresql", memoryGib),
    load: {
      kind: "saturation",
      means: "more sessions want to run than the database has CPUs",
      measure: rds("DBLoad"),
      bad: "above",
      unit: "active sessions",
      ticket: vcpus,
      breaches: "15 of 15",
      requires: [{ setting: "Performance Insights", met: true, mend: "performanceInsightsEnabled" }],
      firstSteps: [
        "In Performance Insights, slice the load by wait event: CPU, IO or locks?",
        "CPU: stop or mend the statement on top. IO: it reads whole tables; missingIndexes finds what it lacks. Locks: lockContention finds who holds them.",
      ],
      source: AWS,
    },
    swap: {
      kind: "saturation",
      means: "the database swaps memory to disk and is slow",
      measure: rds("SwapUsage", "Maximum"),
      bad: "above",
      unit: "bytes",
      ticket: 256 * MIB,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: ["Look at freeable memory and connections; a larger class is the usual mend."],
      source: MARBOT,
    },
    transactionIds: transactionIds(rds),
  } satisfies Signals;
}

/** What is worth watching about a PostgreSQL instance. Causes are tickets; what stops the database is a page. */
export function postgresSignals(size: PostgresSize, replica?: RestorablePostgres["replica"]) {
  const { identifier, storageGib, burstable } = size;
  const rds = rdsMetric({ DBInstanceIdentifier: identifier });
  return {
    ...instanceSignals(rds, size),
    cpuCredits: {
      kind: "saturation",
      means: "the burstable instance has spent its credits and runs at its baseline",
      measure: rds("CPUCreditBalance", "Minimum"),
      bad: "below",
      unit: "credits",
      ...(burstable && { ticket: 20 }),
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: ["A load that lasts needs a class that does not burst (db.m or db.r)."],
      rationale: "A class that does not burst has no credits, and no threshold.",
      source: MARBOT,
    },
    ...storageSignals(rds, storageGib),
    ...(replica && replicaSignals(replica, REPLICA_RPO.value)),
    events: rdsEvents({
      detailType: ["RDS DB Instance Event"],
      identifiers: [identifier],
      categories: ["failover", "failure", "low storage", "recovery", "security patching"],
      look: `aws rds describe-events --source-type db-instance --source-identifier ${identifier}`,
    }),
  } satisfies Signals;
}
