import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { PostgresClusterPlan } from "./postgres-cluster-plan";
import { PostgresClusterProps } from "./postgres-cluster-props";
import { clusterParameters, settingsOf } from "../rds/rds-parameters";
import { Surroundings, logGroups, monitoringRole, protection, sight, surroundings } from "../rds/rds-parts";

/** What RDS writes to CloudWatch Logs. */
const LOGS = ["postgresql", "upgrade"];

/** A Multi-AZ DB cluster and all that belongs to it; RDS makes its instances. */
interface MadePostgresCluster extends Surroundings {
  readonly cluster: RdsCluster;
  readonly parameters: RdsClusterParameterGroup;
}

/** Makes a Multi-AZ DB cluster of PostgreSQL. */
export function definePostgresCluster(
  scope: Construct,
  plan: PostgresClusterPlan,
  props: PostgresClusterProps,
  guarded: boolean,
): MadePostgresCluster {
  const { identifier, instanceClass, storageType, storageGib, iops, engineVersion, settings } = plan;
  const { username, port } = settings;
  const { key, firewall, subnets } = surroundings(scope, props);
  const family = { family: `postgres${engineVersion}` };
  const parameters = clusterParameters(scope, family, {
    ...settingsOf("postgresql", settings.slowQueryMs),
    ...(props.logicalReplication && { "rds.logical_replication": "1" }),
  });
  const logs = logGroups(scope, LOGS, { prefix: `cluster/${identifier}`, key });
  const cluster = new RdsCluster(scope, "Resource", {
    clusterIdentifier: identifier,
    engine: "postgres",
    engineVersion,
    dbClusterInstanceClass: instanceClass,
    port,
    // Storage
    storageType,
    allocatedStorage: storageGib,
    iops,
    storageEncrypted: true,
    kmsKeyId: key,
    // Access
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [firewall.securityGroupId],
    masterUsername: username,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: key,
    iamDatabaseAuthenticationEnabled: true,
    caCertificateIdentifier: "rds-ca-rsa2048-g1",
    dbClusterParameterGroupName: parameters.name,
    // Recovery
    backupRetentionPeriod: settings.backupDays,
    preferredBackupWindow: settings.backupWindow,
    ...protection(scope, identifier, guarded, { key, username, storageType }),
    // RDS keeps none of a cluster that is gone.
    deleteAutomatedBackups: true,
    // Change
    preferredMaintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    allowMajorVersionUpgrade: false,
    // Sight
    ...sight(monitoringRole(scope), key),
    databaseInsightsMode: "standard",
    enabledCloudwatchLogsExports: LOGS,
    dependsOn: logs,
    lifecycle: { preventDestroy: guarded },
  });
  return { key, firewall, subnets, cluster, parameters };
}
