import { RdsGlobalCluster } from "@cdktf/provider-aws/lib/rds-global-cluster";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { ClusterPlan, MadeCluster, defineCluster } from "./aurora-cluster";
import { GlobalRegion } from "./aurora-props";
import { Standby } from "./aurora-steps";

/**
 * What a failover to the other region changes by itself: Terraform must not change it back.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_global_cluster
 */
export const ROLES = ["global_cluster_identifier", "replication_source_identifier"];

/** A cluster that follows another one in a second region, and what holds the two together. */
export interface GlobalDatabase {
  readonly global: RdsGlobalCluster;
  readonly follower: MadeCluster;
  /** What a failover needs to know of it. */
  readonly standby: Standby;
}

/** Makes a cluster the first one of a global database, and its follower in the other region, under a key of its own. */
export function followIn(scope: Construct, first: MadeCluster, plan: ClusterPlan, other: GlobalRegion): GlobalDatabase {
  const { region, network, instances = 1 } = other;
  const place = placeOf(scope);
  const name = nameOf(scope, "db-instance", "global");
  const global = new RdsGlobalCluster(scope, "global", {
    globalClusterIdentifier: name,
    sourceDbClusterIdentifier: first.cluster.arn,
    deletionProtection: plan.guarded,
    // Its clusters leave it before it goes, and stay: the provider asks for this beside a source.
    forceDestroy: true,
    lifecycle: { preventDestroy: plan.guarded },
  });
  const side = new Construct(scope, region);
  const follower = defineCluster(side, { ...plan, instances, site: { network, region } }, () => ({
    globalClusterIdentifier: global.id,
    sourceRegion: place.region,
    // The same to the patch, at first; from then on the global database is upgraded as a whole.
    engineVersion: first.cluster.engineVersionActual,
    // A follower is refused as long as the first one has no instance.
    dependsOn: Object.values(first.instances),
    lifecycle: { ignoreChanges: [...ROLES, "engine_version"] },
  }));
  const { identifier } = follower;
  const arn = `arn:${place.partition}:rds:${region}:${place.account}:cluster:${identifier}`;
  return { global, follower, standby: { region, waiting: instances > 0, identifier, arn, global: name } };
}
