import { Signals } from "../core/signal";
import { InstanceSize } from "./instance-classes";
import { AWS, MARBOT, rdsMetric, storageSignals } from "./postgres-storage-signals";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** What the thresholds of a database are computed from. */
export interface PostgresSize extends InstanceSize {
  /** The DBInstanceIdentifier. Not the Terraform id, which is another thing: alarms on that one stay silent. */
  readonly identifier: string;
  readonly storageGib: number;
  readonly burstable: boolean;
}

/**
 * Connections that RDS for PostgreSQL lets in by default: one for each 9531392 bytes of memory, at most 5000.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function maxConnections({ memoryGib }: InstanceSize): number {
  return Math.min(5000, Math.floor((memoryGib * GIB) / 9_531_392));
}

/** What is worth watching about a PostgreSQL instance. Causes are tickets; what stops the database is a page. */
export function postgresSignals(size: PostgresSize) {
  const { identifier, storageGib, memoryGib, vcpus, burstable } = size;
  const rds = rdsMetric(identifier);
  return {
    cpu: {
      kind: "saturation",
      means: "the database is short of CPU",
      measure: rds("CPUUtilization"),
      bad: "above",
      unit: "per cent",
      ticket: 90,
      breaches: "15 of 15",
      firstSteps: [
        "Open Performance Insights and sort by load: one statement, or all of them?",
        "Look for a deployment or a batch job that started when CPU rose.",
      ],
      rationale: "AWS asks for 5 of 5 and counts silence as a breach; a stopped database is not short of CPU.",
      source: AWS,
    },
    load: {
      kind: "saturation",
      means: "more sessions want to run than the database has CPUs",
      measure: rds("DBLoad"),
      bad: "above",
      unit: "active sessions",
      ticket: vcpus,
      breaches: "15 of 15",
      requires: [{ setting: "Performance Insights", met: true, mend: "performanceInsightsEnabled" }],
      firstSteps: ["In Performance Insights, slice the load by wait event: CPU, IO or locks?"],
      source: AWS,
    },
    freeableMemory: {
      kind: "saturation",
      means: "the database is short of memory",
      measure: rds("FreeableMemory", "Minimum"),
      bad: "below",
      unit: "bytes",
      ticket: Math.max(256 * MIB, 0.05 * memoryGib * GIB),
      breaches: "15 of 15",
      firstSteps: [
        "Compare the number of connections with last week: each takes memory.",
        "Look for work_mem set by a session.",
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
    connections: {
      kind: "saturation",
      means: "new connections will soon be refused",
      measure: rds("DatabaseConnections", "Maximum"),
      bad: "above",
      unit: "connections",
      ticket: Math.floor(0.8 * maxConnections(size)),
      missing: "notBreaching",
      firstSteps: [
        "Count connections by state and client: SELECT state, usename, count(*) FROM pg_stat_activity GROUP BY 1, 2.",
        "Compare pool size × instances with the limit.",
      ],
      source: AWS,
    },
    transactionIds: {
      kind: "saturation",
      means: "transaction ids run out; at two billion the database refuses writes",
      measure: rds("MaximumUsedTransactionIDs"),
      bad: "above",
      unit: "transactions",
      page: 1.5e9,
      ticket: 1e9,
      period: "5 minutes",
      breaches: "1 of 1",
      firstSteps: [
        "Find the table autovacuum does not finish: SELECT relname, age(relfrozenxid) FROM pg_class ORDER BY 2 DESC LIMIT 10.",
        "End transactions and slots that hold the horizon back.",
      ],
      source: AWS,
    },
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
      source: MARBOT,
    },
    ...storageSignals(identifier, storageGib),
    events: {
      kind: "errors",
      means: "RDS reports a failover, a failure or low storage",
      measure: {
        event: {
          source: ["aws.rds"],
          detailType: ["RDS DB Instance Event"],
          detail: {
            SourceIdentifier: [identifier],
            EventCategories: ["failover", "failure", "low storage", "recovery", "security patching"],
          },
        },
      },
      bad: "above",
      urgency: "ticket",
      firstSteps: [
        "Read the event: aws rds describe-events --source-type db-instance --source-identifier <identifier>.",
      ],
      source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html",
    },
  } satisfies Signals;
}
