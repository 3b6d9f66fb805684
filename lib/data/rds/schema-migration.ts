import { Procedure, ProcedureStep } from "../../core/procedure";
import { Engine } from "./rds-settings";

/** How each engine adds, fills and drops without stopping those who use the table. */
const STATEMENTS: Readonly<Record<Engine, Readonly<Record<"add" | "index" | "fill" | "enforce" | "drop", string>>>> = {
  postgresql: {
    add: "SET lock_timeout = '2s';\nALTER TABLE orders ADD COLUMN status text;",
    index:
      "CREATE INDEX CONCURRENTLY orders_status ON orders (status);\nSELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid;",
    fill: "UPDATE orders SET status = 'open'\nWHERE id IN (SELECT id FROM orders WHERE status IS NULL LIMIT 5000);",
    enforce:
      "ALTER TABLE orders ADD CONSTRAINT orders_status_set CHECK (status IS NOT NULL) NOT VALID;\nALTER TABLE orders VALIDATE CONSTRAINT orders_status_set;",
    drop: "SET lock_timeout = '2s';\nALTER TABLE orders DROP COLUMN state;",
  },
  mysql: {
    add: "SET lock_wait_timeout = 2;\nALTER TABLE orders ADD COLUMN status varchar(20), ALGORITHM = INSTANT;",
    index: "ALTER TABLE orders ADD INDEX orders_status (status), ALGORITHM = INPLACE, LOCK = NONE;",
    fill: "UPDATE orders SET status = 'open' WHERE status IS NULL ORDER BY id LIMIT 5000;",
    enforce: "ALTER TABLE orders MODIFY status varchar(20) NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;",
    drop: "SET lock_wait_timeout = 2;\nALTER TABLE orders DROP COLUMN state, ALGORITHM = INSTANT;",
  },
};

/** Expand and contract: at no time is there a version of the service that the schema does not fit. */
export function schemaMigration(engine: Engine, snapshot: string): Procedure {
  const { add, index, fill, enforce, drop } = STATEMENTS[engine];
  const steps: ProcedureStep[] = [
    {
      do: "Expand: only add. The version of the service that runs now must not notice. Give up soon where the table is locked: behind a waiting ALTER, everything else waits, too.",
      sql: add,
    },
    {
      do: "Add indexes without locking the table. One that was given up in the middle is not valid: drop it.",
      sql: index,
    },
    {
      do: "Deploy a version that writes both and reads the old one. From here on, the way back is the version before.",
    },
    {
      do: "Fill what was there before, a few thousand rows at a time, until nothing is left. Stop where write latency or the lag of readers rises.",
      sql: fill,
    },
    { do: "Now that all is filled, enforce what must hold.", sql: enforce },
    {
      do: "Deploy a version that reads the new one, and compare both for as long as people would notice an error. Then deploy one that does not know the old one.",
    },
    { do: "Take a snapshot: what comes now has no other way back.", sh: snapshot },
    { do: "Contract: drop the old one.", sql: drop },
  ];
  return {
    title: "Change the schema while the service runs",
    why: "Expand, then contract. During a deployment two versions of the service run side by side, and after a rollback the older one alone: the schema must fit both. So nothing is renamed and nothing is dropped that anybody still reads. `orders` and its columns stand for yours.",
    steps,
  };
}
