import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { Dependable, Protected, Recoverable, Stateful, Watchable } from "../core/declarations";
import { requireForm, requireKnown, requireOneOf, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Peer } from "../core/network";
import { postureOf } from "../core/posture";
import { Firewall } from "../parts/firewall";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { logGroup } from "../parts/log-group";
import { serviceRole } from "../parts/service-role";
import { InstanceSize, isBurstable, sizeOf } from "./instance-classes";
import { postgresRecovers, postgresSla } from "./postgres-recovery";
import { PostgresSize, postgresSignals } from "./postgres-signals";
import { finalSnapshot, parameterGroup, subscribeEvents } from "./postgres-parts";
import { PostgresProps } from "./postgres-props";
import { requireWindows } from "./windows";

/**
 * Versions of PostgreSQL that this pattern knows; each has a family of parameters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
const VERSIONS = ["15", "16", "17", "18"];

/** What RDS writes to CloudWatch Logs. */
const LOGS = ["postgresql", "upgrade"];

/**
 * A PostgreSQL database that survives the loss of a zone, a bad write and a careless delete.
 *
 * By the posture it keeps a standby in another zone, 1 to 35 days of point-in-time recovery and refuses to be deleted.
 * Always: encrypted, out of reach of the internet, TLS only, its password managed, its storage growing.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html
 */
export class Postgres extends Construct implements Watchable, Recoverable, Dependable, Stateful {
  readonly instance: DbInstance;
  readonly parameters: DbParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;
  private readonly size: PostgresSize;
  private readonly standby: boolean;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    register(this);
    const posture = postureOf(this);
    const { instanceClass = "db.m7g.large", storageGib = 100, maxStorageGib = storageGib * 4 } = props;
    const { engineVersion = "17", backupDays = posture.backupDays, username = "dbadmin", port = 5432 } = props;
    const { backupWindow = "03:00-04:00", maintenanceWindow = "sun:04:30-sun:05:30", slowQueryMs = 1000 } = props;
    const zones = Object.entries(props.network.zones).sort(([a], [b]) => (a < b ? -1 : 1));
    requireThat(this, zones.length >= 2, { prop: "network.zones", must: "be at least 2", got: zones.length });
    for (const [prop, got] of Object.entries({ storageGib, engineVersion })) requireKnown(this, prop, got);
    requireWhole(this, "storageGib", storageGib, 20, 65_536);
    requireWhole(this, "maxStorageGib", maxStorageGib, Math.ceil((storageGib * 11) / 10), 65_536, "leave room to grow");
    const major = "name the major version: RDS moves on to newer minor ones by itself, and cannot go back";
    requireOneOf(this, "engineVersion", engineVersion, VERSIONS, major);
    requireWhole(this, "backupDays", backupDays, 1, 35);
    requireForm(
      this,
      "username",
      username,
      /^(?!postgres$|admin$|rdsadmin$)[a-z]\w{0,62}$/i,
      "a name that is not reserved",
    );
    requireWhole(this, "port", port, 1150, 65_535);
    requireWhole(this, "slowQueryMs", slowQueryMs, 1, 2_147_483_647);
    requireWindows(this, backupWindow, maintenanceWindow);

    const identifier = nameOf(this, "db-instance");
    const size: InstanceSize = sizeOf(this, instanceClass, props);
    this.size = { ...size, identifier, storageGib, burstable: isBurstable(instanceClass) };
    this.standby = posture.standby;
    this.guarded = posture.deletionProtection;
    this.port = port;

    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    const key = props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn;
    this.firewall = new Firewall(this, "firewall", {
      vpcId: props.network.vpcId,
      description: `database ${this.node.path}`,
    });
    this.parameters = parameterGroup(this, engineVersion, slowQueryMs);
    const subnets = new DbSubnetGroup(this, "subnets", {
      name: nameOf(this, "db-group"),
      description: `data subnets of ${this.node.path}`,
      subnetIds: zones.map(([, zone]) => zone.data ?? zone.private),
    });
    const logs = LOGS.map((log) =>
      logGroup(this, `log-${log}`, { name: `/aws/rds/instance/${identifier}/${log}`, keyArn: key }),
    );
    this.instance = new DbInstance(this, "Resource", {
      identifier,
      engine: "postgres",
      engineVersion,
      instanceClass,
      port,
      multiAz: this.standby,
      // Storage
      storageType: "gp3",
      allocatedStorage: storageGib,
      maxAllocatedStorage: maxStorageGib,
      storageEncrypted: true,
      kmsKeyId: key,
      // Access
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [this.firewall.securityGroupId],
      publiclyAccessible: false,
      username,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: key,
      iamDatabaseAuthenticationEnabled: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      parameterGroupName: this.parameters.name,
      // Recovery
      backupRetentionPeriod: backupDays,
      backupWindow,
      copyTagsToSnapshot: true,
      deletionProtection: this.guarded,
      deleteAutomatedBackups: !this.guarded,
      skipFinalSnapshot: !this.guarded,
      ...(this.guarded && { finalSnapshotIdentifier: finalSnapshot(this, identifier, { key, username }) }),
      // Change
      maintenanceWindow,
      applyImmediately: false,
      allowMajorVersionUpgrade: false,
      autoMinorVersionUpgrade: true,
      // Sight
      monitoringInterval: 60,
      monitoringRoleArn: serviceRole(this, "monitoring", {
        service: "monitoring.rds.amazonaws.com",
        managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
      }).arn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: key,
      performanceInsightsRetentionPeriod: 7,
      enabledCloudwatchLogsExports: LOGS,
      dependsOn: logs,
      lifecycle: { preventDestroy: this.guarded },
    });
    if (props.eventTopic !== undefined) subscribeEvents(this, this.instance.identifier, props.eventTopic);
  }

  /** What other firewalls name as their peer. */
  get securityGroupId(): string {
    return this.firewall.securityGroupId;
  }

  /** Lets a peer connect, over TLS. */
  allowFrom(peer: Peer, why: string): void {
    this.firewall.allowFrom(peer, this.port, why);
  }

  get signals() {
    return postgresSignals(this.size);
  }

  get recovers() {
    return postgresRecovers(this.standby, this.size.storageGib);
  }

  get sla() {
    return postgresSla(this.standby);
  }

  get protects(): readonly Protected[] {
    const by = this.guarded ? ["deletion_protection", "prevent_destroy", "final snapshot"] : [];
    return [{ type: "RDS", arn: this.instance.arn, backUp: true, by }];
  }
}
