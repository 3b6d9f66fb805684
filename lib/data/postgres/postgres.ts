import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
  Fenceable,
  Procedural,
  Protected,
  Queryable,
  Recoverable,
  Stateful,
  Watchable,
} from "../../core/declarations";
import { register } from "../../core/hook";
import { postureOf } from "../../core/posture";
import { requireKind } from "../../core/props";
import { addressOf } from "../../core/resolve";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { Poolable } from "../connection-pool/connection-pool-props";
import { maxConnections } from "../rds/max-connections";
import { replicateBackups } from "./postgres-backups";
import { postgresPlan } from "./postgres-plan";
import { postgresProcedures } from "./postgres-procedures";
import { PostgresProps } from "./postgres-props";
import {
  RestorablePostgres,
  Site,
  postgresFaults,
  postgresFence,
  postgresRecovers,
  postgresSla,
} from "./postgres-recovery";
import { PostgresReplica, replicaIn, replicaProtects } from "./postgres-replica";
import { definePostgres } from "./postgres-resource";
import { PostgresSize, postgresSignals } from "./postgres-signals";
import { RdsFaults } from "../rds/rds-faults";
import { protectedBy, subscribeEvents } from "../rds/rds-parts";
import { rdsQueries } from "../rds/rds-queries";
import { located } from "../rds/rds-recovery";

/** Events that a topic is told of. */
const EVENTS = ["failover", "failure", "low storage", "maintenance", "recovery"];

/**
 * A PostgreSQL database that survives the loss of a zone, a bad write and a careless delete; with replicated backups or a
 * replica in another region, the loss of its region.
 *
 * By the posture it keeps a standby in another zone, 1 to 35 days of point-in-time recovery and refuses to be deleted.
 * Always: encrypted, out of reach of the internet, TLS only, its storage growing; its password managed, but where a replica
 * follows: AWS refuses replicas and blue/green updates while it manages the password.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
export class Postgres
  extends BehindFirewall
  implements Watchable, Recoverable, Dependable, Stateful, Breakable, Queryable, Procedural, Fenceable, Poolable
{
  readonly instance: DbInstance;
  readonly parameters: DbParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;
  readonly faults: RdsFaults;
  /** In another region, where there is one. */
  readonly replica?: PostgresReplica;
  private readonly size: PostgresSize;
  private restorable: RestorablePostgres;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    register(this, props, "PostgresProps");
    const { standby, deletionProtection } = postureOf(this);
    const plan = postgresPlan(this, props);
    const { size, instanceClass, settings } = plan;
    const { identifier, storageGib } = size;
    const { backupDays, port } = settings;
    const { replicateBackupsTo: backupsIn, replicateTo } = props;
    this.size = size;
    this.guarded = deletionProtection;
    this.port = port;
    this.faults = postgresFaults(standby, identifier, Object.keys(props.network.zones).sort());

    const { instance, group, firewall, subnets, ...made } = definePostgres(this, plan, props, {
      standby,
      guarded: this.guarded,
    });
    this.instance = instance;
    this.parameters = group;
    this.firewall = firewall;
    if (replicateTo) this.replica = replicaIn(this, instance, { ...plan, ...made }, replicateTo);
    if (backupsIn !== undefined) replicateBackups(this, this.instance.arn, backupsIn, backupDays);
    const source = { type: "db-instance", identifier: this.instance.identifier, categories: EVENTS } as const;
    if (props.eventTopic !== undefined) subscribeEvents(this, source, props.eventTopic);
    this.restorable = {
      ...located(this, identifier, firewall),
      instanceClass,
      standby,
      storageGib,
      subnets: subnets.name,
      parameters: this.parameters.name,
      address: addressOf(this.instance),
      backupsIn,
      ...(this.replica && {
        replica: { region: this.replica.region, identifier: this.replica.identifier, backupDays },
      }),
    };
  }

  /** The region that its backups are replicated to. */
  get backupsIn(): string | undefined {
    return this.restorable.backupsIn;
  }

  /** Says where it is restored to when its region is lost; a `RestoreSite` does. */
  restoredAt(site: Site): void {
    requireKind(this, "site", site, "Site");
    this.restorable = { ...this.restorable, site };
  }

  /** What a `ConnectionPool` needs to know. */
  get pooled(): Poolable["pooled"] {
    return {
      engine: "postgresql",
      target: { instance: this.instance.identifier },
      maxConnections: maxConnections("postgresql", this.size.memoryGib),
      ...(!this.replica && {
        secret: { arn: this.instance.masterUserSecret.get(0).secretArn, key: this.instance.kmsKeyId },
      }),
    };
  }

  get signals() {
    return postgresSignals(this.size, this.restorable.replica);
  }

  get recovers() {
    return postgresRecovers(this.restorable);
  }

  get fence() {
    return postgresFence(this.restorable);
  }

  get sla() {
    return postgresSla(this.restorable.standby);
  }

  get queries() {
    return rdsQueries("postgresql", `instance/${this.size.identifier}`);
  }

  get procedures() {
    return postgresProcedures(this.restorable);
  }

  get protects(): readonly Protected[] {
    const by = protectedBy(this.guarded);
    return [
      { type: "RDS", arn: this.instance.arn, name: this.instance.identifierInput, backUp: true, by },
      ...replicaProtects(this.replica, by),
    ];
  }
}
