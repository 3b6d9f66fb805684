import { Metric, Signal, Signals } from "../../core/signal";
import { healthOf } from "../../parts/first-aid";
import { fileSystemId } from "./file-system-recovery";
import { RelievedFileSystem, faster, mountTargets, stateOf, usualLoad } from "./file-system-relief";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#EFS";
const METRICS = "https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html";
const MIB = 1024 ** 2;

const BACK = "Take back the rollout that asks so much, or let the job wait.";

/** What the signals of a file system are found by, and computed from. */
export interface WatchedFileSystem extends RelievedFileSystem {
  /** AWS assigns it. */
  readonly id: string;
  readonly sizeGib: number;
  readonly region: string;
  /** The region of the replica. @default - it is not replicated */
  readonly replicaRegion?: string;
  /** @default - it is not replicated */
  readonly replica?: string;
}

/**
 * The credits that an hour at full speed takes, beyond those that are earned meanwhile.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/performance.html#bursting
 */
export function creditsOfAnHour(sizeGib: number): number {
  const tebibytes = Math.max(1, sizeGib / 1024);
  const earned = (sizeGib * 50) / 1024;
  return Math.round((100 * tebibytes - earned) * MIB * 3600);
}

function ofFileSystem({ id }: WatchedFileSystem) {
  return (name: string, statistic: string, more: Readonly<Record<string, string>> = {}) =>
    ({ namespace: "AWS/EFS", name, statistic, dimensions: { FileSystemId: id, ...more } }) satisfies Metric;
}

/** What is worth watching about a file system. */
export function fileSystemSignals(watched: WatchedFileSystem) {
  const of = ofFileSystem(watched);
  const metered = of("MeteredIOBytes", "Sum");
  return {
    ioLimit: {
      kind: "saturation",
      means: "the file system has almost as many operations as it takes; more of them wait",
      measure: { metric: of("PercentIOLimit", "Average") },
      bad: "above",
      unit: "per cent",
      ticket: 95,
      breaches: "15 of 15",
      firstSteps: [
        usualLoad(watched, "Is more asked of it than ever: bytes of names, sizes and rights?", "MetadataIOBytes"),
        usualLoad(watched, "Or do more clients mount it?", "ClientConnections"),
        "Names, sizes and rights: a client lists large folders, or opens small files without end. Clients: did a rollout or a scaling start many?",
      ],
      mitigate: [BACK, ...faster(watched)],
      rationale: "AWS alarms where the limit is reached; before it, there is time to act.",
      source: AWS,
    },
    throughput: {
      kind: "saturation",
      means: "the file system moves almost as many bytes as it may",
      measure: {
        math: {
          expression: "100 * metered / PERIOD(metered) / permitted",
          metrics: { metered, permitted: of("PermittedThroughput", "Minimum") },
        },
      },
      bad: "above",
      unit: "per cent of what it may",
      ticket: 80,
      breaches: "15 of 15",
      missing: "notBreaching",
      firstSteps: [
        usualLoad(watched, "Is more read than ever, in bytes?", "DataReadIOBytes"),
        usualLoad(watched, "Or more written?", "DataWriteIOBytes"),
        `How fast may it be? ${stateOf(watched)}.`,
      ],
      mitigate: [BACK, ...faster(watched)],
      rationale: "Four fifths of what is permitted; nothing is metered where nobody reads or writes.",
      source: METRICS,
    },
    ...(watched.throughput === "bursting" && { burstCredits: burstSignal(of, watched) }),
    connections: {
      kind: "traffic",
      means: "nobody has mounted the file system",
      measure: { metric: of("ClientConnections", "Sum") },
      bad: "below",
      unit: "connections",
      breaches: "5 of 5",
      firstSteps: [
        `Is it there? It must say available: ${stateOf(watched)}.`,
        `Is there a way to it in each zone? It must say available as well: ${mountTargets(watched)}.`,
        "Both are: may the clients reach it, and may their role mount it? See allowFrom and mayMount.",
      ],
      mitigate: ["Did a rollout of the clients or of this stack come before it? Take it back."],
      rationale:
        "No threshold of its own: only its owner knows whether it must be mounted. With one, it is a heartbeat.",
      source: METRICS,
    },
    ...(watched.replica !== undefined && { replicationLag: lagSignal(of, watched, watched.replica) }),
  } satisfies Signals;
}

type Of = ReturnType<typeof ofFileSystem>;

function burstSignal(of: Of, watched: WatchedFileSystem) {
  return {
    kind: "saturation",
    means: "within an hour at full speed the credits are spent, and the file system is as slow as its size allows",
    measure: { metric: of("BurstCreditBalance", "Minimum") },
    bad: "below",
    unit: "bytes",
    ticket: creditsOfAnHour(watched.sizeGib),
    period: "5 minutes",
    breaches: "3 of 3",
    firstSteps: [
      usualLoad(watched, "Is more read than ever, in bytes?", "DataReadIOBytes"),
      usualLoad(watched, "Or more written?", "DataWriteIOBytes"),
      "A job that ends: credits come back by themselves, in hours. No job: the load has outgrown what the size allows.",
    ],
    mitigate: [BACK, ...faster(watched)],
    rationale: "AWS alarms when none is left, which is too late; an hour is time to act.",
    source: AWS,
  } as const satisfies Signal;
}

function lagSignal(of: Of, watched: WatchedFileSystem, replica: string) {
  const { name, region, replicaRegion = region } = watched;
  return {
    kind: "latency",
    means: "the other region has files late: what it does not have is lost with this region",
    measure: { metric: of("TimeSinceLastSync", "Maximum", { DestinationFileSystemId: replica }) },
    bad: "above",
    unit: "seconds",
    page: 3600,
    ticket: 900,
    breaches: "5 of 5",
    missing: "notBreaching",
    firstSteps: [
      `Does it replicate (ENABLED), and since when is the replica as it was? aws efs describe-replication-configurations --file-system-id ${fileSystemId(name)} --query 'Replications[0].Destinations[0].[Status,StatusMessage,LastReplicatedTimestamp]' --output text.`,
      "PAUSED or ERROR: the message says why, mostly a key that EFS may not use.",
      usualLoad(watched, "ENABLED: is more written than ever, in bytes?", "DataWriteIOBytes"),
      healthOf(region, replicaRegion),
    ],
    mitigate: [
      `Do not fail over to ${replicaRegion} while it is behind, unless this region is lost.`,
      "Hold back the job that writes so much, or so many small files: the replica catches up by itself.",
    ],
    rationale: "Most file systems are within 15 minutes; an objective on a lost region rests on them.",
    source: METRICS,
  } as const satisfies Signal;
}
