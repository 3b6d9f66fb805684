import { largerClass } from "./instance-classes";
import { Engine } from "./rds-settings";

/** A question to a database, as each engine takes it. */
type Question = Readonly<Record<Engine, string>>;

/** Who is connected. */
export const CONNECTED: Question = {
  postgresql: "SELECT state, usename, client_addr, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC.",
  mysql:
    "SELECT command, user, substring_index(host, ':', 1) AS client, count(*) FROM information_schema.processlist GROUP BY 1, 2, 3 ORDER BY 4 DESC.",
};

/** What runs now, the longest first, and the command that stops it. */
export const RUNNING: Question = {
  postgresql:
    "SELECT format('SELECT pg_cancel_backend(%s);', pid) AS stops, now() - query_start AS runs, wait_event_type AS waits, left(query, 80) AS statement FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY query_start LIMIT 10.",
  mysql:
    "SELECT concat('CALL mysql.rds_kill_query(', id, ');') AS stops, time AS seconds, state AS waits, left(info, 80) AS statement FROM information_schema.processlist WHERE command IN ('Query', 'Execute') AND user <> 'rdsadmin' AND id <> connection_id() ORDER BY time DESC LIMIT 10.",
};

/** Transactions that are open, the oldest first, and the command that ends each. */
export const OPEN: Question = {
  postgresql:
    "SELECT format('SELECT pg_terminate_backend(%s);', pid) AS ends, usename, state, now() - xact_start AS open, left(query, 80) AS last FROM pg_stat_activity WHERE xact_start IS NOT NULL AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 10.",
  mysql:
    "SELECT concat('CALL mysql.rds_kill(', trx_mysql_thread_id, ');') AS ends, trx_started, trx_rows_modified, left(trx_query, 80) AS statement FROM information_schema.innodb_trx ORDER BY trx_started LIMIT 10.",
};

/** Connections that nobody has used for ten minutes: ended at once, or the commands that end them. */
const IDLE: Question = {
  postgresql:
    "SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity WHERE state = 'idle' AND state_change < now() - interval '10 minutes' AND backend_type = 'client backend' AND usename <> 'rdsadmin'.",
  mysql:
    "SELECT concat('CALL mysql.rds_kill(', id, ');') AS ends, user, host, time AS seconds FROM information_schema.processlist WHERE command = 'Sleep' AND time > 600 AND user <> 'rdsadmin' ORDER BY time DESC.",
};

/** What active sessions wait for. */
export const WAITS: Question = {
  postgresql:
    "SELECT coalesce(wait_event_type, 'CPU') AS waits_for, wait_event, count(*) FROM pg_stat_activity WHERE state = 'active' GROUP BY 1, 2 ORDER BY 3 DESC.",
  mysql:
    "SELECT state AS waits_for, count(*) FROM information_schema.processlist WHERE command <> 'Sleep' GROUP BY state ORDER BY 2 DESC.",
};

/** What is read from one end to the other. */
export const SCANS: Question = {
  postgresql:
    "SELECT relname, seq_scan, seq_tup_read, n_live_tup FROM pg_stat_user_tables ORDER BY seq_tup_read DESC LIMIT 10.",
  mysql: "SELECT * FROM sys.schema_tables_with_full_table_scans LIMIT 10.",
};

/** How often deadlocks end in an error. */
export const DEADLOCKS: Question = {
  postgresql: "SELECT datname, deadlocks, stats_reset FROM pg_stat_database WHERE deadlocks > 0 ORDER BY 2 DESC.",
  mysql: "SELECT name, count FROM information_schema.innodb_metrics WHERE name = 'lock_deadlocks'.",
};

/** What did not fit into memory. */
export const SPILLS: Question = {
  postgresql:
    "SELECT datname, temp_files, pg_size_pretty(temp_bytes) AS size FROM pg_stat_database ORDER BY temp_bytes DESC LIMIT 5.",
  mysql:
    "SELECT left(query, 80) AS statement, exec_count, disk_tmp_tables FROM sys.statements_with_temp_tables ORDER BY disk_tmp_tables DESC LIMIT 10.",
};

