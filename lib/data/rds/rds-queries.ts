import { Queries } from "../../core/query";
import { Engine } from "./rds-settings";

const piped = (...commands: readonly string[]) => commands.join(" | ");

/** What is worth asking the log of PostgreSQL. */
function postgresQueries(log: string) {
  const logGroups = [log];
  return {
    slowStatements: {
      asks: "which statements took longest",
      query: piped(
        "fields @timestamp",
        "filter @message like /duration: /",
        `parse @message "duration: * ms  *: *" as ms, kind, statement`,
        "display @timestamp, ms, statement",
        "sort ms desc",
        "limit 20",
      ),
      logGroups,
    },
    lockWaits: {
      asks: "which statements waited for locks, or ended in a deadlock",
      query: piped(
        "fields @timestamp, @message",
        "filter @message like /still waiting for|deadlock detected/",
        "sort @timestamp desc",
        "limit 50",
      ),
      logGroups,
    },
    errors: {
      asks: "which errors, how often",
      query: piped(
        "filter @message like /(ERROR|FATAL|PANIC):/",
        String.raw`parse @message /(?<level>ERROR|FATAL|PANIC):\s+(?<error>.*)/`,
        "stats count(*) as times by level, error",
        "sort times desc",
        "limit 20",
      ),
      logGroups,
    },
  } satisfies Queries;
}

/** What is worth asking the logs of MySQL. */
function mysqlQueries(slow: string, errors: string) {
  return {
    slowStatements: {
      asks: "which statements took longest, and read most",
      query: piped(
        `parse @message "Query_time: *  Lock_time: * Rows_sent: *  Rows_examined: *" as seconds, locked, sent, examined`,
        "display @timestamp, seconds, locked, examined, @message",
        "sort seconds desc",
        "limit 20",
      ),
      logGroups: [slow],
    },
    lockWaits: {
      asks: "which transactions ended in a deadlock",
      query: piped(
        "fields @timestamp, @message",
        "filter @message like /deadlock/",
        "sort @timestamp desc",
        "limit 50",
      ),
      logGroups: [errors],
    },
    errors: {
      asks: "which errors, how often",
      query: piped(
        String.raw`filter @message like /\[ERROR\]/`,
        String.raw`parse @message /\[ERROR\]\s+(?<error>.*)/`,
        "stats count(*) as times by error",
        "sort times desc",
        "limit 20",
      ),
      logGroups: [errors],
    },
  } satisfies Queries;
}

/** What is worth asking the logs of a database; `prefix` is what the names of their groups begin with. */
export function rdsQueries(engine: Engine, prefix: string) {
  const log = (name: string) => `/aws/rds/${prefix}/${name}`;
  return engine === "postgresql" ? postgresQueries(log("postgresql")) : mysqlQueries(log("slowquery"), log("error"));
}
