import { Signals } from "../core/signal";
import { AWS, MARBOT, Measured } from "./rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html";
const GIB = 1024 ** 3;

/** What an instance may still burst to: the smaller ones get their full speed for half an hour a day. */
function balance(measure: ReturnType<Measured>, what: string) {
  return {
    kind: "saturation",
    means: `the instance has all but spent its burst of ${what}; then its disk is as slow as its size allows`,
    measure,
    bad: "below",
    unit: "per cent",
    ticket: 20,
    period: "5 minutes",
    breaches: "3 of 3",
    missing: "notBreaching",
    firstSteps: ["Find the statements that read and write most.", "A load that lasts needs a larger class."],
    rationale: "AWS says 10; 20 leaves time to act. A class that does not burst publishes nothing.",
    source: AWS,
  } as const;
}

/** What is worth watching about the disk of a PostgreSQL instance. */
export function storageSignals(rds: Measured, storageGib: number) {
  return {
    freeStorage: {
      kind: "saturation",
      means: "the database is running out of disk; when it is full, it stops",
      measure: rds("FreeStorageSpace", "Minimum"),
      bad: "below",
      unit: "bytes",
      page: 0.05 * storageGib * GIB,
      ticket: 0.15 * storageGib * GIB,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        "Compare allocated storage with maxStorageGib: can it still grow by itself?",
        "Look for a replication slot or a long transaction that keeps write-ahead logs.",
      ],
      rationale:
        "Storage grows by itself below 10 % free; 5 % means that it could not (limit reached, or grown within 6 hours).",
      source: AWS,
    },
    readLatency: {
      kind: "latency",
      means: "reads from disk are slow",
      measure: rds("ReadLatency", "p90"),
      bad: "above",
      unit: "seconds",
      ticket: 0.02,
      breaches: "5 of 5",
      missing: "missing",
      firstSteps: ["Compare IOPS and throughput with what the volume has."],
      source: AWS,
    },
    writeLatency: {
      kind: "latency",
      means: "writes to disk are slow",
      measure: rds("WriteLatency", "p90"),
      bad: "above",
      unit: "seconds",
      ticket: 0.02,
      breaches: "5 of 5",
      missing: "missing",
      firstSteps: ["Compare IOPS and throughput with what the volume has.", "Look for a checkpoint or a bulk load."],
      source: AWS,
    },
    diskQueue: {
      kind: "saturation",
      means: "requests wait for the disk",
      measure: rds("DiskQueueDepth"),
      bad: "above",
      unit: "requests",
      ticket: 64,
      breaches: "10 of 10",
      firstSteps: ["Compare IOPS with what the volume has; find the statements that read most."],
      source: MARBOT,
    },
    ioBalance: balance(rds("EBSIOBalance%", "Minimum"), "disk operations"),
    byteBalance: balance(rds("EBSByteBalance%", "Minimum"), "disk throughput"),
    replicationSlot: {
      kind: "saturation",
      means: "a replication slot keeps logs that nobody reads",
      measure: rds("OldestReplicationSlotLag", "Maximum"),
      bad: "above",
      unit: "bytes",
      ticket: 0.1 * storageGib * GIB,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        "SELECT slot_name, active FROM pg_replication_slots: is the consumer down? If it is gone for good, drop the slot.",
      ],
      source: METRICS,
    },
    transactionLogs: {
      kind: "saturation",
      means: "write-ahead logs fill the disk",
      measure: rds("TransactionLogsDiskUsage", "Maximum"),
      bad: "above",
      unit: "bytes",
      ticket: 0.1 * storageGib * GIB,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: ["Look for an unread replication slot, then for a bulk load."],
      source: METRICS,
    },
  } satisfies Signals;
}
