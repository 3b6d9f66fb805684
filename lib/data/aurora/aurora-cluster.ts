import { RdsCluster, RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { zonesIn } from "../../parts/zones";
import { ServerlessCapacity } from "./aurora-props";
import { LOGICAL_REPLICATION, clusterParameters, instanceParameters, settingsOf } from "../rds/rds-parameters";
import { Surroundings, logGroups, protection, sight, surroundings } from "../rds/rds-parts";
import { StoreSite } from "../store-site";
import { Engine } from "../rds/rds-settings";
import { RdsSettings } from "../rds/rds-props";

/** What each engine writes to CloudWatch Logs. */
const LOGS: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ["postgresql"],
  mysql: ["audit", "error", "slowquery"],
};

/** One cluster of one region. */
export interface ClusterPlan {
  readonly site: StoreSite;
  readonly engine: Engine;
  /** The major version, of which each has a family of parameters. */
  readonly major: string;
  readonly instanceClass: string;
  /** @default - instances of one class */
  readonly serverless?: ServerlessCapacity;
  readonly storageType: string;
  readonly logicalReplication: boolean;
  readonly instances: number;
  readonly settings: RdsSettings;
  readonly guarded: boolean;
  readonly monitoring: IamRole;
}

/** A cluster and all that belongs to it. */
export interface MadeCluster extends Surroundings {
  readonly identifier: string;
  readonly cluster: RdsCluster;
  /** By zone, with a number from the second one in a zone on. The first is the writer, until a failover. */
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly clusterParameters: RdsClusterParameterGroup;
  readonly parameters: DbParameterGroup;
}

/** Makes a cluster; `own` is what the one that is written to has, or the one that follows it. */
export function defineCluster(
  scope: Construct,
  plan: ClusterPlan,
  own: (key: string) => Partial<RdsClusterConfig>,
): MadeCluster {
  const { engine, major, settings, guarded, site, serverless, storageType } = plan;
  const { region } = site;
  const identifier = nameOf(scope, "db-instance");
  const around = surroundings(scope, site);
  const family = { family: `aurora-${engine}${major}`, region };
  const followed = plan.logicalReplication ? LOGICAL_REPLICATION[engine] : {};
  const cluster = clusterParameters(scope, family, { ...settingsOf(engine, settings.slowQueryMs), ...followed });
  // None of its own: those of the cluster hold, and one instance can be tuned without replacing its group.
  const parameters = instanceParameters(scope, family, {});
  const logs = logGroups(scope, LOGS[engine], { prefix: `cluster/${identifier}`, key: around.key, region });
  const { lifecycle, dependsOn = [], ...rest } = own(around.key);
  const resource = new RdsCluster(scope, "Resource", {
    clusterIdentifier: identifier,
    engine: `aurora-${engine}`,
    engineMode: "provisioned",
    engineVersion: major,
    port: settings.port,
    region,
    // Storage
    ...(storageType === "aurora-iopt1" && { storageType }),
    storageEncrypted: true,
    kmsKeyId: around.key,
    ...(serverless && { serverlessv2ScalingConfiguration: { ...serverless } }),
    // Access
    dbSubnetGroupName: around.subnets.name,
    vpcSecurityGroupIds: [around.firewall.securityGroupId],
    iamDatabaseAuthenticationEnabled: true,
    dbClusterParameterGroupName: cluster.name,
    // Recovery
    backupRetentionPeriod: settings.backupDays,
    preferredBackupWindow: settings.backupWindow,
    ...protection(scope, identifier, guarded, { key: around.key, username: settings.username }),
    // Change
    preferredMaintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    allowMajorVersionUpgrade: false,
    // Sight
    databaseInsightsMode: "standard",
    enabledCloudwatchLogsExports: [...LOGS[engine]],
    ...rest,
    dependsOn: [...logs, ...dependsOn],
    lifecycle: { ...lifecycle, preventDestroy: guarded },
  });
  const made = { ...around, identifier, cluster: resource, clusterParameters: cluster, parameters };
  return { ...made, instances: defineInstances(scope, plan, made) };
}

/** Instances in one zone after the other; a failover takes the one with the lowest tier. */
function defineInstances(
  scope: Construct,
  plan: ClusterPlan,
  { cluster, key, subnets, parameters }: Omit<MadeCluster, "instances">,
): Record<string, RdsClusterInstance> {
  const made: Record<string, RdsClusterInstance> = {};
  for (const [index, name] of instanceNames(scope, plan).entries()) {
    made[name] = new RdsClusterInstance(scope, `instance-${name}`, {
      identifier: nameOf(scope, "db-instance", name),
      clusterIdentifier: cluster.clusterIdentifier,
      engine: cluster.engine,
      instanceClass: plan.instanceClass,
      region: plan.site.region,
      availabilityZone: zoneOf(scope, plan, index),
      // The first two grow and shrink together where they are serverless: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
      promotionTier: Math.min(index, 15),
      // Access
      dbSubnetGroupName: subnets.name,
      dbParameterGroupName: parameters.name,
      publiclyAccessible: false,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      // Change
      preferredMaintenanceWindow: plan.settings.maintenanceWindow,
      applyImmediately: false,
      autoMinorVersionUpgrade: true,
      // Sight
      ...sight(plan.monitoring, key),
      // The first one that is there is the writer.
      ...(index > 0 && { dependsOn: [Object.values(made)[0]] }),
    });
  }
  return made;
}

/** The names of the instances of a cluster: a zone, and a number from the second one in it on. */
function instanceNames(scope: Construct, plan: Pick<ClusterPlan, "site" | "instances">): string[] {
  const zones = zonesIn(scope, plan.site.network).length;
  return Array.from({ length: plan.instances }, (_, index) => {
    const nth = Math.floor(index / zones) + 1;
    return `${zoneOf(scope, plan, index)}${nth > 1 ? `-${nth}` : ""}`;
  });
}

function zoneOf(scope: Construct, { site }: Pick<ClusterPlan, "site">, index: number): string {
  const zones = zonesIn(scope, site.network);
  return zones[index % zones.length][0];
}
