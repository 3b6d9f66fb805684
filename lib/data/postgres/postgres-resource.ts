import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Construct } from "constructs";
import { PostgresPlan } from "./postgres-plan";
import { PostgresProps } from "./postgres-props";
import { LOGICAL_REPLICATION, instanceParameters, settingsOf } from "../rds/rds-parameters";
import { logGroups, monitoringRole, protection, sight, surroundings } from "../rds/rds-parts";

/** What RDS writes to CloudWatch Logs. */
const LOGS = ["postgresql", "upgrade"];

/** What the posture says of an instance. */
interface Kept {
  readonly standby: boolean;
  readonly guarded: boolean;
}

/** An instance of PostgreSQL and all that belongs to it; what a replica of it shares comes along. */
export function definePostgres(scope: Construct, plan: PostgresPlan, props: PostgresProps, { standby, guarded }: Kept) {
  const { size, instanceClass, maxStorageGib, engineVersion, settings } = plan;
  const { identifier, storageGib } = size;
  const { username, backupDays, port } = settings;
  const { key, firewall, subnets } = surroundings(scope, props);
  const family = { family: `postgres${engineVersion}` };
  const parameters = {
    ...settingsOf("postgresql", settings.slowQueryMs),
    ...(props.logicalReplication && LOGICAL_REPLICATION.postgresql),
  };
  const group = instanceParameters(scope, family, parameters);
  const monitoring = monitoringRole(scope);
  const groups = logGroups(scope, LOGS, { prefix: `instance/${identifier}`, key });
  const instance = new DbInstance(scope, "Resource", {
    identifier,
    engine: "postgres",
    engineVersion,
    instanceClass,
    port,
    multiAz: standby,
    // Storage
    storageType: "gp3",
    allocatedStorage: storageGib,
    maxAllocatedStorage: maxStorageGib,
    storageEncrypted: true,
    kmsKeyId: key,
    // Access
    dbSubnetGroupName: subnets.name,
    vpcSecurityGroupIds: [firewall.securityGroupId],
    publiclyAccessible: false,
    username,
    ...(props.replicateTo
      ? { passwordWo: props.password, passwordWoVersion: props.passwordVersion ?? 1 }
      : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: key }),
    iamDatabaseAuthenticationEnabled: true,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    parameterGroupName: group.name,
    // Recovery
    backupRetentionPeriod: backupDays,
    backupWindow: settings.backupWindow,
    ...protection(scope, identifier, guarded, { key, username }),
    // Change
    maintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    allowMajorVersionUpgrade: false,
    autoMinorVersionUpgrade: true,
    // Sight
    ...sight(monitoring, key),
    enabledCloudwatchLogsExports: LOGS,
    // Experiments find it by its name.
    tags: { Name: identifier },
    dependsOn: groups,
    lifecycle: { preventDestroy: guarded },
  });
  return { instance, group, firewall, subnets, parameters, monitoring, logs: LOGS };
}
