/** An attribute that items are found by. */
export interface KeyAttribute {
  readonly name: string;
  /** Text, number or bytes, in the words of DynamoDB. */
  readonly type: "S" | "N" | "B";
}

/** Another way to find items. */
export interface TableIndex {
  readonly partitionKey: KeyAttribute;
  /** @default - one item a partition key is enough to tell them apart */
  readonly sortKey?: KeyAttribute;
  /** What it holds beside its keys: all, nothing, or the named attributes. @default "ALL" */
  readonly projects?: "ALL" | "KEYS_ONLY" | readonly string[];
}

/** The least and the most capacity, in units a second. */
export interface CapacityRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The per cent of capacity that is used when the load is steady, where nobody says so: room for what comes before it
 * grows.
 */
export const TARGET_PERCENT = 70;

/** Capacity that is paid for by the hour, and follows the load. */
export interface ProvisionedCapacity {
  readonly reads: CapacityRange;
  readonly writes: CapacityRange;
  /** Per cent of the capacity that is used when the load is steady (20-90). @default 70 */
  readonly target?: number;
}

/** What can be asked of a table, in the words of DynamoDB. */
export const OPERATIONS = [
  "GetItem",
  "BatchGetItem",
  "TransactGetItems",
  "Query",
  "Scan",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
] as const;

/** One of them. */
export type Operation = (typeof OPERATIONS)[number];

/** What a `Table` can be told. */
export interface TableProps {
  /** It cannot change later: DynamoDB would have to replace the table. */
  readonly partitionKey: KeyAttribute;
  /** It cannot change later. @default - one item a partition key */
  readonly sortKey?: KeyAttribute;
  /** Global secondary indexes by name, at most ten. @default - none */
  readonly indexes?: Readonly<Record<string, TableIndex>>;
  /**
   * What is asked of it most, one to three: errors and latency are counted there.
   *
   * @default ["GetItem", "PutItem", "Query"]
   */
  readonly operations?: readonly Operation[];
  /** @default - on demand: paid by the request, and there at once */
  readonly provisioned?: ProvisionedCapacity;
  /**
   * The most an on-demand table may be asked, in units a second: a bound on cost and on a client gone wild.
   *
   * @default - no bound
   */
  readonly onDemandLimit?: { readonly reads: number; readonly writes: number };
  /**
   * Days of point-in-time recovery (1-35); in the regions of replicas there are 35.
   *
   * @default - the posture's `backupDays`
   */
  readonly backupDays?: number;
  /** How large it is expected to get, in GiB: what a restore takes follows from it. @default 100 */
  readonly sizeGib?: number;
  /** The attribute that says when an item may go, in seconds since 1970. @default - items stay */
  readonly ttlAttribute?: string;
  /** What a stream tells of each change. @default - no stream; `"NEW_AND_OLD_IMAGES"` where replicas need it */
  readonly stream?: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  /** Other regions that read and write the same table. @default - none */
  readonly replicas?: readonly string[];
  /**
   * Whether a write is in the other regions before it is answered. It is fixed with the first replica.
   *
   * @default "eventual"
   */
  readonly consistency?: "eventual" | "strong";
  /** The region that only keeps the log, for a strong table with one replica. @default - a second replica */
  readonly witness?: string;
  /** The ARN of a KMS key in the region of the stack. @default - a key of its own, as each replica has */
  readonly key?: string;
}
