import { Signal, Signals } from "../../core/signal";
import { LARGEST, OPEN, RUNNING, STOP } from "../rds/rds-relief";
import { AWS, RdsMetric } from "../rds/rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";
const TIB = 1024 ** 4;

const BLOCKED =
  "SELECT concat('CALL mysql.rds_kill(', blocking_pid, ');') AS ends, count(*) AS waiting, max(wait_age_secs) AS seconds, left(max(blocking_query), 80) AS blocks FROM sys.innodb_lock_waits GROUP BY blocking_pid ORDER BY 2 DESC LIMIT 10.";

/** What is worth watching about Aurora MySQL alone. */
export function mysqlSignals(writer: RdsMetric, cluster: RdsMetric) {
  return {
    history: {
      kind: "saturation",
      means: "old versions of rows pile up behind a long transaction, and everything gets slow",
      measure: writer("RollbackSegmentHistoryListLength"),
      bad: "above",
      unit: "undo records",
      ticket: 1e6,
      breaches: "5 of 5",
      firstSteps: [
        `Which transaction is the oldest? Ask the writer, and each reader: ${OPEN.mysql}`,
        "None is older than an hour: much was changed at once, and the list gets shorter by itself.",
      ],
      mitigate: [
        "End the oldest one: its row above begins with the command. What it did is rolled back, which takes as long as it took.",
        "Hold back jobs that change many rows, until the list gets shorter.",
      ],
      source: AWS,
    },
    blocked: {
      kind: "latency",
      means: "transactions wait for the locks of others",
      measure: {
        math: {
          expression: "100 * blocked / active",
          metrics: { blocked: writer("BlockedTransactions").metric, active: writer("ActiveTransactions").metric },
        },
      },
      bad: "above",
      unit: "per cent of active transactions",
      ticket: 5,
      breaches: "5 of 5",
      missing: "notBreaching",
      firstSteps: [
        `Who waits for whom, and for how long? ${BLOCKED}`,
        "What blocks has no statement (NULL): it was left open, and does nothing. It has one: is it a job, or a change of the schema?",
      ],
      mitigate: [
        "End the session that blocks most: its row above begins with the command. What it did is rolled back.",
        "It is a job: let it run when less goes on, and in smaller parts.",
      ],
      rationale: "AWS names a twentieth of the active transactions; of none, nothing is blocked.",
      source: AWS,
    },
    volume: {
      kind: "saturation",
      means: "the volume of the cluster comes to its limit; when it is full, writes fail",
      measure: cluster("AuroraVolumeBytesLeftTotal", "Minimum"),
      bad: "below",
      unit: "bytes",
      ticket: 0.1 * 128 * TIB,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        `Which tables are largest? ${LARGEST.mysql}`,
        `None explains it: do old versions of rows pile up? The signal history has a page of its own: ${OPEN.mysql}`,
      ],
      mitigate: [
        "Save what is not needed elsewhere, and drop its tables (DROP or TRUNCATE): their space comes back, that of deleted rows does not. It cannot be undone but by a restore.",
        "Stop what writes most, until there is space again: the volume has no switch that makes it larger.",
      ],
      rationale:
        "A tenth of the 128 TiB that each version has at least. AWS counts silence as a breach; a stopped cluster fills nothing.",
      source: AWS,
    },
  } satisfies Signals;
}

/** Whether backtracking reaches as far as it was asked to. */
export function backtrackSignal(cluster: RdsMetric, identifier: string) {
  const of = `--db-cluster-identifier ${identifier}`;
  return {
    kind: "saturation",
    means: "the cluster cannot be wound back as far as it should",
    measure: cluster("BacktrackWindowAlert", "Maximum"),
    bad: "above",
    unit: "times",
    ticket: 0,
    period: "5 minutes",
    breaches: "3 of 3",
    missing: "notBreaching",
    firstSteps: [
      `How far can it go, and how far should it, in seconds? aws rds describe-db-clusters ${of} --query 'DBClusters[0].[EarliestBacktrackTime,BacktrackWindow,BacktrackConsumedChangeRecords]' --output text.`,
      `More is written than the window was made for: is it a job that ends? ${RUNNING.mysql}`,
      "It is not: state a shorter backtrack in the code. Farther back, a restore reaches as far as ever.",
    ],
    mitigate: [
      `Keep this moment, if it may be needed, at the price of what it stores: \`aws rds create-db-cluster-snapshot ${of} --db-cluster-snapshot-identifier ${identifier}-$(date +%Y%m%d%H%M)\`.`,
      STOP,
    ],
    source: METRICS,
  } as const satisfies Signal;
}
