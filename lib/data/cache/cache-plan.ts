import { Construct } from "constructs";
import { requireKnown, requireOneOf, requireThat, requireWhole } from "../../core/guard";
import { requireAbroad } from "../../core/place";
import { postureOf } from "../../core/posture";
import { judge } from "../../core/verdict";
import { zonesIn } from "../../parts/zones";
import { NodeSize, nodeSize, reservedPercent } from "./cache-nodes";
import { AnyCacheProps, CacheEngine, CacheProps, GlobalCache, Holding, MAXMEMORY_POLICIES } from "./cache-props";
import { usersOf } from "./cache-users";
import { WINDOWS, requireWindows } from "../windows";

/**
 * Versions of each engine that this pattern knows, which take users that sign in by IAM, and their families of parameters.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
const FAMILIES: Readonly<Record<CacheEngine, Readonly<Record<string, string>>>> = {
  valkey: { "7.2": "valkey7", "8.0": "valkey8", "8.1": "valkey8", "8.2": "valkey8" },
  redis: { "7.0": "redis7", "7.1": "redis7" },
};

const DEFAULT_VERSION: Readonly<Record<CacheEngine, string>> = { valkey: "8.1", redis: "7.1" };

/**
 * Families that a global datastore takes, from the size large on.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
 */
const GLOBAL_FAMILIES = /^cache\.(m5|m6g|m7g|m8g|r5|r6g|r6gd|r7g|r8g|c7gn|c8gn)\./;

/** What holds for a cache of either kind. */
export interface CacheTerms {
  readonly engine: CacheEngine;
  readonly holds: Holding;
  readonly users: Readonly<Record<string, string>>;
  readonly backupDays: number;
  readonly guarded: boolean;
}

/** A cache in which nothing is left to a default. */
export interface CachePlan extends CacheTerms {
  readonly engineVersion: string;
  readonly family: string;
  readonly nodeType: string;
  readonly node: NodeSize;
  /** @default - one, without cluster mode */
  readonly shards?: number;
  readonly replicas: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly slowCommandMs: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  readonly sizeGib: number;
}

/** What a cache of either kind is told, and what it is not told by default. */
export function termsOf(scope: Construct, props: AnyCacheProps): CacheTerms {
  const { backupDays, deletionProtection } = postureOf(scope);
  const { engine = "valkey", holds = "copies" } = props;
  const days = props.backupDays ?? backupDays;
  requireOneOf(scope, "engine", engine, Object.keys(FAMILIES));
  requireOneOf(scope, "holds", holds, ["copies", "data"]);
  requireWhole(scope, "backupDays", days, 1, 35);
  return { engine, holds, users: usersOf(scope, props.users), backupDays: days, guarded: deletionProtection };
}

/** What a cache is told, and what it is not told by default; refuses what ElastiCache would refuse at apply. */
export function cachePlan(scope: Construct, props: CacheProps): CachePlan {
  const terms = termsOf(scope, props);
  const { engine, holds } = terms;
  const { engineVersion = DEFAULT_VERSION[engine], nodeType = "cache.r7g.large", slowCommandMs = 10, shards } = props;
  const { backupWindow = WINDOWS.backup, maintenanceWindow = WINDOWS.maintenance, globalWith } = props;
  const { maxmemoryPolicy = holds === "copies" ? "allkeys-lru" : "noeviction" } = props;
  const { replicas: asked, sizeGib: held } = props;
  const reckoned = { engineVersion, nodeType, slowCommandMs, shards, replicas: asked, sizeGib: held };
  for (const [prop, got] of Object.entries(reckoned)) requireKnown(scope, prop, got);
  requireOneOf(scope, "engineVersion", engineVersion, Object.keys(FAMILIES[engine]));
  requireOneOf(scope, "maxmemoryPolicy", maxmemoryPolicy, MAXMEMORY_POLICIES);
  requireWhole(scope, "slowCommandMs", slowCommandMs, 1, 60_000);
  if (shards !== undefined) requireWhole(scope, "shards", shards, 1, 500);
  requireWindows(scope, backupWindow, maintenanceWindow, 60);
  const node = nodeSize(scope, nodeType, props);
  const reserved = reservedPercent(node.memoryGib);
  const fits = node.memoryGib * (shards ?? 1) * (1 - reserved / 100);
  const { sizeGib = Math.ceil(fits) } = props;
  requireWhole(scope, "sizeGib", sizeGib, 1, Math.ceil(fits), "all that is kept must fit into the memory");
  const replicas = replicasOf(scope, props);
  if (globalWith) requireGlobal(scope, globalWith, nodeType, replicas);
  return {
    ...terms,
    engineVersion,
    family: FAMILIES[engine][engineVersion],
    nodeType,
    node,
    shards,
    replicas,
    parameters: {
      "maxmemory-policy": maxmemoryPolicy,
      "reserved-memory-percent": String(reserved),
      "slowlog-log-slower-than": String(slowCommandMs * 1000),
      ...(shards !== undefined && { "cluster-enabled": "yes" }),
    },
    slowCommandMs,
    backupWindow,
    maintenanceWindow,
    sizeGib,
  };
}

function replicasOf(scope: Construct, { network, replicas }: CacheProps): number {
  const { standby } = postureOf(scope);
  const others = Math.min(zonesIn(scope, network).length - 1, 5);
  const each = replicas ?? (standby ? others : 0);
  requireWhole(scope, "replicas", each, 0, 5);
  judge(scope, "zone-loss", each > 0 || !standby, {
    prop: "replicas",
    must: "be at least 1 where the posture keeps a standby",
    got: each,
    mend: "without one, a lost node or zone takes the cache and all that it holds with it",
  });
  return each;
}

function requireGlobal(scope: Construct, other: GlobalCache, nodeType: string, replicas: number): void {
  requireAbroad(scope, "globalWith", other, "a follower beside it is lost with it");
  requireThat(scope, GLOBAL_FAMILIES.test(nodeType), {
    prop: "nodeType",
    must: "be one that a global datastore takes",
    got: nodeType,
    mend: "take one such as cache.r7g.large, or leave globalWith out",
  });
  // The follower takes over the automatic failover of the first, which needs a replica.
  requireWhole(scope, "globalWith.replicas", other.replicas ?? replicas, replicas > 0 ? 1 : 0, 5);
}
