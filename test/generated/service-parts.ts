import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Fleet } from "../../lib/compute";
import { Entrance, Peer, Placement, Reachable } from "../../lib/core";
import {
  Aurora,
  Bucket,
  Cache,
  ConnectionPool,
  FileSystem,
  Postgres,
  PostgresCluster,
  Queue,
  ServerlessCache,
  Table,
  Topic,
} from "../../lib/data";
import { Canary, Logs, RealUsers, Traces } from "../../lib/observing";
import { Secret } from "../../lib/security";
import { OTHER_REGIONS, PLACE } from "./case";

const [ELSEWHERE] = OTHER_REGIONS;

/** A network that stands already, in the zones of a region. */
export function standing(region: string = PLACE.region, letters = "abc"): Placement {
  const zone = { public: "subnet-1a", private: "subnet-2b", data: "subnet-3c" };
  return { vpcId: "vpc-0a1b2c3d", zones: Object.fromEntries([...letters].map((letter) => [region + letter, zone])) };
}

/** What is made where. */
interface Making {
  readonly room: Construct;
  readonly network: Placement;
  /** Whether it follows in another region, where it can. */
  readonly far: boolean;
}

function password(room: Construct, id: string): string {
  return new TerraformVariable(room, id, { type: "string", sensitive: true }).stringValue;
}

const there = { region: ELSEWHERE, network: standing(ELSEWHERE) };

/** What a service keeps its data in, or works off; under its own name, each at most once. */
export const STORES = {
  postgres: ({ room, network, far }: Making) =>
    new Postgres(room, "postgres", {
      network,
      ...(far && { replicateTo: there, password: password(room, "postgres-password") }),
    }),
  copied: ({ room, network, far }: Making) =>
    new Postgres(room, "copied", { network, ...(far && { replicateBackupsTo: ELSEWHERE }) }),
  cluster: ({ room, network }: Making) => new PostgresCluster(room, "cluster", { network }),
  pool: ({ room, network }: Making) => {
    const of = new Postgres(room, "pooled", { network });
    return new ConnectionPool(room, "pool", { of, network, load: { clients: 10, connectionsPerClient: 2 } });
  },
  aurora: ({ room, network, far }: Making) =>
    new Aurora(room, "aurora", {
      network,
      engine: "postgresql",
      ...(far && { globalWith: there, password: password(room, "aurora-password") }),
    }),
  mysql: ({ room, network }: Making) =>
    new Aurora(room, "mysql", { network, engine: "mysql", serverless: { minCapacity: 1, maxCapacity: 16 } }),
  table: ({ room, far }: Making) =>
    new Table(room, "table", { partitionKey: { name: "id", type: "S" }, ...(far && { replicas: [ELSEWHERE] }) }),
  cache: ({ room, network, far }: Making) => new Cache(room, "cache", { network, ...(far && { globalWith: there }) }),
  serverlessCache: ({ room, network }: Making) =>
    new ServerlessCache(room, "serverless-cache", { network, maxGb: 10, maxEcpuPerSecond: 5000 }),
  queue: ({ room }: Making) => new Queue(room, "queue", { messagesPerSecond: 10 }),
  topic: ({ room }: Making) => {
    const topic = new Topic(room, "topic");
    topic.deliverTo(new Queue(room, "delivered"));
    return topic;
  },
  bucket: ({ room, far }: Making) => new Bucket(room, "bucket", { ...(far && { replicateTo: ELSEWHERE }) }),
  files: ({ room, network, far }: Making) =>
    new FileSystem(room, "files", {
      network,
      accessPoints: { invoices: { uid: 1000, gid: 1000 } },
      ...(far && { replicateTo: there }),
    }),
  secret: ({ room, far }: Making) => new Secret(room, "secret", { ...(far && { replicateTo: [ELSEWHERE] }) }),
} satisfies Record<string, (making: Making) => Construct>;

export type StoreName = keyof typeof STORES;
export const STORE_NAMES = Object.keys(STORES) as StoreName[];

/** What stands beside a service and is no part of it. */
export const BESIDE = {
  logs: (room: Construct) => new Logs(room, "logs", { name: "/services/orders", errorsPerMinute: 5 }),
  traces: (room: Construct) => new Traces(room, "traces", { service: "orders", requestsPerSecond: 10 }),
  canary: (room: Construct) =>
    new Canary(room, "canary", { address: "https://orders.example.com", paths: [{ path: "/" }] }),
  users: (room: Construct) => new RealUsers(room, "users", { domains: ["orders.example.com"], viewsPerHour: 50_000 }),
} satisfies Record<string, (room: Construct) => Construct>;

export type BesideName = keyof typeof BESIDE;

/** Instances that do the work, behind an entrance or by themselves. */
export function fleetIn(room: Construct, network: Placement, behind: Entrance | undefined, peak: number): Fleet {
  const metric = { namespace: "Orders", name: "Backlog", statistic: "Average" };
  const on = behind
    ? { behind, load: { peakRequestsPerSecond: peak, perInstance: 150 } }
    : { scaleOn: { metric, target: 10 } };
  return new Fleet(room, "fleet", { network, image: "ami-0a1b2c3d", ...on });
}

/** Whether a store takes connections. */
export function isReachable(
  store: Construct,
): store is Construct & Reachable & { allowFrom(peer: Peer, why: string): void } {
  return "port" in store && "securityGroupId" in store;
}
