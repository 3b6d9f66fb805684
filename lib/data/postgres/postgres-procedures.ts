import { Procedures } from "../../core/procedure";
import { POSTGRES_CARE } from "./postgres-care";
import { RestorablePostgres } from "./postgres-recovery";
import { blueGreenUpgrade, logicalReplicationUpgrade, majorUpgrade } from "./postgres-upgrade";
import { schemaMigration } from "../rds/schema-migration";

/** What people do with an instance now and then. */
export function postgresProcedures(of: RestorablePostgres) {
  const { identifier, region } = of;
  const snapshot = `aws rds create-db-snapshot --region ${region} --db-instance-identifier ${identifier} --db-snapshot-identifier ${identifier}-before-contract`;
  return {
    schemaMigration: schemaMigration("postgresql", snapshot),
    majorUpgrade: majorUpgrade(of),
    // AWS makes none of an instance that another region follows.
    ...(!of.replica && { blueGreenUpgrade: blueGreenUpgrade(of) }),
    logicalReplicationUpgrade: logicalReplicationUpgrade(of),
    ...POSTGRES_CARE,
  } satisfies Procedures;
}
