import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  Aurora,
  AuroraProps,
  Cache,
  CacheProps,
  ConnectionPool,
  ConnectionPoolProps,
  FileSystem,
  FileSystemProps,
  Postgres,
  PostgresCluster,
  PostgresClusterProps,
  PostgresProps,
  ServerlessCache,
  ServerlessCacheProps,
} from "../../../lib/data";
import { MAXMEMORY_POLICIES } from "../../../lib/data/cache/cache-props";
import fc from "../../property";
import { generated } from "../case";
import {
  atLeast,
  both,
  key,
  mostly,
  someNamed,
  one,
  followersRegion,
  otherRegion,
  placement,
  props,
  some,
  text,
  time,
  topic,
  whole,
} from "../values";

const backupWindow = mostly(text("03:00-04:00", "23:45-00:45", "23:00-00:59"), [
  "00:00-23:59",
  "03:00-03:29",
  "3:00-4:00",
]);
const maintenanceWindow = mostly(text("sun:04:30-sun:05:30", "wed:12:00-wed:20:00"), [
  "sat:23:30-sun:00:30",
  "mon:00:00-sun:23:59",
  "sun:03:30-sun:04:30",
  "SUN:04:30-SUN:05:30",
]);

const rds = {
  backupDays: whole(1, 35),
  backupWindow,
  maintenanceWindow,
  username: mostly(text("orders", "dbadmin", "o_1", "x".repeat(16)), ["postgres", "user", "x".repeat(63), "select"]),
  port: whole(1150, 65_535),
  slowQueryMs: whole(1, 2_147_483_647),
  key,
  eventTopic: topic,
};

/** A class whose size is known, or one with its size. */
const sizedClass = fc.oneof(
  fc.record({
    instanceClass: mostly(text("db.m7g.large", "db.r7g.large", "db.t4g.medium", "db.m7g.16xlarge"), [
      "db.x2g.large",
      "m7g.large",
    ]),
  }),
  fc.record({
    instanceClass: text("db.x2g.large", "db.t4g.micro"),
    memoryGib: mostly(fc.constantFrom(0.5, 1, 16, 4096), [0, NaN, 5000, -1]),
    vcpus: mostly(fc.constantFrom(1, 2, 448), [0, 0.5, NaN, 449]),
  }),
  fc.constant({}),
);

const postgres = both(
  sizedClass,
  props<Pick<PostgresProps, "network">, Omit<PostgresProps, "network" | "password">>(
    { network: placement() },
    {
      ...rds,
      storageGib: whole(20, 59_000),
      maxStorageGib: whole(65_000, 65_536),
      engineVersion: mostly(fc.constantFrom("15", "16", "17", "18"), ["17.4", "8.0"]),
      logicalReplication: fc.boolean(),
      replicateBackupsTo: otherRegion,
      replicateTo: fc.record({ region: followersRegion, network: placement("eu-central-1") }),
      passwordVersion: whole(1, 2_147_483_647),
    },
  ),
);

/** How much storage goes with how many operations, by its type. */
const clusterStorage = fc.oneof<fc.Arbitrary<Pick<PostgresClusterProps, "storageType" | "storageGib" | "iops">>[]>(
  props<object, { storageType: "gp3"; storageGib: number; iops: number }>(
    {},
    { storageType: one("gp3"), storageGib: whole(400, 20_000), iops: whole(12_000, 20_000) },
  ),
  props<{ storageType: "io1" | "io2" }, { storageGib: number; iops: number }>(
    { storageType: one("io1", "io2") },
    { storageGib: whole(100, 2000), iops: whole(1000, 5000) },
  ),
);

const clusterClass = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record({
      instanceClass: mostly(text("db.m6gd.large", "db.r6gd.xlarge", "db.m6gd.16xlarge"), [
        "db.m7g.large",
        "db.x2g.large",
      ]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      instanceClass: mostly(text("db.x2iedn.large", "db.r6id.metal"), ["db.x2g.large"]),
      memoryGib: mostly(fc.constantFrom(8, 64), [0, NaN]),
      vcpus: mostly(fc.constantFrom(2, 64), [0, NaN]),
    }),
  },
);

const cluster = both(
  both(clusterStorage, clusterClass),
  props<
    Pick<PostgresClusterProps, "network">,
    Omit<PostgresClusterProps, "network" | "storageType" | "storageGib" | "iops" | "instanceClass">
  >(
    { network: placement("eu-west-1", ["abc"]) },
    {
      ...rds,
      engineVersion: mostly(fc.constantFrom("15", "16", "17"), ["17.4", "8.0", "12"]),
      logicalReplication: fc.boolean(),
    },
  ),
);

