import { RdsProps } from "./rds-props";

/** What a `Postgres` can be told. */
export interface PostgresProps extends RdsProps {
  /** @default "db.m7g.large" */
  readonly instanceClass?: string;
  /** @default - by the instance class; required for a class that is not in the table */
  readonly vcpus?: number;
  /** Storage to start with, in GiB. @default 100 */
  readonly storageGib?: number;
  /** How far storage may grow by itself, in GiB. @default - four times `storageGib` */
  readonly maxStorageGib?: number;
  /**
   * The major version of PostgreSQL; minor versions are applied in the maintenance window. To move to another one, see
   * the procedure `majorUpgrade`.
   *
   * @default "17"
   */
  readonly engineVersion?: string;
  /**
   * Whether others can follow what is written: replication slots, blue/green deployments. It takes a restart.
   *
   * @default false
   */
  readonly logicalReplication?: boolean;
  /**
   * A region that automated backups are replicated to, under a key of its own there: from them the database comes back
   * when its region is lost. Kept there for `backupDays`, too.
   *
   * @default - they stay in the region of the stack
   */
  readonly replicateBackupsTo?: string;
}
