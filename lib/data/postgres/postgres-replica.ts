import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { Protected } from "../../core/declarations";
import { nameOf } from "../../core/naming";
import { postureOf } from "../../core/posture";
import { PostgresPlan } from "./postgres-plan";
import { ReplicaRegion } from "./postgres-props";
import { instanceParameters } from "../rds/rds-parameters";
import { Surroundings, logGroups, sight, surroundings } from "../rds/rds-parts";

/** A replica in another region, and what it has around it there. */
export interface PostgresReplica extends Surroundings {
  readonly region: string;
  readonly identifier: string;
  readonly instance: DbInstance;
  readonly parameters: DbParameterGroup;
}

/** What a replica has in common with its source. */
export interface ReplicaPlan extends PostgresPlan {
  readonly logs: readonly string[];
  readonly monitoring: IamRole;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Makes a replica in another region, under a key of its own there, as large as its source and with backups of its own.
 *
 * RDS takes no final snapshot of a replica.
 */
export function replicaIn(scope: Construct, source: DbInstance, plan: ReplicaPlan, to: ReplicaRegion): PostgresReplica {
  const { standby, deletionProtection } = postureOf(scope);
  const { settings, instanceClass, maxStorageGib, engineVersion, logs } = plan;
  const { region, network } = to;
  const side = new Construct(scope, region);
  const identifier = nameOf(side, "db-instance");
  const around = surroundings(side, { network, region });
  const parameters = instanceParameters(side, { family: `postgres${engineVersion}`, region }, plan.parameters);
  const groups = logGroups(side, logs, { prefix: `instance/${identifier}`, key: around.key, region });
  const instance = new DbInstance(side, "Resource", {
    identifier,
    region,
    replicateSourceDb: source.arn,
    instanceClass,
    multiAz: standby,
    // Storage
    storageType: "gp3",
    maxAllocatedStorage: maxStorageGib,
    storageEncrypted: true,
    kmsKeyId: around.key,
    // Access
    port: settings.port,
    dbSubnetGroupName: around.subnets.name,
    vpcSecurityGroupIds: [around.firewall.securityGroupId],
    publiclyAccessible: false,
    iamDatabaseAuthenticationEnabled: true,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    parameterGroupName: parameters.name,
    // Recovery
    backupRetentionPeriod: settings.backupDays,
    backupWindow: settings.backupWindow,
    copyTagsToSnapshot: true,
    deletionProtection,
    skipFinalSnapshot: true,
    // Once it is promoted, they are all that is left of it.
    deleteAutomatedBackups: !deletionProtection,
    // Change
    maintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    // Sight
    ...sight(plan.monitoring, around.key),
    enabledCloudwatchLogsExports: [...logs],
    dependsOn: groups,
    // A promotion changes it, and Terraform must not make it follow again.
    lifecycle: { preventDestroy: deletionProtection, ignoreChanges: ["replicate_source_db"] },
  });
  return { ...around, region, identifier, instance, parameters };
}

/** What stops a careless delete of a replica: all of what protects its source, but for a final snapshot. */
export function replicaProtects(replica: PostgresReplica | undefined, by: readonly string[]): readonly Protected[] {
  if (!replica) return [];
  const no = "it follows the instance that is backed up";
  const kept = by.filter((each) => each !== "final snapshot");
  return [{ type: "RDS", arn: replica.instance.arn, backUp: { no }, by: kept }];
}
