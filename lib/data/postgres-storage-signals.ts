import { Metric, Signals } from "../core/signal";

/** AWS's own recommended alarms. */
export const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#RDS";
/** A published set of thresholds from practice, for what AWS leaves open. */
export const MARBOT = "https://github.com/marbot-io/monitoring-jump-start";
const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html";
const GIB = 1024 ** 3;

/** A metric of one instance; it is known by its identifier, not by its Terraform id. */
export function rdsMetric(identifier: string) {
  return (name: string, statistic = "Average"): { readonly metric: Metric } => ({
    metric: { namespace: "AWS/RDS", name, statistic, dimensions: { DBInstanceIdentifier: identifier } },
  });
}

/** What is worth watching about the disk of a PostgreSQL instance. */
export function storageSignals(identifier: string, storageGib: number) {
  const rds = rdsMetric(identifier);
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
