import { Procedure, Procedures } from "../../core/procedure";

const STATS = "https://www.postgresql.org/docs/current/monitoring-stats.html";

const LOCKS: Procedure = {
  title: "Find who holds the locks",
  why: "Statements hang though CPU and disk are idle: Performance Insights shows waits of the kind `Lock`, the log says `still waiting`. Usually it is one transaction that was left open.",
  steps: [
    {
      do: "Who waits for whom?",
      sql: [
        "SELECT waiting.pid AS waits, blocking.pid AS blocks, now() - blocking.xact_start AS since,",
        "       left(waiting.query, 80) AS waiting_query, left(blocking.query, 80) AS blocking_query",
        "FROM pg_stat_activity AS waiting",
        "CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocker(pid)",
        "JOIN pg_stat_activity AS blocking ON blocking.pid = blocker.pid",
        "ORDER BY since DESC;",
      ].join("\n"),
    },
    {
      do: "Which transactions are open and do nothing?",
      sql: "SELECT pid, usename, client_addr, now() - state_change AS idle, left(query, 80) AS last\nFROM pg_stat_activity WHERE state = 'idle in transaction' ORDER BY idle DESC LIMIT 10;",
    },
    {
      do: "Ask the one at the head of the queue to stop; if it does not, end its session. What it did is rolled back. 4711 is its pid.",
      sql: "SELECT pg_cancel_backend(4711);\nSELECT pg_terminate_backend(4711);",
    },
    {
      do: "Keep it from coming back: no transaction stays open without a word, and no change of the schema waits long. `orders` is the user of the service.",
      sql: "ALTER ROLE orders SET idle_in_transaction_session_timeout = '60s';\nALTER ROLE orders SET lock_timeout = '10s';",
    },
  ],
  source: "https://www.postgresql.org/docs/current/functions-info.html",
};

const INDEXES: Procedure = {
  title: "Find indexes that are missing, and those that nobody needs",
  why: "CPU or reads grow faster than the load: something reads whole tables. An index makes reads faster and every write slower, so add what helps and drop what does not.",
  steps: [
    {
      do: "Which statements take most of the time?",
      sql: "CREATE EXTENSION IF NOT EXISTS pg_stat_statements;\nSELECT left(query, 80) AS query, calls, round(mean_exec_time::numeric, 1) AS ms, round(total_exec_time::numeric / 1000) AS s\nFROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;",
    },
    {
      do: "Which tables are read from one end to the other?",
      sql: "SELECT relname, seq_scan, seq_tup_read / greatest(seq_scan, 1) AS rows_a_scan, idx_scan, n_live_tup\nFROM pg_stat_user_tables WHERE seq_scan > 100 ORDER BY seq_tup_read DESC LIMIT 20;",
    },
    {
      do: "What does the planner do with such a statement? Look for Seq Scan, and for rows removed by a filter.",
      sql: "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM orders WHERE status = 'open';",
    },
    {
      do: "Add the index without locking the table.",
      sql: "CREATE INDEX CONCURRENTLY orders_status ON orders (status);",
    },
    {
      do: "Which indexes has nobody read since the counters began? Readers have counters of their own. Keep those that make values unique.",
      sql: "SELECT indexrelid::regclass AS index, pg_size_pretty(pg_relation_size(indexrelid)) AS size\nFROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)\nWHERE idx_scan = 0 AND NOT indisunique ORDER BY pg_relation_size(indexrelid) DESC LIMIT 10;",
    },
  ],
  source: STATS,
};

const BLOAT: Procedure = {
  title: "Find and free what is dead",
  why: "The disk grows while the data does not, or queries get slower week by week: dead rows are not cleaned up. Either autovacuum does not keep up, or something old holds them back.",
  steps: [
    {
      do: "Which tables have most dead rows, and when were they last cleaned?",
      sql: "SELECT relname, n_live_tup, n_dead_tup, round(100.0 * n_dead_tup / greatest(n_live_tup + n_dead_tup, 1)) AS percent, last_autovacuum\nFROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 20;",
    },
    {
      do: "What holds them back? An old transaction, a slot that nobody reads, a prepared transaction.",
      sql: [
        "SELECT pid, now() - xact_start AS open, left(query, 80) FROM pg_stat_activity WHERE backend_xmin IS NOT NULL ORDER BY age(backend_xmin) DESC LIMIT 5;",
        "SELECT slot_name, active, age(xmin) AS age, age(catalog_xmin) AS catalog_age FROM pg_replication_slots;",
        "SELECT gid, prepared FROM pg_prepared_xacts;",
      ].join("\n"),
    },
    { do: "Clean one table now. It locks nobody out.", sql: "VACUUM (VERBOSE, ANALYZE) orders;" },
    {
      do: "Let autovacuum come sooner to a large table that changes much.",
      sql: "ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);",
    },
    {
      do: "Give the space of an index back while it is in use. For a table, pg_repack does the same; VACUUM FULL locks everybody out.",
      sql: "REINDEX INDEX CONCURRENTLY orders_status;",
    },
  ],
  source: STATS,
};

/** What keeps statements of PostgreSQL fast, and what to look at when they are not. */
export const POSTGRES_CARE = {
  lockContention: LOCKS,
  missingIndexes: INDEXES,
  bloat: BLOAT,
} satisfies Procedures;
