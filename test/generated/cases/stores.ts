import {
  Bucket,
  KeyAttribute,
  BucketProps,
  ObjectLock,
  Queue,
  QueueProps,
  Table,
  TableProps,
  Topic,
  TopicProps,
} from "../../../lib/data";
import { OPERATIONS, TableIndex } from "../../../lib/data/table/table-props";
import { StateBucket, StateBucketProps } from "../../../lib/state";
import fc from "../../property";
import { generated } from "../case";
import {
  atLeast,
  both,
  bucketName,
  key,
  mostly,
  named,
  one,
  otherRegion,
  props,
  some,
  text,
  time,
  whole,
} from "../values";

/** Wherever a name stands, it is of the same type. */
const attribute = mostly(
  fc.constantFrom<KeyAttribute>(
    { name: "orderId", type: "S" },
    { name: "at", type: "N" },
    { name: "x".repeat(255), type: "B" },
  ),
  [
    { name: "orderId", type: "N" },
    { name: "", type: "S" },
    { name: "x".repeat(256), type: "S" },
  ],
);

const index = props<Pick<TableIndex, "partitionKey">, Omit<TableIndex, "partitionKey">>(
  { partitionKey: attribute },
  {
    sortKey: attribute,
    projects: fc.oneof(one("ALL", "KEYS_ONLY"), some(mostly(text("total", "customer"), ["orderId"]))),
  },
);

const range = fc.record({ min: whole(1, 100), max: whole(100, 40_000) });

const keys = props<Pick<TableProps, "partitionKey">, Pick<TableProps, "sortKey">>(
  { partitionKey: fc.constant({ name: "orderId", type: "S" }) },
  { sortKey: mostly(fc.constant({ name: "at", type: "N" } as const), [{ name: "orderId", type: "S" }]) },
);

const expiry = props<object, Pick<TableProps, "ttlAttribute">>(
  {},
  { ttlAttribute: mostly(text("expires", "x".repeat(254)), ["orderId"]) },
);

const tableCapacity = fc.oneof(
  fc.record({ onDemandLimit: fc.record({ reads: atLeast(1), writes: atLeast(1) }) }),
  fc.record({
    provisioned: props<
      { reads: { min: number; max: number }; writes: { min: number; max: number } },
      { target: number }
    >({ reads: range, writes: range }, { target: whole(20, 90) }),
  }),
  fc.constant({}),
);

/** Where else it stands: what only one region can have goes with one region. */
const elsewhere = mostly<Partial<TableProps>>(
  fc.constantFrom<Partial<TableProps>>(
    { replicas: ["eu-central-1"] },
    { replicas: ["eu-central-1", "us-east-1"], consistency: "eventual" },
    { replicas: ["eu-central-1", "eu-west-2"], consistency: "strong" },
    { replicas: ["eu-central-1"], consistency: "strong", witness: "eu-west-2" },
  ),
  [
    { replicas: ["eu-west-1"] },
    { replicas: ["eu-central-1", "eu-central-1"] },
    { consistency: "strong" },
    { witness: "eu-west-2" },
    { replicas: [""] },
    { replicas: ["eu-central-1"], provisioned: { reads: { min: 1, max: 2 }, writes: { min: 1, max: 2 } } },
  ],
);

