import { Metric, Signals } from "../../core/signal";
import { maxConnections } from "./max-connections";
import { CONNECTED, RUNNING, STOP, WAITS, dropSlot, endIdle, endOpen } from "./rds-relief";
import { Engine } from "./rds-settings";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** AWS's own recommended alarms. */
export const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#RDS";
/** A published set of thresholds from practice, for what AWS leaves open. */
export const MARBOT = "https://github.com/marbot-io/monitoring-jump-start";

/** What makes a measure of the name and statistic of a metric. */
export type RdsMetric = (name: string, statistic?: string) => { readonly metric: Metric };

/** Metrics of RDS with given dimensions. Instances and clusters are known by identifiers, not by Terraform ids. */
export function rdsMetric(dimensions: Metric["dimensions"]): RdsMetric {
  return (name, statistic = "Average") => ({ metric: { namespace: "AWS/RDS", name, statistic, dimensions } });
}

/** A machine that a database runs on. */
export interface Machine {
  readonly engine: Engine;
  readonly memoryGib: number;
  /** How it is made larger, for people. */
  readonly larger: string;
}

/** What is worth watching about the machine that a database runs on. Causes are tickets. */
export function machineSignals(rds: RdsMetric, { engine, memoryGib, larger }: Machine) {
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
        `Does one statement take it all, or do many? What runs now, the longest first: ${RUNNING[engine]}`,
        "One: stop it, or give it the index that it lacks; slowStatements, below, has those of the last hour.",
        "Many: did a deployment or a batch job start when CPU rose? Take it back. Else the load has outgrown the class.",
      ],
      mitigate: [STOP, larger],
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
        `Who is connected? Each connection takes memory: ${CONNECTED[engine]}`,
        "Many of one client: its pool leaks, or too many of its instances run. Restart it, one instance after the other.",
        `As many as ever: does a statement sort or join more than it should? ${RUNNING[engine]}`,
      ],
      mitigate: [endIdle(engine), larger],
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
        `Which client has most of them, and what do they do? ${CONNECTED[engine]}`,
        "Most are idle: pool size × instances is above the limit, or a pool leaks. Restart what leaks.",
        `Most are active: what do they wait for? Locks, disk and CPU have pages of their own: ${WAITS[engine]}`,
      ],
      mitigate: [endIdle(engine), endOpen(engine), larger],
      rationale: "The most in a minute, where AWS averages: one refused connection is a failed request.",
      source: AWS,
    },
  } satisfies Signals;
}

const HOLDERS =
  "SELECT format('SELECT pg_terminate_backend(%s);', pid) AS ends, usename, state, xact_start, age(backend_xmin) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() ORDER BY 5 DESC LIMIT 10.";

/** The one way in which PostgreSQL stops by itself. */
export function transactionIds(rds: RdsMetric) {
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
      "And in it, what does autovacuum work at? Nothing, or for days the same: SELECT pid, relid::regclass, phase, heap_blks_scanned, heap_blks_total FROM pg_stat_progress_vacuum.",
      `Which transaction holds it back? ${HOLDERS}`,
      "None that is old: does a slot, or a transaction that was prepared and forgotten? SELECT slot_name AS of, active::text AS state, greatest(age(xmin), age(catalog_xmin)) AS old FROM pg_replication_slots UNION ALL SELECT gid, 'prepared', age(transaction) FROM pg_prepared_xacts ORDER BY 3 DESC.",
    ],
    mitigate: [
      "End the transaction that holds it back: its row above begins with the command. What it did is rolled back. One that was prepared is ended by ROLLBACK PREPARED and its name, in its database.",
      dropSlot("A slot that nobody will read again holds it back: drop it, and its consumer must begin anew."),
      "Then let the oldest tables be vacuumed, while somebody watches. It locks nobody out, and reads the whole table. In the database that it is, each row is a command: SELECT format('VACUUM (FREEZE, VERBOSE) %s;', oid::regclass) AS frees, age(relfrozenxid), pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class WHERE relkind IN ('r', 'm') ORDER BY 2 DESC LIMIT 10.",
    ],
    rationale: "AWS looks each minute at what grows over weeks.",
    source: AWS,
  } as const satisfies Signals[string];
}

/** What RDS itself reports of a database, through EventBridge. */
export function rdsEvents(of: {
  readonly detailType: readonly string[];
  /** First the database, then the instances of a cluster. */
  readonly identifiers: readonly string[];
  readonly categories: readonly string[];
  readonly kind: "db-instance" | "db-cluster";
  /** Who is there, and who writes, as a command. */
  readonly members: string;
}) {
  const [identifier] = of.identifiers;
  const events = `aws rds describe-events --source-type ${of.kind} --source-identifier ${identifier} --duration 360 --query 'Events[].[Date,Message]' --output text`;
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
    firstSteps: [
      `What happened in the last six hours? ${events}.`,
      `Is all there again, in the zones where it should be? ${of.members}.`,
      "It is, and no alarm is on: a failover or a restart that is over. The event says why; a failover that nobody asked for is worth a ticket to AWS.",
      "It is not: what is down has an alarm of its own, or the ways back below say how it is made again.",
    ],
    mitigate: [
      `Do clients fail since then? They keep the old address, or broken connections: restart them, one after the other.`,
      "Low storage: freeStorage has a page of its own, with the command that adds some.",
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html",
  } as const satisfies Signals[string];
}
