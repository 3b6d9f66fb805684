import { Placement } from "../../core/network";
import { GivenPassword, RdsProps } from "../rds/rds-props";

/** Another region that follows, some seconds to minutes behind. */
export interface ReplicaRegion {
  readonly region: string;
  /** Where the replica stands there. */
  readonly network: Placement;
}

/** What a `Postgres` can be told. */
export interface PostgresProps extends RdsProps, GivenPassword {
  /** @default "db.m7g.large" */
  readonly instanceClass?: string;
  /** @default - by the instance class; required for a class that is not in the table */
  readonly vcpus?: number;
  /** Storage to start with, in GiB. @default 100 */
  readonly storageGib?: number;
  /** How far storage may grow by itself, in GiB. @default - four times `storageGib`, 65536 at most */
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
  /**
   * A read replica in another region, which is promoted when the region is lost: sooner back than by a restore, for the
   * price of a second database. AWS refuses one while it manages the password, so it takes a `password`. How far it is
   * behind is measured there: the `Alarms` that watch it need topics of that region (`elsewhere`).
   *
   * @default - one region
   */
  readonly replicateTo?: ReplicaRegion;
}
