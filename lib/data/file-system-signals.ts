import { Metric, Signal, Signals } from "../core/signal";
import { Throughput } from "./file-system-props";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#EFS";
const METRICS = "https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html";
const MIB = 1024 ** 2;

/** What the signals of a file system are found by, and computed from. */
export interface WatchedFileSystem {
  /** AWS assigns it. */
  readonly id: string;
  readonly throughput: Throughput;
  readonly sizeGib: number;
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
        "Which clients do most? Many small files cost more operations than few large ones.",
        "Spread the files over two file systems, or keep small ones in a cache.",
      ],
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
        "Is the load real? Compare DataReadIOBytes and DataWriteIOBytes with last week.",
        faster(watched.throughput),
      ],
      rationale: "Four fifths of what is permitted; nothing is metered where nobody reads or writes.",
      source: METRICS,
    },
    ...(watched.throughput === "bursting" && { burstCredits: burstSignal(of, watched.sizeGib) }),
    connections: {
      kind: "traffic",
      means: "nobody has mounted the file system",
      measure: { metric: of("ClientConnections", "Sum") },
      bad: "below",
      unit: "connections",
      breaches: "5 of 5",
      firstSteps: ["Can clients reach it, and may their role mount it? See allowFrom and mayMount."],
      rationale:
        "No threshold of its own: only its owner knows whether it must be mounted. With one, it is a heartbeat.",
      source: METRICS,
    },
    ...(watched.replica !== undefined && { replicationLag: lagSignal(of, watched.replica) }),
  } satisfies Signals;
}

type Of = ReturnType<typeof ofFileSystem>;

function faster(throughput: Throughput): string {
  return throughput === "elastic"
    ? "Ask AWS for a higher limit, or spread the files."
    : "Let it be elastic, or provision more.";
}

function burstSignal(of: Of, sizeGib: number) {
  return {
    kind: "saturation",
    means: "within an hour at full speed the credits are spent, and the file system is as slow as its size allows",
    measure: { metric: of("BurstCreditBalance", "Minimum") },
    bad: "below",
    unit: "bytes",
    ticket: creditsOfAnHour(sizeGib),
    period: "5 minutes",
    breaches: "3 of 3",
    firstSteps: ["What reads or writes so much? If it stays, let throughput be elastic."],
    rationale: "AWS alarms when none is left, which is too late; an hour is time to act.",
    source: AWS,
  } as const satisfies Signal;
}

function lagSignal(of: Of, replica: string) {
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
      "Much more written than usual, or many small files? It catches up by itself.",
      "Else read the AWS Health Dashboard of both regions.",
    ],
    rationale: "Most file systems are within 15 minutes; an objective on a lost region rests on them.",
    source: METRICS,
  } as const satisfies Signal;
}
