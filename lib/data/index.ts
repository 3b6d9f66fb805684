export { Aurora } from "./aurora";
export type { AuroraProps, GlobalRegion, ReaderScaling, ServerlessCapacity } from "./aurora-props";
export { Bucket } from "./bucket";
export type { BucketProps, StorageClass } from "./bucket-props";
export { Cache } from "./cache";
export type {
  AnyCacheProps,
  CacheEngine,
  CacheProps,
  GlobalCache,
  Holding,
  MaxmemoryPolicy,
  ServerlessCacheProps,
} from "./cache-props";
export { ConnectionPool } from "./connection-pool";
export type { ConnectionPoolProps, PoolLoad, PoolSecret, Poolable } from "./connection-pool-props";
export { FileSystem } from "./file-system";
export type { AccessPoint, FileReplica, FileSystemProps, Throughput } from "./file-system-props";
export { ObjectLock } from "./object-lock";
export type { ObjectComplianceTerms } from "./object-lock";
export { Postgres } from "./postgres";
export { PostgresCluster } from "./postgres-cluster";
export type { ClusterStorage, PostgresClusterProps } from "./postgres-cluster-props";
export type { PostgresProps, ReplicaRegion } from "./postgres-props";
export { Queue } from "./queue";
export type { Sender } from "./queue-policy";
export type { QueueProps } from "./queue-props";
export { RestoreSite } from "./restore-site";
export type { RestoreSiteProps } from "./restore-site";
export { ServerlessCache } from "./serverless-cache";
export { Table } from "./table";
export type {
  CapacityRange,
  KeyAttribute,
  Operation,
  ProvisionedCapacity,
  TableIndex,
  TableProps,
} from "./table-props";
export { Topic } from "./topic";
export type { DeliveryProps, TopicProps } from "./topic-props";
