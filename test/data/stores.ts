import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { ImageRepository } from "../../lib/compute";
import { Stateful } from "../../lib/core";
import {
  Aurora,
  Bucket,
  Cache,
  FileSystem,
  ObjectLock,
  Postgres,
  PostgresCluster,
  Queue,
  ServerlessCache,
  Table,
  Topic,
} from "../../lib/data";
import { LogArchive } from "../../lib/observing";
import { Backups } from "../../lib/recovery";
import { Secret } from "../../lib/security";
import { StateBucket } from "../../lib/state";
import { LoadBalancer } from "../../lib/traffic";
import { network } from "../synth";

const KEY = { partitionKey: { name: "id", type: "S" } } as const;
const ABROAD = { region: "eu-central-1", network: network("abc", "eu-central-1") };
const DOMAIN = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };

/** Every pattern that holds data: a new one fails the first test until it is made here, with all that it can hold. */
export const STORES: Record<string, (scope: Construct) => Stateful> = {
  Aurora: (scope) =>
    new Aurora(scope, "store", {
      network: network(),
      engine: "postgresql",
      globalWith: ABROAD,
      password: new TerraformVariable(scope, "password", { type: "string", sensitive: true }).stringValue,
    }),
  Backups: (scope) =>
    new Backups(scope, "store", {
      of: [new Table(scope, "table", KEY)],
      copyTo: "eu-central-1",
      airGapped: { minDays: 7, maxDays: 400 },
    }),
  Bucket: (scope) =>
    new Bucket(scope, "store", { replicateTo: "eu-central-1", lock: ObjectLock.governance({ days: 30 }) }),
  Cache: (scope) => new Cache(scope, "store", { network: network(), globalWith: ABROAD }),
  FileSystem: (scope) => new FileSystem(scope, "store", { network: network(), replicateTo: ABROAD }),
  ImageRepository: (scope) => new ImageRepository(scope, "store", { replicateTo: "eu-central-1" }),
  LoadBalancer: (scope) => new LoadBalancer(scope, "store", { network: network(), domain: DOMAIN }),
  LogArchive: (scope) => new LogArchive(scope, "store", { keepDays: 1096 }),
  Postgres: (scope) =>
    new Postgres(scope, "store", {
      network: network(),
      replicateTo: ABROAD,
      password: new TerraformVariable(scope, "password", { type: "string", sensitive: true }).stringValue,
    }),
  PostgresCluster: (scope) => new PostgresCluster(scope, "store", { network: network() }),
  Queue: (scope) => new Queue(scope, "store"),
  Secret: (scope) => new Secret(scope, "store", { replicateTo: ["eu-central-1"] }),
  ServerlessCache: (scope) =>
    new ServerlessCache(scope, "store", { network: network(), maxGb: 10, maxEcpuPerSecond: 5000 }),
  StateBucket: (scope) => new StateBucket(scope, "store", { bucket: "orders-state" }),
  Table: (scope) => new Table(scope, "store", { ...KEY, replicas: ["eu-central-1"] }),
  Topic: (scope) => new Topic(scope, "store"),
};

/** Resources that hold data, or that data is lost without. */
export const STATEFUL = [
  "aws_backup_logically_air_gapped_vault",
  "aws_backup_vault",
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_kms_key",
  "aws_rds_cluster",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
];
