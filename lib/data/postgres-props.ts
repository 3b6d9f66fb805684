import { Placement } from "../core/network";

/** What a `Postgres` can be told. */
export interface PostgresProps {
  /** Where it stands: the data subnets (else the private ones) of at least two zones. */
  readonly network: Placement;
  /** @default "db.m7g.large" */
  readonly instanceClass?: string;
  /** @default - by the instance class; required for a class that is not in the table */
  readonly memoryGib?: number;
  /** @default - by the instance class; required for a class that is not in the table */
  readonly vcpus?: number;
  /** Storage to start with, in GiB. @default 100 */
  readonly storageGib?: number;
  /** How far storage may grow by itself, in GiB. @default - four times `storageGib` */
  readonly maxStorageGib?: number;
  /**
   * The major version of PostgreSQL; minor versions are applied in the maintenance window. To move to another one, write
   * `database.instance.allowMajorVersionUpgrade = true` for that one apply.
   *
   * @default "17"
   */
  readonly engineVersion?: string;
  /** Days of point-in-time recovery (1-35). @default - the posture's `backupDays` */
  readonly backupDays?: number;
  /** When snapshots are taken, in UTC. @default "03:00-04:00" */
  readonly backupWindow?: string;
  /** When AWS may patch and restart, in UTC; not while snapshots are taken. @default "sun:04:30-sun:05:30" */
  readonly maintenanceWindow?: string;
  /** The name of the first user; RDS keeps its password in Secrets Manager. @default "dbadmin" */
  readonly username?: string;
  /** @default 5432 */
  readonly port?: number;
  /** Statements that take longer are logged, in milliseconds. @default 1000 */
  readonly slowQueryMs?: number;
  /** The ARN of a KMS key. @default - a key of its own */
  readonly key?: string;
  /**
   * The ARN of an SNS topic that RDS itself sends its events to.
   *
   * @default - no subscription: the signal `events` brings them through EventBridge
   */
  readonly eventTopic?: string;
}
