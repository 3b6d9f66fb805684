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
    firstSteps: [
      "Which statements read and write most? slowStatements, below, has those of the last hour.",
      "A load that lasts needs a larger class.",
    ],
    rationale: "AWS says 10; 20 leaves time to act. A class that does not burst publishes nothing.",
    source: AWS,
  } as const;
}

const SLOTS =
  "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots.";
const DROP =
  "The consumer of a slot is gone for good: drop the slot, and its logs go with it: SELECT pg_drop_replication_slot('name').";

/** What is worth watching about the disk of a PostgreSQL instance. */
export function storageSignals(rds: Measured, storageGib: number) {
  const { DBInstanceIdentifier: identifier } = rds("FreeStorageSpace").metric.dimensions ?? {};
  const of = `--db-instance-identifier ${identifier}`;
  const has = (what: string) => `aws rds describe-db-instances ${of} --query '${what}' --output text`;
  const volume = `What has the volume? ${has("DBInstances[0].[StorageType,AllocatedStorage,Iops,StorageThroughput]")}.`;
  const asked = "What was asked of it: ReadIOPS and WriteIOPS, ReadThroughput and WriteThroughput in CloudWatch.";
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
        `Can it still grow by itself? GiB that it has, and its limit: ${has("DBInstances[0].[AllocatedStorage,MaxAllocatedStorage]")}.`,
        `It cannot: give it a third more, without an outage, and raise maxStorageGib in the code after: \`GIB=$(${has("DBInstances[0].AllocatedStorage")})\`, \`aws rds modify-db-instance ${of} --allocated-storage $((GIB * 4 / 3)) --max-allocated-storage $((GIB * 2)) --apply-immediately\`.`,
        `It has grown within six hours, and must wait: what keeps write-ahead logs? ${SLOTS}`,
        DROP,
      ],
      rationale:
        "AWS leaves the threshold open, and counts silence as a breach. Storage grows by itself below 10 % free; 5 % means that it could not (limit reached, or grown within 6 hours).",
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
      firstSteps: [volume, asked, "Which statements read most? slowStatements, below."],
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
      firstSteps: [volume, asked, "Look for a checkpoint or a bulk load."],
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
      firstSteps: [volume, asked, "Which statements read most? slowStatements, below."],
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
        `Which slot, and is its consumer there (active)? ${SLOTS}`,
        "It is down: bring it up again, and it reads what was kept.",
        DROP,
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
      firstSteps: [
        `Is a replication slot unread? ${SLOTS}`,
        DROP,
        "None is: a bulk load, or a transaction that was left open? Stop it.",
      ],
      source: METRICS,
    },
  } satisfies Signals;
}
