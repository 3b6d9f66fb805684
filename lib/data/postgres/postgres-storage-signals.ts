import { Signals } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { LARGEST, RUNNING, SLOTS, STOP, dropSlot, endOpen } from "../rds/rds-relief";
import { AWS, MARBOT, RdsMetric } from "../rds/rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html";
const GIB = 1024 ** 3;

/** What an instance may still burst to: the smaller ones get their full speed for half an hour a day. */
function balance(measure: ReturnType<RdsMetric>, what: string, larger: string) {
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
      `Which statement reads or writes so much? ${RUNNING.postgresql}`,
      "None of these: slowStatements, below, has those of the last hour.",
      "One that will end, or a job: let it end, or stop it. None stands out: a load that lasts needs a larger class.",
    ],
    mitigate: [STOP, larger],
    rationale: "AWS says 10; 20 leaves time to act. A class that does not burst publishes nothing.",
    source: AWS,
  } as const;
}

const DROP = dropSlot("The consumer of a slot is gone for good: drop the slot, and its logs go with it.");

/** Where no storage can be added. */
const FREED =
  "Where it cannot be changed for hours: stop what writes most, and empty (TRUNCATE) a table whose rows nobody needs. Deleted rows give nothing back.";

/** How an instance gets more, as steps. */
interface DiskRelief {
  /** A larger class. */
  readonly larger: string;
  /** More operations. */
  readonly faster: string;
}

/** What is worth watching about the disk of a PostgreSQL instance. */
export function storageSignals(rds: RdsMetric, storageGib: number, { larger, faster }: DiskRelief) {
  const { DBInstanceIdentifier: identifier } = rds("FreeStorageSpace").metric.dimensions ?? {};
  const of = `--db-instance-identifier ${identifier}`;
  const has = (what: string) => `aws rds describe-db-instances ${of} --query '${what}' --output text`;
  const volume = `What has the volume? ${has("DBInstances[0].[StorageType,AllocatedStorage,Iops,StorageThroughput]")}.`;
  const asked = (name: string) =>
    `How many operations a second was it asked at most? In this hour, and in the same one a week ago: ${asEver(rds(name, "Maximum").metric)}.`;
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
        `It has reached its limit: give it more, as below. It has not: it grew within the last six hours, and must wait. Then it says storage-optimization, or did lately: ${has("DBInstances[0].DBInstanceStatus")}.`,
        `What keeps write-ahead logs? Look for a slot that is not active: ${SLOTS}`,
        `No slot does: which table has grown? ${LARGEST.postgresql}`,
      ],
      mitigate: [
        `Give it a third more, without an outage. It never shrinks again, and for six hours it cannot be changed; raise maxStorageGib in the code afterwards: \`GIB=$(${has("DBInstances[0].AllocatedStorage")})\`, \`aws rds modify-db-instance ${of} --allocated-storage $((GIB * 4 / 3)) --max-allocated-storage $((GIB * 2)) --apply-immediately\`.`,
        DROP,
        FREED,
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
      firstSteps: [volume, asked("ReadIOPS"), `Which statement reads so much? ${RUNNING.postgresql}`],
      mitigate: [STOP, faster],
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
      firstSteps: [
        volume,
        asked("WriteIOPS"),
        `Is it a bulk load or a new index? ${RUNNING.postgresql}`,
        "Neither: a checkpoint that ends by itself.",
      ],
      mitigate: [STOP, faster],
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
      firstSteps: [volume, asked("ReadIOPS"), `Which statement reads or writes so much? ${RUNNING.postgresql}`],
      mitigate: [STOP, faster],
      source: MARBOT,
    },
    ioBalance: balance(rds("EBSIOBalance%", "Minimum"), "disk operations", larger),
    byteBalance: balance(rds("EBSByteBalance%", "Minimum"), "disk throughput", larger),
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
        "It is not active: bring its consumer up again, and it reads what was kept.",
        "It is active: the consumer is too slow, or a transaction of hours keeps it waiting.",
      ],
      mitigate: [endOpen("postgresql"), DROP],
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
        `None is: does a bulk load write them? ${RUNNING.postgresql}`,
        "It does: logs go by themselves after it, if the disk lasts; freeStorage tells.",
      ],
      mitigate: [STOP, DROP],
      source: METRICS,
    },
  } satisfies Signals;
}