const auroraEngine = fc.oneof(
  props<Pick<AuroraProps, "engine">, Pick<AuroraProps, "engineVersion">>(
    { engine: fc.constant("postgresql") },
    { engineVersion: mostly(fc.constantFrom("15", "16", "17"), ["8.0", "14"]) },
  ),
  props<Pick<AuroraProps, "engine">, Pick<AuroraProps, "engineVersion" | "backtrack">>(
    { engine: fc.constant("mysql") },
    {
      engineVersion: mostly(fc.constant("8.0"), ["17", "5.7"]),
      backtrack: mostly(fc.constantFrom("1 day", "3 days", "never"), ["1 second", "4 days"]),
    },
  ),
);

/** What it runs on: the sizes of a serverless one, a class, or what the posture says. */
const auroraSize = fc.oneof(
  fc.record({
    serverless: fc.record({
      minCapacity: mostly(fc.constantFrom(0.5, 1, 1.5, 8), [0, 0.7, NaN]),
      maxCapacity: mostly(fc.constantFrom(8, 16, 256), [0.5, 257, NaN]),
    }),
  }),
  fc.record({ instanceClass: mostly(text("db.r7g.large", "db.r6g.4xlarge"), ["db.m7g.large", "db.x2g.large"]) }),
  fc.record({
    instanceClass: text("db.x2g.large", "db.x2g.xlarge"),
    memoryGib: mostly(fc.constantFrom(4, 16, 4096), [0, NaN, 5000]),
  }),
);

const aurora = props<Pick<AuroraProps, "network">, Omit<AuroraProps, "network" | "engine" | "password">>(
  { network: placement() },
  {
    ...rds,
    readers: whole(1, 3),
    readerScaling: props<{ max: number }, { targetCpu: number }>({ max: whole(4, 15) }, { targetCpu: whole(20, 90) }),
    storageType: one("aurora", "aurora-iopt1"),
    sizeGib: atLeast(1),
    globalWith: props<{ region: string; network: AuroraProps["network"] }, { instances: number }>(
      { region: followersRegion, network: placement("eu-central-1") },
      { instances: whole(0, 16) },
    ),
    passwordVersion: whole(1, 2_147_483_647),
  },
);

const pool = props<
  Pick<ConnectionPoolProps, "network" | "load" | "of">,
  Omit<ConnectionPoolProps, "network" | "load" | "of">
>(
  {
    network: placement(),
    of: fc.record({
      securityGroupId: text("sg-0a1b2c3d"),
      port: whole(1, 65_535),
      pooled: fc.record({
        engine: one("postgresql", "mysql"),
        target: fc.record({ instance: text("orders") }),
        maxConnections: whole(1, 5000),
        secret: fc.record({ arn: text("arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"), key }),
      }),
    }),
    load: props<{ clients: number; connectionsPerClient: number }, { busyPercent: number }>(
      { clients: atLeast(1), connectionsPerClient: atLeast(1) },
      { busyPercent: whole(1, 100) },
    ),
  },
  {
    maxConnectionsPercent: whole(50, 100),
    maxIdleConnectionsPercent: whole(0, 50),
    borrowTimeout: time("10 seconds", "5 minutes", "1 second"),
    idleClientTimeout: time("30 minutes", "8 hours", "1 second"),
    secrets: some(fc.record({ arn: text("arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf") })),
    signIn: one("password", "iam"),
  },
);

const users = someNamed(
  mostly(fc.constantFrom("app", "reader", "a-b"), ["default", "App", "x".repeat(41)]),
  mostly(text("on ~* +@read", "on ~* +@all -@admin"), ["off ~*", "on"]),
  3,
);

const anyCache = {
  holds: one("copies", "data"),
  users,
  backupDays: whole(1, 35),
  key,
};

const cacheEngine = fc.oneof(
  fc.record({
    engine: fc.constant("valkey" as const),
    engineVersion: mostly(fc.constantFrom("8.0", "8.1"), ["7.1", ""]),
  }),
  fc.record({ engine: fc.constant("redis" as const), engineVersion: mostly(fc.constant("7.1"), ["8.0"]) }),
  fc.constant({}),
);

