import { Procedures } from "../../core/procedure";

/** What keeps statements of MySQL fast, and what to look at when they are not. */
export const MYSQL_CARE = {
  lockContention: {
    title: "Find who holds the locks",
    why: "Statements hang though CPU and disk are idle: Performance Insights shows waits for locks. Usually it is one transaction that was left open.",
    steps: [
      {
        do: "Who waits for whom?",
        sql: "SELECT waiting_pid, blocking_pid, wait_age, left(waiting_query, 80), left(blocking_query, 80)\nFROM sys.innodb_lock_waits ORDER BY wait_age DESC LIMIT 10;",
      },
      {
        do: "Which transactions are open longest?",
        sql: "SELECT trx_mysql_thread_id AS id, trx_started, trx_rows_locked, left(trx_query, 80)\nFROM information_schema.innodb_trx ORDER BY trx_started LIMIT 10;",
      },
      {
        do: "End the one at the head of the queue. What it did is rolled back, which takes as long as it took. 4711 is its id.",
        sql: "CALL mysql.rds_kill_query(4711);\nCALL mysql.rds_kill(4711);",
      },
      { do: "Was it a deadlock? Each one is in the log of errors.", sql: "SHOW ENGINE INNODB STATUS;" },
    ],
    source: "https://dev.mysql.com/doc/refman/8.0/en/sys-innodb-lock-waits.html",
  },
  missingIndexes: {
    title: "Find indexes that are missing, and those that nobody needs",
    why: "CPU or reads grow faster than the load: something reads whole tables. An index makes reads faster and every write slower, so add what helps and drop what does not.",
    steps: [
      {
        do: "Which statements read whole tables, and take most of the time?",
        sql: "SELECT left(query, 80), exec_count, total_latency, rows_examined_avg\nFROM sys.statements_with_full_table_scans ORDER BY exec_count DESC LIMIT 10;",
      },
      {
        do: "What does the planner do with such a statement?",
        sql: "EXPLAIN ANALYZE SELECT * FROM orders WHERE status = 'open';",
      },
      {
        do: "Add the index without locking the table.",
        sql: "ALTER TABLE orders ADD INDEX orders_status (status), ALGORITHM = INPLACE, LOCK = NONE;",
      },
      {
        do: "Which indexes has nobody read since the last start? Hide one for a week before you drop it.",
        sql: "SELECT * FROM sys.schema_unused_indexes;\nALTER TABLE orders ALTER INDEX orders_old INVISIBLE;",
      },
    ],
    source: "https://dev.mysql.com/doc/refman/8.0/en/sys-statements-with-full-table-scans.html",
  },
} satisfies Procedures;
