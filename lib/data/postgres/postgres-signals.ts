import { Signals } from "../../core/signal";
import { replicaSignals } from "../rds/follower-signals";
import { InstanceSize } from "../rds/instance-classes";
import { REPLICA_RPO, RestorablePostgres } from "./postgres-recovery";
import { storageSignals } from "./postgres-storage-signals";
import { CONNECTED, RUNNING, STOP, WAITS, endIdle, endOpen, fasterDisk, takeLarger } from "../rds/rds-relief";
import { AWS, MARBOT, RdsMetric, machineSignals, rdsEvents, rdsMetric, transactionIds } from "../rds/rds-signals";

const MIB = 1024 ** 2;

/** What the thresholds of an instance are computed from. */
export interface InstanceLoad extends InstanceSize {
  readonly storageGib: number;
  readonly instanceClass: string;
}

/** The same, of a database that is one instance. */
export interface PostgresSize extends InstanceLoad {
  /** The DBInstanceIdentifier. Not the Terraform id, which is another thing: alarms on that one stay silent. */
  readonly identifier: string;
  readonly burstable: boolean;
}

/** What is worth watching about every instance of PostgreSQL on RDS, beside its disk. */
export function instanceSignals(rds: RdsMetric, { memoryGib, vcpus }: InstanceSize, larger: string) {
  const engine = "postgresql";
  return {
    ...machineSignals(rds, { engine, memoryGib, larger }),
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
        `What do they wait for: CPU, IO or Lock? ${WAITS[engine]}`,
        `CPU or IO: which statement is it? One that reads whole tables lacks an index; the runbook missingIndexes finds it: ${RUNNING[engine]}`,
        "Lock: the runbook lockContention finds who holds what the others wait for.",
      ],
      mitigate: [STOP, endOpen(engine), larger],
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
      firstSteps: [
        `Who is connected? Each connection takes memory: ${CONNECTED[engine]}`,
        `Not more than ever: does a statement sort or join more than it should? ${RUNNING[engine]}`,
        "Neither: the data that is in use has outgrown the memory.",
      ],
      mitigate: [endIdle(engine), STOP, larger],
      source: MARBOT,
    },
    transactionIds: transactionIds(rds),
  } satisfies Signals;
}

/** What is worth watching about a PostgreSQL instance. Causes are tickets; what stops the database is a page. */
export function postgresSignals(size: PostgresSize, replica?: RestorablePostgres["replica"]) {
  const { identifier, storageGib, burstable, instanceClass } = size;
  const rds = rdsMetric({ DBInstanceIdentifier: identifier });
  const larger = takeLarger("instance", identifier, instanceClass);
  return {
    ...instanceSignals(rds, size, larger),
    cpuCredits: {
      kind: "saturation",
      means: "the burstable instance has spent its credits and runs at its baseline",
      measure: rds("CPUCreditBalance", "Minimum"),
      bad: "below",
      unit: "credits",
      ...(burstable && { ticket: 20 }),
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        `Is it one statement that will end, or a job? ${RUNNING.postgresql}`,
        "It is neither: a load that lasts needs a class that does not burst (db.m or db.r).",
      ],
      mitigate: [STOP, larger],
      rationale: "A class that does not burst has no credits, and no threshold.",
      source: MARBOT,
    },
    ...storageSignals(rds, storageGib, { larger, faster: fasterDisk(identifier) }),
    ...(replica && replicaSignals(replica, REPLICA_RPO.value)),
    events: rdsEvents({
      detailType: ["RDS DB Instance Event"],
      identifiers: [identifier],
      categories: ["failover", "failure", "low storage", "recovery", "security patching"],
      kind: "db-instance",
      members: `aws rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,SecondaryAvailabilityZone]' --output text`,
    }),
  } satisfies Signals;
}
