import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  ElasticacheReplicationGroup,
  ElasticacheReplicationGroupConfig,
} from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { Firewall } from "../../parts/firewall";
import { Key } from "../../parts/key";
import { requireKeyArn } from "../../parts/key-arn";
import { KeyUser } from "../../parts/key-policy";
import { logGroup } from "../../parts/log-group";
import { dataSubnets, zonesIn } from "../../parts/zones";
import { CachePlan } from "./cache-plan";
import { userGroup } from "./cache-users";
import { StoreSite } from "../store-site";

/** Where every cache of this library is reached. */
export const PORT = 6379;

/** What ElastiCache writes to CloudWatch Logs. */
const LOGS = ["slow-log", "engine-log"];

/** A group of one region and what belongs to it. */
export interface MadeCache {
  readonly identifier: string;
  readonly group: ElasticacheReplicationGroup;
  readonly firewall: Firewall;
  readonly key: string;
  /** The CacheClusterId of each node that it is made with. */
  readonly members: readonly string[];
  /** The zones in which there is a node at any time. */
  readonly zones: readonly string[];
}

/** The firewall of a cache, and the key that encrypts it and what it writes. */
export function shelter(scope: Construct, { network, key, region }: StoreSite, usedBy: readonly KeyUser[]) {
  if (key !== undefined) requireKeyArn(scope, "key", key);
  const description = `cache ${scope.node.path}`;
  return {
    key: key ?? new Key(scope, "key", { usedBy, region }).arn,
    firewall: new Firewall(scope, "firewall", { vpcId: network.vpcId, description, region }),
    subnetIds: dataSubnets(scope, network),
  };
}

/** Makes a group; `own` is what the one that is written to has, or the one that follows it. */
export function defineGroup(
  scope: Construct,
  plan: CachePlan & { readonly cache: Construct; readonly site: StoreSite },
  own: (key: string) => Partial<ElasticacheReplicationGroupConfig>,
): MadeCache {
  const { site, shards, replicas, guarded } = plan;
  const { region } = site;
  const identifier = nameOf(scope, "cache");
  const { key, firewall, subnetIds } = shelter(scope, site, ["logs"]);
  const subnets = new ElasticacheSubnetGroup(scope, "subnets", {
    name: nameOf(scope, "db-group"),
    description: `data subnets of ${scope.node.path}`,
    subnetIds,
    region,
  });
  const zones = zonesIn(scope, site.network).map(([zone]) => zone);
  const placed = Array.from({ length: replicas + 1 }, (_, index) => zones[index % zones.length]);
  const { lifecycle, ...rest } = own(key);
  const group = new ElasticacheReplicationGroup(scope, "Resource", {
    replicationGroupId: identifier,
    description: `cache ${scope.node.path}`,
    region,
    port: PORT,
    // Zones
    ...(shards === undefined
      ? { numCacheClusters: replicas + 1, preferredCacheClusterAzs: placed }
      : { replicasPerNodeGroup: replicas }),
    automaticFailoverEnabled: replicas > 0,
    multiAzEnabled: replicas > 0,
    // Access
    subnetGroupName: subnets.name,
    securityGroupIds: [firewall.securityGroupId],
    userGroupIds: [userGroup(scope, { ...plan, region }).userGroupId],
    kmsKeyId: key,
    // Recovery
    snapshotRetentionLimit: plan.backupDays,
    snapshotWindow: plan.backupWindow,
    // Change
    maintenanceWindow: plan.maintenanceWindow,
    applyImmediately: false,
    // Sight
    logDeliveryConfiguration: logsOf(scope, identifier, key, region).map((log, index) => ({
      logType: LOGS[index],
      logFormat: "json",
      destinationType: "cloudwatch-logs",
      destination: log.name,
    })),
    // Experiments find it by its name.
    tags: { Name: identifier },
    ...rest,
    lifecycle: { ...lifecycle, preventDestroy: guarded },
  });
  return { identifier, group, firewall, key, members: membersOf(identifier, plan), zones: zonesHeld(plan, placed) };
}

/** The name of a log group that ElastiCache writes to. */
export function logName(identifier: string, log: string): string {
  return `/aws/elasticache/${identifier}/${log}`;
}

function logsOf(scope: Construct, identifier: string, keyArn: string, region?: string): CloudwatchLogGroup[] {
  return LOGS.map((log) => logGroup(scope, `log-${log}`, { name: logName(identifier, log), keyArn, region }));
}

/**
 * How ElastiCache names the nodes of a group: by number, in cluster mode by shard and number.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 */
function membersOf(identifier: string, { shards, replicas }: Pick<CachePlan, "shards" | "replicas">): string[] {
  const digits = (count: number, length: number) => String(count).padStart(length, "0");
  const nodes = Array.from({ length: replicas + 1 }, (_, index) => digits(index + 1, 3));
  if (shards === undefined) return nodes.map((node) => `${identifier}-${node}`);
  return Array.from({ length: shards }, (_, index) => digits(index + 1, 4)).flatMap((shard) =>
    nodes.map((node) => `${identifier}-${shard}-${node}`),
  );
}

/** In cluster mode ElastiCache chooses the zones. */
function zonesHeld({ shards }: Pick<CachePlan, "shards">, placed: readonly string[]): string[] {
  return shards === undefined ? [...new Set(placed)] : [];
}
