import { RdsProps } from "../rds/rds-props";

/** What the disks of a Multi-AZ DB cluster are made of. */
export type ClusterStorage = "gp3" | "io1" | "io2";

/** What a `PostgresCluster` can be told. */
export interface PostgresClusterProps extends RdsProps {
  /** Of all three instances: a class with a local disk, such as db.m6gd or db.r6gd. @default "db.m6gd.large" */
  readonly instanceClass?: string;
  /** @default - by the instance class; required for a class that is not in the table */
  readonly vcpus?: number;
  /** Another one **replaces** the cluster. @default "gp3" */
  readonly storageType?: ClusterStorage;
  /**
   * Storage of each instance, in GiB. RDS grows that of no cluster by itself: raise it before it is full, in place.
   *
   * @default - the least that the storage takes: 400 for gp3, 100 for io1 and io2
   */
  readonly storageGib?: number;
  /** Disk operations a second of each instance; up to 50 a GiB. @default - the least that the storage takes */
  readonly iops?: number;
  /**
   * The major version of PostgreSQL; minor versions are applied in the maintenance window, one instance after the other.
   * To move to another one, see the procedure `majorUpgrade`.
   *
   * @default "17"
   */
  readonly engineVersion?: string;
  /** Whether others can follow what is written, by replication slots. It takes a restart. @default false */
  readonly logicalReplication?: boolean;
}