/** How far each reader of an Aurora cluster is behind. */
export const LAGGING: Question = {
  postgresql:
    "SELECT server_id, replica_lag_in_msec, cpu FROM aurora_replica_status() ORDER BY replica_lag_in_msec DESC NULLS LAST.",
  mysql:
    "SELECT server_id, replica_lag_in_milliseconds, cpu FROM information_schema.replica_host_status ORDER BY 2 DESC.",
};

/** What takes most room. */
export const LARGEST: Question = {
  postgresql:
    "SELECT oid::regclass AS of, pg_size_pretty(pg_total_relation_size(oid)) AS size FROM pg_class WHERE relkind IN ('r', 'm') ORDER BY pg_total_relation_size(oid) DESC LIMIT 10.",
  mysql:
    "SELECT table_schema, table_name, round((data_length + index_length) / 1073741824) AS gib FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY 3 DESC LIMIT 10.",
};

/** What is rolled back by it is lost to its client alone. */
export const STOP =
  "Stop the statement that the service misses least: its row in the list of what runs, above, begins with the command. It is rolled back, and its client gets an error.";

/** What is ended by it does nothing, but may be in the middle of something. */
export function endOpen(engine: Engine): string {
  return `End a transaction that was left open: the command stands in its row. What it did is rolled back: ${OPEN[engine]}`;
}

/** The safest way to have connections and memory back. */
export function endIdle(engine: Engine): string {
  const how = engine === "postgresql" ? "" : " The command stands in each row.";
  return `End connections that have done nothing for ten minutes; a pool opens others, and nothing is lost.${how} These: ${IDLE[engine]}`;
}

/** Replication slots, what each keeps, and the command that drops one that nobody reads. */
export const SLOTS =
  "SELECT CASE WHEN NOT active THEN format('SELECT pg_drop_replication_slot(%L);', slot_name) END AS drops, slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS keeps FROM pg_replication_slots ORDER BY restart_lsn.";

/** Slots go for good; why one does is said first. */
export function dropSlot(why: string): string {
  return `${why} The command stands in its row: ${SLOTS}`;
}

/** An instance, or a Multi-AZ DB cluster, in a larger class, as a step. */
export function takeLarger(kind: "instance" | "cluster", identifier: string, instanceClass: string): string {
  const next = largerClass(instanceClass, "m7g");
  const away = kind === "cluster" ? "half a minute, a failover" : "two minutes, or ten where there is no standby";
  if (next === undefined) {
    return `It is the load: a class larger than ${instanceClass}, as instanceClass in the code. The database is away for ${away}.`;
  }
  const option = kind === "cluster" ? "--db-cluster-instance-class" : "--db-instance-class";
  return `It is the load: take a larger class. The database is away for ${away}, and costs about twice as much a month; write it as instanceClass in the code afterwards, or the next apply takes it back: \`aws rds modify-db-${kind} --db-${kind}-identifier ${identifier} ${option} ${next} --apply-immediately\`.`;
}

/** More operations for the disk of an instance, as a step. */
export function fasterDisk(identifier: string): string {
  const of = `--db-instance-identifier ${identifier}`;
  const has = `aws rds describe-db-instances ${of} --query 'DBInstances[0].Iops' --output text`;
  return `It has 400 GiB or more (RDS refuses this below), and is asked for as many operations as it has: give it half as many again. They cost by the month, and for six hours nothing of the disk can be changed; Terraform leaves it so: \`IOPS=$(${has})\`, \`aws rds modify-db-instance ${of} --iops $((IOPS * 3 / 2)) --apply-immediately\`.`;
}

/** The instances of a cluster, and which of them writes, as a command. */
export function membersOf(cluster: string): string {
  return `aws rds describe-db-clusters --db-cluster-identifier ${cluster} --query 'DBClusters[0].[Status,DBClusterMembers[].[DBInstanceIdentifier,IsClusterWriter]]' --output text`;
}

/** What happened to a cluster in the last six hours, as a command. */
export function eventsOf(cluster: string): string {
  return `aws rds describe-events --source-type db-cluster --source-identifier ${cluster} --duration 360 --query 'Events[].[Date,Message]' --output text`;
}