const tableRest = props<object, Omit<TableProps, "partitionKey">>(
  {},
  {
    indexes: named(mostly(fc.constantFrom("by-customer", "by_day", "abc"), ["ab", "a b"]), index),
    operations: some(one(...OPERATIONS)),
    backupDays: whole(1, 35),
    sizeGib: atLeast(1),
    stream: one("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
  },
);

const table = both(
  both(keys, tableRest),
  fc.oneof<fc.Arbitrary<Partial<TableProps>>[]>(both(tableCapacity, expiry), elsewhere),
);

const bucket = props<object, BucketProps>(
  {},
  {
    name: bucketName,
    key,
    versionDays: atLeast(1),
    expireDays: atLeast(100),
    transitions: mostly(
      fc.constantFrom<BucketProps["transitions"]>(
        { STANDARD_IA: 30, GLACIER_IR: 90 },
        { INTELLIGENT_TIERING: 0 },
        { GLACIER_IR: 1 },
      ),
      [{ STANDARD_IA: 29 }, { GLACIER_IR: 1e300 }, { GLACIER_IR: NaN }, { GLACIER: 90 }, {}],
    ),
    sizeGib: atLeast(1),
    accessLogs: bucketName,
    replicateTo: otherRegion,
    lock: mostly(
      fc.constantFrom(
        ObjectLock.governance({ days: 1 }),
        ObjectLock.governance({ days: 100 }),
        ObjectLock.compliance({ days: 30, iUnderstandThisIsIrreversible: true }),
      ),
      [ObjectLock.governance({ days: 0 }), ObjectLock.compliance({ days: 1 } as never)],
    ),
    events: fc.boolean(),
    mayErase: some(mostly(text("arn:aws:iam::111122223333:role/eraser"), ["arn:aws:iam::111122223333:user/eraser"])),
  },
);

const queueTimes = {
  consumerTimeout: time("30 seconds", "1 second", "1 minute"),
  visibilityTimeout: time("6 minutes", "12 hours"),
  maxAge: time("15 minutes", "1 minute", "2 days"),
  retention: mostly(fc.constantFrom("4 days", "10 days"), ["1 minute", "90 seconds", "15 days"]),
  delay: time("0 seconds", "15 minutes"),
};

const queue = props<object, QueueProps>(
  {},
  {
    ...queueTimes,
    maxDeliveries: whole(1, 1000),
    messagesPerSecond: mostly(fc.constantFrom(0.001, 1, 1e6), [0, NaN, Infinity, 1e300, 1e-300]),
    // More than 256 is known to newer providers alone.
    maxMessageKib: whole(1, 256),
    key,
  },
);

const ordering = mostly(
  fc.constantFrom({}, { fifo: false }, { fifo: true }, { fifo: true, contentBasedDeduplication: true }),
  [{ contentBasedDeduplication: true }],
);

const publishers = some(one("alarms", "rds-events", "backup-events", "events", "bucket-events"));
const published = fc.oneof<fc.Arbitrary<Pick<TopicProps, "publishers" | "fifo" | "contentBasedDeduplication">>[]>(
  fc.record({ publishers }),
  ordering,
);
const filter = mostly(fc.constantFrom({ kind: ["order-placed"] }, { price: [{ numeric: [">", 100] }] }), [
  { kind: "order-placed" },
  {},
  { kind: [] },
]);

const topicProps = props<
  { wrongQueue: boolean },
  Pick<TopicProps, "key"> & { filter: Record<string, unknown>; filterOn: "attributes" | "body"; raw: boolean }
>(
  { wrongQueue: mostly(fc.constant(false), [true]) },
  {
    key,
    filter,
    filterOn: one("attributes", "body"),
    raw: fc.boolean(),
  },
);

const stateBucket = props<Pick<StateBucketProps, "bucket">, Omit<StateBucketProps, "bucket">>(
  { bucket: bucketName },
  { versionDays: atLeast(30) },
);

export const STORES = [
  generated("Table", table, (scope, id, given) => new Table(scope, id, given)),
  generated("Bucket", bucket, (scope, id, given) => new Bucket(scope, id, given)),
  generated("Queue", both(queue, ordering), (scope, id, given) => new Queue(scope, id, given)),
  generated("Topic", both(topicProps, published), (scope, id, { wrongQueue, filter, filterOn, raw, ...given }) => {
    const made = new Topic(scope, id, given);
    const told = { ...(filter && { filter }), ...(filterOn && { filterOn }), ...(raw !== undefined && { raw }) };
    made.deliverTo(new Queue(scope, "takes", { fifo: (given.fifo === true) !== wrongQueue }), told);
    return made;
  }),
  generated("StateBucket", stateBucket, (scope, id, given) => new StateBucket(scope, id, given)),
];
