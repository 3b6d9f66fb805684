export { Aurora } from "./aurora/aurora";
export type { AuroraProps, GlobalRegion, ReaderScaling, ServerlessCapacity } from "./aurora/aurora-props";
export { Bucket } from "./bucket/bucket";
export type { BucketProps, StorageClass } from "./bucket/bucket-props";
export { Cache } from "./cache/cache";
export type {
  AnyCacheProps,
  CacheEngine,
  CacheProps,
  GlobalCache,
  Holding,
  MaxmemoryPolicy,
  ServerlessCacheProps,
} from "./cache/cache-props";
export { ConnectionPool } from "./connection-pool/connection-pool";
export type { ConnectionPoolProps, PoolLoad, PoolSecret, Poolable } from "./connection-pool/connection-pool-props";
export { FileSystem } from "./file-system/file-system";
export type { AccessPoint, FileReplica, FileSystemProps, Throughput } from "./file-system/file-system-props";
export { ObjectLock } from "./bucket/object-lock";
export type { ObjectComplianceTerms } from "./bucket/object-lock";
export { Postgres } from "./postgres/postgres";
export { PostgresCluster } from "./postgres/postgres-cluster";
export type { ClusterStorage, PostgresClusterProps } from "./postgres/postgres-cluster-props";
export type { PostgresProps, ReplicaRegion } from "./postgres/postgres-props";
export { Queue } from "./messaging/queue";
export type { Sender } from "./messaging/queue-policy";
export type { QueueProps } from "./messaging/queue-props";
export { RestoreSite } from "./rds/restore-site";
export type { RestoreSiteProps } from "./rds/restore-site";
export { ServerlessCache } from "./cache/serverless-cache";
export { Table } from "./table/table";
export type {
  CapacityRange,
  KeyAttribute,
  Operation,
  ProvisionedCapacity,
  TableIndex,
  TableProps,
} from "./table/table-props";
export { Topic } from "./messaging/topic";
export type { DeliveryProps, TopicProps } from "./messaging/topic-props";