const cache = props<Pick<CacheProps, "network">, Omit<CacheProps, "network">>(
  { network: placement() },
  {
    ...anyCache,
    nodeType: mostly(text("cache.r7g.large", "cache.m7g.16xlarge"), ["cache.t4g.micro", "cache.m5.large", "r7g.large"]),
    memoryGib: mostly(fc.constantFrom(0.5, 6.38, 1024), [0, NaN, 2000]),
    vcpus: mostly(fc.constantFrom(1, 2, 64), [0, NaN]),
    shards: whole(1, 90),
    replicas: whole(1, 4),
    maxmemoryPolicy: one(...MAXMEMORY_POLICIES),
    slowCommandMs: whole(1, 60_000),
    backupWindow,
    maintenanceWindow,
    sizeGib: mostly(fc.constantFrom(1, 2), [0, NaN, 1e6]),
    globalWith: props<{ region: string; network: CacheProps["network"] }, { replicas: number }>(
      { region: followersRegion, network: placement("eu-central-1") },
      { replicas: whole(0, 5) },
    ),
  },
);

const serverlessEngine = fc.oneof(
  fc.record({
    engine: fc.constant("valkey" as const),
    majorEngineVersion: mostly(fc.constantFrom("7", "8"), ["9", ""]),
  }),
  fc.record({ engine: fc.constant("redis" as const), majorEngineVersion: mostly(fc.constant("7"), ["8"]) }),
  fc.constant({}),
);

const serverless = props<
  Pick<ServerlessCacheProps, "network" | "maxGb" | "maxEcpuPerSecond">,
  Omit<ServerlessCacheProps, "network" | "maxGb" | "maxEcpuPerSecond">
>(
  { network: placement(), maxGb: whole(1, 5000), maxEcpuPerSecond: whole(1000, 15_000_000) },
  {
    ...anyCache,
    dailySnapshotTime: mostly(text("03:00", "23:59"), ["24:00", "3:00"]),
    slowReadMs: whole(1, 60_000),
  },
);

const accessPoint = props<{ uid: number; gid: number }, { path: string; permissions: string }>(
  { uid: whole(1, 4_294_967_295), gid: whole(1, 4_294_967_295) },
  {
    path: mostly(text("/", "/invoices/new", "/a/b/c/d", `/${"x".repeat(99)}`), ["/a/b/c/d/e", "a"]),
    permissions: mostly(text("0750", "777"), ["0999"]),
  },
);

const throughput = fc.oneof<fc.Arbitrary<Pick<FileSystemProps, "throughput" | "archiveAfterDays">>[]>(
  fc.record({ throughput: mostly(fc.constantFrom("bursting" as const), ["BURSTING", ""]) }),
  fc.record({
    throughput: fc.record({ provisionedMibps: mostly(fc.constantFrom(1, 1.5, 1024, 3414), [0, NaN, 3415]) }),
  }),
  fc.record({
    throughput: fc.constant("elastic" as const),
    archiveAfterDays: mostly(fc.constantFrom(90, 365), [0, 2, 7, NaN]),
  }),
  fc.constant({}),
);

const fileSystem = props<Pick<FileSystemProps, "network">, Omit<FileSystemProps, "network">>(
  { network: placement() },
  {
    accessPoints: someNamed(
      mostly(fc.constantFrom("invoices", "a-1", "x".repeat(63)), ["x".repeat(99), "X"]),
      accessPoint,
    ),
    infrequentAfterDays: mostly(fc.constantFrom(1, 7, 30, 60), [0, 2, NaN, 366]),
    rootAccess: fc.boolean(),
    sizeGib: atLeast(1),
    key,
    replicateTo: fc.record({ region: followersRegion, network: placement("eu-central-1") }),
  },
);

/** AWS manages no password where another region follows. */
function passwordIn(scope: Construct): string {
  return new TerraformVariable(scope, "password", { type: "string", sensitive: true }).stringValue;
}

export const DATA = [
  generated("Postgres", postgres, (scope, id, given) => {
    return new Postgres(scope, id, given.replicateTo ? { ...given, password: passwordIn(scope) } : given);
  }),
  generated("PostgresCluster", cluster, (scope, id, given) => new PostgresCluster(scope, id, given)),
  generated("Aurora", both(both(auroraEngine, auroraSize), aurora), (scope, id, given) => {
    return new Aurora(scope, id, given.globalWith ? { ...given, password: passwordIn(scope) } : given);
  }),
  generated("ConnectionPool", pool, (scope, id, given) => new ConnectionPool(scope, id, given)),
  generated("Cache", both(cache, cacheEngine), (scope, id, given) => new Cache(scope, id, given)),
  generated(
    "ServerlessCache",
    both(serverless, serverlessEngine),
    (scope, id, given) => new ServerlessCache(scope, id, given),
  ),
  generated("FileSystem", both(throughput, fileSystem), (scope, id, given) => new FileSystem(scope, id, given)),
];
