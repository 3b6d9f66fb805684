import { Placement } from "../../core/network";

/** An engine of ElastiCache that this library knows. */
export type CacheEngine = "valkey" | "redis";

/** Whether what it holds can be read again from somewhere else, or is nowhere else. */
export type Holding = "copies" | "data";

/** What goes when the memory is full, in the words of the engine. */
export const MAXMEMORY_POLICIES = [
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
  "noeviction",
] as const;

/** One of them. */
export type MaxmemoryPolicy = (typeof MAXMEMORY_POLICIES)[number];

/** What every cache can be told. */
export interface AnyCacheProps {
  /** Where it stands: the data subnets (else the private ones) of at least two zones. */
  readonly network: Placement;
  /** An engine cannot change back from Valkey to Redis OSS. @default "valkey" */
  readonly engine?: CacheEngine;
  /**
   * `"copies"` of what is kept elsewhere: full memory is no fault, the oldest goes. `"data"` that is nowhere else, such as
   * sessions: nothing goes, and writes are refused when the memory is full.
   *
   * @default "copies"
   */
  readonly holds?: Holding;
  /**
   * Who may sign in, by name, and what each may do, as an access string of the engine. Each signs in by IAM: there is no
   * password.
   *
   * @default - `app`, which may do all but administer, and knows no channels
   */
  readonly users?: Readonly<Record<string, string>>;
  /** Days that daily snapshots are kept (1-35). @default - the posture's `backupDays` */
  readonly backupDays?: number;
  /** The ARN of a KMS key. @default - a key of its own */
  readonly key?: string;
}

/** A second region that follows the first: ElastiCache Global Datastore. */
export interface GlobalCache {
  readonly region: string;
  /** Where the follower stands, in that region. */
  readonly network: Placement;
  /** Replicas of each shard there (0-5). @default - as many as in the first region */
  readonly replicas?: number;
}

/** What a `Cache` can be told. */
export interface CacheProps extends AnyCacheProps {
  /**
   * The version it is made with; ElastiCache moves on to newer minor ones by itself. To move to another major one, see the
   * procedure `majorUpgrade`.
   *
   * @default - "8.1" for Valkey, "7.1" for Redis OSS
   */
  readonly engineVersion?: string;
  /** @default "cache.r7g.large" */
  readonly nodeType?: string;
  /** GiB of memory of a node. @default - by the node type; required for a type that is not in the table */
  readonly memoryGib?: number;
  /** @default - by the node type; required for a type that is not in the table */
  readonly vcpus?: number;
  /**
   * Parts that the keys are spread over (1-500): cluster mode, which clients must speak.
   *
   * @default - one, without cluster mode
   */
  readonly shards?: number;
  /** Replicas of each shard (0-5). @default - where the posture keeps a standby one in each other zone, else 0 */
  readonly replicas?: number;
  /** @default - "allkeys-lru" for copies, "noeviction" for data */
  readonly maxmemoryPolicy?: MaxmemoryPolicy;
  /** Commands that take longer are logged, in milliseconds. @default 10 */
  readonly slowCommandMs?: number;
  /** When snapshots are taken, in UTC, for an hour at least. @default "03:00-04:00" */
  readonly backupWindow?: string;
  /** When AWS may patch and fail over, in UTC; not while snapshots are taken. @default "sun:04:30-sun:05:30" */
  readonly maintenanceWindow?: string;
  /** How much it holds, in GiB: what a restore takes follows from it. @default - all that fits into its memory */
  readonly sizeGib?: number;
  /** @default - one region */
  readonly globalWith?: GlobalCache;
}

/** What a `ServerlessCache` can be told. */
export interface ServerlessCacheProps extends AnyCacheProps {
  /** The most that it may hold, in GB (1-5000): a bound on cost, from which on the oldest goes. */
  readonly maxGb: number;
  /** The most that it may be asked, in ElastiCache processing units a second (1000-15000000). */
  readonly maxEcpuPerSecond: number;
  /** @default - "8" for Valkey, "7" for Redis OSS */
  readonly majorEngineVersion?: string;
  /** When snapshots are taken, in UTC. @default "03:00" */
  readonly dailySnapshotTime?: string;
  /** A read that takes longer is worth a ticket, in milliseconds. @default 10 */
  readonly slowReadMs?: number;
}
