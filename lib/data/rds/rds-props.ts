import { Placement } from "../../core/network";

/** What every database on RDS can be told. */
export interface RdsProps {
  /** Where it stands: the data subnets (else the private ones) of at least two zones. */
  readonly network: Placement;
  /** GiB of memory. @default - by the instance class; required for a class that is not in the table */
  readonly memoryGib?: number;
  /** Days of point-in-time recovery (1-35). @default - the posture's `backupDays` */
  readonly backupDays?: number;
  /** When snapshots are taken, in UTC. @default "03:00-04:00" */
  readonly backupWindow?: string;
  /** When AWS may patch and restart, in UTC; not while snapshots are taken. @default "sun:04:30-sun:05:30" */
  readonly maintenanceWindow?: string;
  /** The name of the first user; RDS keeps its password in Secrets Manager. @default "dbadmin" */
  readonly username?: string;
  /** @default - the engine's own: 5432 for PostgreSQL, 3306 for MySQL */
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

/** The password of the first user, where another region follows: there AWS does not manage it. */
export interface GivenPassword {
  /**
   * The password of the first user, as a reference: a sensitive variable, a value read from a secret. Only where another
   * region follows. It is written and never kept in the state: to change it, raise `passwordVersion`.
   *
   * @default - RDS makes it up, keeps it in Secrets Manager and rotates it
   */
  readonly password?: string;
  /** @default 1 */
  readonly passwordVersion?: number;
}

/** The same, with nothing left to a default. */
export interface RdsSettings {
  readonly backupDays: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  readonly username: string;
  readonly port: number;
  readonly slowQueryMs: number;
}
