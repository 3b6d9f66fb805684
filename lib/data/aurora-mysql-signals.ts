import { Signal, Signals } from "../core/signal";
import { AWS, Measured } from "./rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";
const TIB = 1024 ** 4;

/** What is worth watching about Aurora MySQL alone. */
export function mysqlSignals(writer: Measured, cluster: Measured) {
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
        "Find the oldest transaction, on readers too: SELECT * FROM information_schema.innodb_trx ORDER BY trx_started LIMIT 5.",
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
        "Who waits for whom: SELECT * FROM sys.innodb_lock_waits.",
        "End the session that blocks, if it is idle in a transaction: the list names its KILL statement.",
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
        "Move out what is not needed, and free it: a dropped table gives its space back, deleted rows do not.",
      ],
      rationale:
        "A tenth of the 128 TiB that each version has at least. AWS counts silence as a breach; a stopped cluster fills nothing.",
      source: AWS,
    },
  } satisfies Signals;
}

/** Whether backtracking reaches as far as it was asked to. */
export function backtrackSignal(cluster: Measured) {
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
    firstSteps: ["More is written than the window was made for: farther back, only a restore helps."],
    source: METRICS,
  } as const satisfies Signal;
}
