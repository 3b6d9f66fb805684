import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Breakable, Dependable, Protected, Recoverable, Stateful, Watchable } from "../core/declarations";
import { requireKnown, requireOneOf, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Peer } from "../core/network";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { addressOf } from "../core/resolve";
import { Firewall } from "../parts/firewall";
import { Poolable } from "./connection-pool-props";
import { isBurstable, sizeOf } from "./instance-classes";
import { PostgresFaults, postgresFaults } from "./postgres-faults";
import { maxConnections } from "./max-connections";
import { replicateBackups } from "./postgres-backups";
import { PostgresProps } from "./postgres-props";
import { RestorablePostgres, postgresRecovers, postgresSla } from "./postgres-recovery";
import { PostgresSize, postgresSignals } from "./postgres-signals";
import { instanceParameters, settingsOf } from "./rds-parameters";
import { logGroups, monitoringRole, protectedBy, protection, sight, subscribeEvents, surroundings } from "./rds-parts";
import { rdsSettings } from "./rds-settings";

/**
 * Versions of PostgreSQL that this pattern knows; each has a family of parameters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const VERSIONS = ["15", "16", "17", "18"];

/** What RDS writes to CloudWatch Logs. */
const LOGS = ["postgresql", "upgrade"];

/** Events that a topic is told of. */
const EVENTS = ["failover", "failure", "low storage", "maintenance", "recovery"];

/**
 * A PostgreSQL database that survives the loss of a zone, a bad write and a careless delete; with replicated backups, the
 * loss of its region.
 *
 * By the posture it keeps a standby in another zone, 1 to 35 days of point-in-time recovery and refuses to be deleted.
 * Always: encrypted, out of reach of the internet, TLS only, its password managed, its storage growing.
 *
 * Read replicas and blue/green updates are not there: AWS refuses both while it manages the password.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
export class Postgres extends Construct implements Watchable, Recoverable, Dependable, Stateful, Breakable, Poolable {
  readonly instance: DbInstance;
  readonly parameters: DbParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;
  readonly faults: PostgresFaults;
  private readonly size: PostgresSize;
  private readonly restorable: RestorablePostgres;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    register(this);
    const { standby, deletionProtection } = postureOf(this);
    const { instanceClass = "db.m7g.large", storageGib = 100, maxStorageGib = storageGib * 4 } = props;
    const { engineVersion = "17", replicateBackupsTo: backupsIn } = props;
    for (const [prop, got] of Object.entries({ storageGib, engineVersion })) requireKnown(this, prop, got);
    requireWhole(this, "storageGib", storageGib, 20, 65_536);
    requireWhole(this, "maxStorageGib", maxStorageGib, Math.ceil((storageGib * 11) / 10), 65_536, "leave room to grow");
    const major = "name the major version: RDS moves on to newer minor ones by itself, and cannot go back";
    requireOneOf(this, "engineVersion", engineVersion, VERSIONS, major);
    const settings = rdsSettings(this, "postgresql", props);
    const { username, backupDays, port } = settings;

    const identifier = nameOf(this, "db-instance");
    const burstable = isBurstable(instanceClass);
    this.size = { ...sizeOf(this, instanceClass, props), identifier, storageGib, burstable };
    this.guarded = deletionProtection;
    this.port = port;
    this.faults = postgresFaults(standby, identifier, Object.keys(props.network.zones).sort());

    const { key, firewall, subnets } = surroundings(this, props);
    this.firewall = firewall;
    const family = { family: `postgres${engineVersion}` };
    this.parameters = instanceParameters(this, family, settingsOf("postgresql", settings.slowQueryMs));
    const logs = logGroups(this, LOGS, { prefix: `instance/${identifier}`, key });
    this.instance = new DbInstance(this, "Resource", {
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
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key,
      iamDatabaseAuthenticationEnabled: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      parameterGroupName: this.parameters.name,
      // Recovery
      backupRetentionPeriod: backupDays,
      backupWindow: settings.backupWindow,
      ...protection(this, identifier, this.guarded, { key, username }),
      // Change
      maintenanceWindow: settings.maintenanceWindow,
      applyImmediately: false,
      allowMajorVersionUpgrade: false,
      autoMinorVersionUpgrade: true,
      // Sight
      ...sight(monitoringRole(this), key),
      enabledCloudwatchLogsExports: LOGS,
      // Experiments find it by its name.
      tags: { Name: identifier },
      dependsOn: logs,
      lifecycle: { preventDestroy: this.guarded },
    });
    if (backupsIn !== undefined) replicateBackups(this, this.instance.arn, backupsIn, backupDays);
    const source = { type: "db-instance", identifier: this.instance.identifier, categories: EVENTS } as const;
    if (props.eventTopic !== undefined) subscribeEvents(this, source, props.eventTopic);
    this.restorable = {
      identifier,
      instanceClass,
      standby,
      storageGib,
      subnets: subnets.name,
      parameters: this.parameters.name,
      securityGroup: firewall.group.name,
      stack: TerraformStack.of(this).node.id,
      address: addressOf(this.instance),
      region: placeOf(this).region,
      backupsIn,
    };
  }

  /** What other firewalls name as their peer. */
  get securityGroupId(): string {
    return this.firewall.securityGroupId;
  }

  /** Lets a peer connect, over TLS. */
  allowFrom(peer: Peer, why: string): void {
    this.firewall.allowFrom(peer, this.port, why);
  }

  /** What a `ConnectionPool` needs to know. */
  get pooled(): Poolable["pooled"] {
    return {
      engine: "postgresql",
      target: { instance: this.instance.identifier },
      maxConnections: maxConnections("postgresql", this.size.memoryGib),
      secret: { arn: this.instance.masterUserSecret.get(0).secretArn, key: this.instance.kmsKeyId },
    };
  }

  get signals() {
    return postgresSignals(this.size);
  }

  get recovers() {
    return postgresRecovers(this.restorable);
  }

  get sla() {
    return postgresSla(this.restorable.standby);
  }

  get protects(): readonly Protected[] {
    return [{ type: "RDS", arn: this.instance.arn, backUp: true, by: protectedBy(this.guarded) }];
  }
}
