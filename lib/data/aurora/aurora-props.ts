import { Duration } from "../../core/duration";
import { Placement } from "../../core/network";
import { GivenPassword, RdsProps } from "../rds/rds-props";
import { Engine } from "../rds/rds-settings";

/** Instances that grow and shrink by themselves, in Aurora capacity units of about 2 GiB of memory. */
export interface ServerlessCapacity {
  /**
   * 0.5 to 256, in steps of a half. A cluster that pauses is not offered: it answers late, and looks as if it were
   * down.
   */
  readonly minCapacity: number;
  /** 1 to 256, in steps of a half. */
  readonly maxCapacity: number;
}

/** Readers that come with the load and go with it, beside those that are always there. */
export interface ReaderScaling {
  /** The most readers, those that are always there among them. */
  readonly max: number;
  /** Per cent of the readers' CPU that is used when the load is steady (20-90). @default 60 */
  readonly targetCpu?: number;
}

/** A second region that has the data a second later. */
export interface GlobalRegion {
  readonly region: string;
  /** Where it stands there. */
  readonly network: Placement;
  /**
   * Instances that wait there. None is cheaper, and the first one is made after the loss, where it takes ten minutes.
   *
   * @default 1
   */
  readonly instances?: number;
}

/** What an `Aurora` can be told. */
export interface AuroraProps extends RdsProps, GivenPassword {
  readonly engine: Engine;
  /**
   * The major version; minor versions are applied in the maintenance window. To move to another one, see the procedure
   * `majorUpgrade`.
   *
   * @default - "17" for PostgreSQL, "8.0" for MySQL
   */
  readonly engineVersion?: string;
  /** @default "db.r7g.large" */
  readonly instanceClass?: string;
  /** In place of an instance class. @default - instances of one class */
  readonly serverless?: ServerlessCapacity;
  /**
   * Instances beside the writer, in other zones as long as there are others (0-15).
   *
   * @default - 1 where the posture keeps a standby, else 0
   */
  readonly readers?: number;
  /** @default - the number of readers is fixed */
  readonly readerScaling?: ReaderScaling;
  /**
   * How far the cluster can be wound back in place, in minutes instead of the hours of a restore; MySQL in one region only,
   * up to 3 days. Aurora turns it on when the cluster is made, and never later.
   *
   * @default - "1 day" for MySQL in one region without logicalReplication, else "never"
   */
  readonly backtrack?: Duration | "never";
  /**
   * Whether others can follow what is written, and blue/green deployments be made: replication slots of PostgreSQL, the
   * binary log of MySQL, which cannot be wound back then. It takes a restart.
   *
   * @default false
   */
  readonly logicalReplication?: boolean;
  /** `"aurora-iopt1"` costs more for what is stored, and nothing for IO. @default "aurora" */
  readonly storageType?: "aurora" | "aurora-iopt1";
  /** How much it holds, for how long a restore takes. Aurora grows by itself. @default 100 */
  readonly sizeGib?: number;
  /**
   * Aurora Global Database. How far the second region is behind is measured there: the `Alarms` that watch it need topics
   * of that region (`elsewhere`).
   *
   * @default - one region
   */
  readonly globalWith?: GlobalRegion;
}
