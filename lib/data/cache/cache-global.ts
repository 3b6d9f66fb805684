import { ElasticacheGlobalReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-global-replication-group";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { MadeCache, defineGroup } from "./cache-group";
import { CachePlan } from "./cache-plan";
import { GlobalCache } from "./cache-props";

/** A group that follows another one in a second region, and what holds the two together. */
export interface GlobalDatastore {
  readonly global: ElasticacheGlobalReplicationGroup;
  readonly follower: MadeCache;
  readonly region: string;
  /** What the id of the datastore ends with; AWS makes up what it begins with. */
  readonly suffix: string;
}

/** Makes a group the first one of a global datastore, and its follower in the other region, under a key of its own. */
export function followIn(cache: Construct, first: MadeCache, plan: CachePlan, other: GlobalCache): GlobalDatastore {
  const { region, network, replicas = plan.replicas } = other;
  const suffix = nameOf(cache, "cache", "global");
  const global = new ElasticacheGlobalReplicationGroup(cache, "global", {
    globalReplicationGroupIdSuffix: suffix,
    globalReplicationGroupDescription: `cache ${cache.node.path}`,
    primaryReplicationGroupId: first.group.id,
    // A failover to the other region changes it, and Terraform must not replace the datastore for that.
    lifecycle: { preventDestroy: plan.guarded, ignoreChanges: ["primary_replication_group_id"] },
  });
  const side = new Construct(cache, region);
  // Engine, node type, shards, parameters and encryption are those of the first.
  const follower = defineGroup(side, { ...plan, cache, replicas, site: { network, region } }, () => ({
    globalReplicationGroupId: global.globalReplicationGroupId,
    autoMinorVersionUpgrade: "false",
  }));
  return { global, follower, region, suffix };
}
