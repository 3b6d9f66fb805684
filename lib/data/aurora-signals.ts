import { Metric, Signal, Signals } from "../core/signal";
import { backtrackSignal, mysqlSignals } from "./aurora-mysql-signals";
import { AWS, Measured, machineSignals, rdsEvents, rdsMetric, transactionIds } from "./rds-signals";
import { GLOBAL_RPO } from "./aurora-recovery";
import { Standby } from "./aurora-steps";
import { globalSignals } from "./follower-signals";
import { Engine } from "./rds-settings";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";
const GIB = 1024 ** 3;

/** What the signals of a cluster are found by, and computed from. */
export interface WatchedAurora {
  /** The DBClusterIdentifier. */
  readonly identifier: string;
  /** The DBInstanceIdentifier of each instance, by zone; those that scaling adds are seen by their role alone. */
  readonly instances: Readonly<Record<string, string>>;
  readonly engine: Engine;
  readonly memoryGib: number;
  readonly serverless: boolean;
  readonly readers: boolean;
  readonly backtracks: boolean;
  /** The cluster in the second region. @default - there is none */
  readonly follower?: Standby;
}

/** What is worth watching about the one that writes. It is found by its role: after a failover, that is another instance. */
function writerSignals(writer: Measured) {
  return {
    writer: {
      kind: "traffic",
      means: "the cluster has no writer: nothing is written, and nothing is read that must be new",
      measure: writer("EngineUptime"),
      bad: "below",
      unit: "seconds of uptime",
      page: 1,
      breaches: "2 of 2",
      missing: "breaching",
      firstSteps: [
        "Is a failover going on? It takes a minute. Look at the events of the cluster.",
        "Is there no instance left? The ways back below say how to make one.",
      ],
      source: AWS,
    },
    deadlocks: {
      kind: "errors",
      means: "transactions end in deadlocks",
      measure: writer("Deadlocks"),
      bad: "above",
      unit: "a second",
      ticket: 0.1,
      breaches: "5 of 5",
      firstSteps: ["Find the statements in the log of errors: they take the same rows in another order."],
      source: METRICS,
    },
    bufferCache: {
      kind: "saturation",
      means: "what is read is no longer in memory",
      measure: writer("BufferCacheHitRatio"),
      bad: "below",
      unit: "per cent",
      ticket: 80,
      breaches: "10 of 10",
      firstSteps: ["Find what reads whole tables: Performance Insights, by IO waits.", "Else take a larger class."],
      source: AWS,
    },
  } satisfies Signals;
}

/** What is worth watching about those that read. */
function readerSignals(reader: Measured, cluster: Measured) {
  return {
    readerCpu: {
      kind: "saturation",
      means: "the readers are short of CPU, and one of them would have to be the writer",
      measure: reader("CPUUtilization"),
      bad: "above",
      unit: "per cent",
      ticket: 90,
      breaches: "15 of 15",
      firstSteps: ["Open Performance Insights of each reader. One statement, or all of them? Then readerScaling."],
      source: AWS,
    },
    replicaLag: {
      kind: "latency",
      means: "readers answer with what is no longer true",
      measure: cluster("AuroraReplicaLagMaximum", "Maximum"),
      bad: "above",
      unit: "milliseconds",
      ticket: 2000,
      breaches: "5 of 5",
      firstSteps: ["Look for a bulk load on the writer, or a reader that is short of CPU or memory."],
      rationale: "A tenth of a second is usual.",
      source: METRICS,
    },
  } satisfies Signals;
}

/** What the cluster has as many of as instances: one alarm each. */
function loadSignal(instances: WatchedAurora["instances"]) {
  const measure = (DBInstanceIdentifier: string) => rdsMetric({ DBInstanceIdentifier })("DBLoadRelativeToNumVCPUs");
  return {
    kind: "saturation",
    means: "more sessions want to run than the instance has CPUs",
    measure: { zones: Object.fromEntries(Object.entries(instances).map(([zone, id]) => [zone, measure(id)])) },
    bad: "above",
    unit: "active sessions a CPU",
    ticket: 1,
    breaches: "15 of 15",
    requires: [{ setting: "Performance Insights", met: true, mend: "performanceInsightsEnabled" }],
    firstSteps: ["In Performance Insights, slice the load by wait event: CPU, IO or locks?"],
    source: AWS,
  } as const satisfies Signal;
}

/** Sorts and temporary tables; an instance has about twice its memory of it. */
function localStorage(writer: Measured, memoryGib: number) {
  return {
    kind: "saturation",
    means: "the instance runs out of local storage: large sorts and index builds fail",
    measure: writer("FreeLocalStorage", "Minimum"),
    bad: "below",
    unit: "bytes",
    ticket: 0.1 * 2 * memoryGib * GIB,
    breaches: "5 of 5",
    firstSteps: ["Find what sorts or builds an index: temporary files in the log, Performance Insights by IO waits."],
    rationale: "A tenth of what a class has, about twice its memory.",
    source: AWS,
  } as const satisfies Signal;
}

function capacity(cluster: Measured) {
  return {
    kind: "saturation",
    means: "the cluster is at the most that it may grow to",
    measure: cluster("ACUUtilization"),
    bad: "above",
    unit: "per cent of maxCapacity",
    ticket: 90,
    breaches: "15 of 15",
    firstSteps: ["Is it load, or one statement? Then raise maxCapacity: it is a change in place."],
    source: METRICS,
  } as const satisfies Signal;
}

/** What is worth watching about a cluster. That nobody writes is a page, and what stops it by itself; causes are tickets. */
export function auroraSignals(watched: WatchedAurora) {
  const { identifier, instances, engine, memoryGib, serverless, readers, backtracks, follower } = watched;
  const of = (dimensions: Metric["dimensions"] = {}) => rdsMetric({ DBClusterIdentifier: identifier, ...dimensions });
  const [cluster, writer, reader] = [of(), of({ Role: "WRITER" }), of({ Role: "READER" })];
  return {
    ...writerSignals(writer),
    ...machineSignals(writer, engine, memoryGib),
    load: loadSignal(instances),
    ...(readers && readerSignals(reader, cluster)),
    ...(serverless ? { capacity: capacity(cluster) } : { localStorage: localStorage(writer, memoryGib) }),
    ...(engine === "postgresql" && { transactionIds: transactionIds(writer) }),
    ...(engine === "mysql" && mysqlSignals(writer, cluster)),
    ...(follower && globalSignals(follower, engine, GLOBAL_RPO.value)),
    ...(backtracks && { backtrackWindow: backtrackSignal(cluster) }),
    events: rdsEvents({
      detailType: ["RDS DB Cluster Event", "RDS DB Instance Event"],
      identifiers: [identifier, ...Object.values(instances)],
      categories: ["failover", "failure", "global-failover", "recovery"],
      look: `aws rds describe-events --source-type db-cluster --source-identifier ${identifier}`,
    }),
  } satisfies Signals;
}
