import { Metric, Signals } from "../core/signal";
import { maxConnections } from "./max-connections";
import { Engine } from "./rds-settings";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** AWS's own recommended alarms. */
export const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#RDS";
/** A published set of thresholds from practice, for what AWS leaves open. */
export const MARBOT = "https://github.com/marbot-io/monitoring-jump-start";

/** What makes a measure of the name and statistic of a metric. */
export type Measured = (name: string, statistic?: string) => { readonly metric: Metric };

/** Metrics of RDS with given dimensions. Instances and clusters are known by identifiers, not by Terraform ids. */
export function rdsMetric(dimensions: Metric["dimensions"]): Measured {
  return (name, statistic = "Average") => ({ metric: { namespace: "AWS/RDS", name, statistic, dimensions } });
}

/** How to see who is connected. */
const CONNECTED: Readonly<Record<Engine, string>> = {
  postgresql: "SELECT state, usename, count(*) FROM pg_stat_activity GROUP BY 1, 2.",
  mysql: "SELECT user, command, count(*) FROM information_schema.processlist GROUP BY 1, 2.",
};

/** How to see what runs now, the longest first. */
const RUNNING: Readonly<Record<Engine, string>> = {
  postgresql:
    "SELECT pid, now() - query_start AS runs, state, wait_event_type, left(query, 80) FROM pg_stat_activity WHERE state <> 'idle' ORDER BY 2 DESC LIMIT 10.",
  mysql:
    "SELECT id, time, state, left(info, 80) FROM information_schema.processlist WHERE command <> 'Sleep' ORDER BY time DESC LIMIT 10.",
};

/** What is worth watching about the machine that a database runs on. Causes are tickets. */
export function machineSignals(rds: Measured, engine: Engine, memoryGib: number) {
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
        `One statement, or all of them? Performance Insights sorts them by load; what runs now: ${RUNNING[engine]}`,
        "One: stop it, or give it the index that it lacks; slowStatements, below, has those of the last hour.",
        "All: did a deployment or a batch job start when CPU rose? Take it back. Else a larger class.",
      ],
      rationale:
        "AWS asks for 5 of 5 and counts silence as a breach; a report or a vacuum takes some minutes, and a stopped database is not short of CPU.",
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
        `Are more connected than last week? Each takes memory: ${CONNECTED[engine]}`,
        "Fewer and larger pools help, or a larger class. Look as well for work_mem or a sort buffer set by a session.",
      ],
      rationale:
        "AWS leaves the threshold open, averages, and counts silence as a breach; the least of a minute is what swaps, and a stopped database has memory enough.",
      source: AWS,
    },
    connections: {
      kind: "saturation",
      means: "new connections will soon be refused",
      measure: rds("DatabaseConnections", "Maximum"),
      bad: "above",
      unit: "connections",
      ticket: Math.floor(0.8 * maxConnections(engine, memoryGib)),
      missing: "notBreaching",
      firstSteps: [
        `Count connections by state and client: ${CONNECTED[engine]}`,
        "Many are idle: pool size × instances is above the limit, or a pool leaks; restart what leaks.",
        "Many are active: they wait for something. Locks, disk and CPU have pages of their own.",
      ],
      rationale: "The most in a minute, where AWS averages: one refused connection is a failed request.",
      source: AWS,
    },
  } satisfies Signals;
}

/** The one way in which PostgreSQL stops by itself. */
export function transactionIds(rds: Measured) {
  return {
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
      "Which database is it? SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC.",
      "And in it, which table does autovacuum not finish? SELECT oid::regclass, age(relfrozenxid) FROM pg_class WHERE relkind IN ('r', 'm', 't') ORDER BY 2 DESC LIMIT 10.",
      "What holds it back? A transaction that was left open, or a slot: SELECT pid, usename, state, xact_start, age(backend_xmin) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL ORDER BY 5 DESC LIMIT 10.",
      "End it, its pid in place of 0: SELECT pg_terminate_backend(0).",
      "Then VACUUM (FREEZE, VERBOSE) that table, while somebody watches it.",
    ],
    rationale: "AWS looks each minute at what grows over weeks.",
    source: AWS,
  } as const satisfies Signals[string];
}

/** What RDS itself reports of a database, through EventBridge. */
export function rdsEvents(of: {
  readonly detailType: readonly string[];
  readonly identifiers: readonly string[];
  readonly categories: readonly string[];
  readonly look: string;
}) {
  return {
    kind: "errors",
    means: "RDS reports a failover, a failure or low storage",
    measure: {
      event: {
        source: ["aws.rds"],
        detailType: of.detailType,
        detail: { SourceIdentifier: of.identifiers, EventCategories: of.categories },
      },
    },
    bad: "above",
    urgency: "ticket",
    firstSteps: [`Read the event: ${of.look}.`],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html",
  } as const satisfies Signals[string];
}
