import { Metric, Signal, Signals } from "../../core/signal";
import { backtrackSignal, mysqlSignals } from "./aurora-mysql-signals";
import { AWS, RdsMetric, machineSignals, rdsEvents, rdsMetric, transactionIds } from "../rds/rds-signals";
import { GLOBAL_RPO } from "./aurora-recovery";
import { readerSignals } from "./aurora-reader-signals";
import { RelievedAurora, capacityOfEach, instancesOf, largerWriter, newWriter } from "./aurora-relief";
import { Standby } from "./aurora-steps";
import { globalSignals } from "../rds/follower-signals";
import { DEADLOCKS, RUNNING, SCANS, SPILLS, STOP, WAITS, endOpen, eventsOf, membersOf } from "../rds/rds-relief";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";
const GIB = 1024 ** 3;

/** What the signals of a cluster are found by, and computed from; instances that scaling adds are seen by their role. */
export interface WatchedAurora extends RelievedAurora {
  readonly memoryGib: number;
  readonly backtracks: boolean;
  /** The cluster in the second region. @default - there is none */
  readonly follower?: Standby;
}

/**
 * What is worth watching about the one that writes. It is found by its role: after a failover, that is another
 * instance.
 */
function writerSignals(writer: RdsMetric, watched: WatchedAurora) {
  const { identifier, engine } = watched;
  const larger = largerWriter(watched);
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
        `Who is the writer (True), if anybody? ${membersOf(identifier)}.`,
        `Which instances are available? ${instancesOf(identifier)}.`,
        `Does a failover go on? It takes a minute: wait for it: ${eventsOf(identifier)}.`,
      ],
      mitigate: newWriter(watched),
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
      firstSteps: [
        `In which database, and how many since the counters began? ${DEADLOCKS[engine]}`,
        "Which statements? lockWaits, below, has them: they take the same rows in another order.",
        `Do two jobs do the same at the same time? ${RUNNING[engine]}`,
      ],
      mitigate: [
        "Let jobs that meet run one after the other. Clients try again by themselves: one of two goes through.",
        STOP,
      ],
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
      firstSteps: [
        `Which table is read from one end to the other? ${SCANS[engine]}`,
        `Does something do so now? ${RUNNING[engine]}`,
        "No: did the writer change or start lately? Its memory fills within the hour. Else the data has outgrown it.",
      ],
      mitigate: [STOP, larger],
      source: AWS,
    },
  } satisfies Signals;
}

/** What the cluster has as many of as instances: one alarm each. */
function loadSignal(watched: WatchedAurora) {
  const { instances, engine } = watched;
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
    firstSteps: [
      `What do the sessions of that instance wait for? ${WAITS[engine]}`,
      `CPU or IO: which statement is it? One that reads whole tables lacks an index; the runbook missingIndexes finds it: ${RUNNING[engine]}`,
      "Locks: the runbook lockContention finds who holds what the others wait for.",
    ],
    mitigate: [STOP, endOpen(engine), largerWriter(watched)],
    source: AWS,
  } as const satisfies Signal;
}

/** Sorts and temporary tables; an instance has about twice its memory of it. */
function localStorage(writer: RdsMetric, watched: WatchedAurora) {
  const { memoryGib, engine } = watched;
  return {
    kind: "saturation",
    means: "the instance runs out of local storage: large sorts and index builds fail",
    measure: writer("FreeLocalStorage", "Minimum"),
    bad: "below",
    unit: "bytes",
    ticket: 0.1 * 2 * memoryGib * GIB,
    breaches: "5 of 5",
    firstSteps: [
      `What sorts, joins or builds an index? It has run for long: ${RUNNING[engine]}`,
      `Nothing: which database made files for it? ${SPILLS[engine]}`,
    ],
    mitigate: [`${STOP} Its files go with it.`, largerWriter(watched)],
    rationale: "A tenth of what a class has, about twice its memory.",
    source: AWS,
  } as const satisfies Signal;
}

function capacity(cluster: RdsMetric, watched: WatchedAurora) {
  const { identifier, engine } = watched;
  return {
    kind: "saturation",
    means: "the cluster is at the most that it may grow to",
    measure: cluster("ACUUtilization"),
    bad: "above",
    unit: "per cent of maxCapacity",
    ticket: 90,
    breaches: "15 of 15",
    firstSteps: [
      `Which instance is at its limit: the writer, or a reader? Units at most in the last ten minutes, beside each name: ${capacityOfEach(identifier)}.`,
      `Does one statement take it all there, or do many? ${RUNNING[engine]}`,
    ],
    mitigate: [STOP, largerWriter(watched)],
    source: METRICS,
  } as const satisfies Signal;
}

/**
 * What is worth watching about a cluster. That nobody writes is a page, and what stops it by itself; causes are
 * tickets.
 */
export function auroraSignals(watched: WatchedAurora) {
  const { identifier, instances, engine, memoryGib, capacity: units, readers, backtracks, follower } = watched;
  const of = (dimensions: Metric["dimensions"] = {}) => rdsMetric({ DBClusterIdentifier: identifier, ...dimensions });
  const [cluster, writer, reader] = [of(), of({ Role: "WRITER" }), of({ Role: "READER" })];
  return {
    ...writerSignals(writer, watched),
    ...machineSignals(writer, { engine, memoryGib, larger: largerWriter(watched) }),
    load: loadSignal(watched),
    ...(readers > 0 && readerSignals(reader, cluster, watched)),
    ...(units ? { capacity: capacity(cluster, watched) } : { localStorage: localStorage(writer, watched) }),
    ...(engine === "postgresql" && { transactionIds: transactionIds(writer) }),
    ...(engine === "mysql" && mysqlSignals(writer, cluster)),
    ...(follower && globalSignals(follower, engine, GLOBAL_RPO.value)),
    ...(backtracks && { backtrackWindow: backtrackSignal(cluster, identifier) }),
    events: rdsEvents({
      detailType: ["RDS DB Cluster Event", "RDS DB Instance Event"],
      identifiers: [identifier, ...Object.values(instances)],
      categories: ["failover", "failure", "global-failover", "recovery"],
      kind: "db-cluster",
      members: membersOf(identifier),
    }),
  } satisfies Signals;
}
