import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
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
import { nameOf } from "../../core/naming";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { zonesIn } from "../../parts/zones";
import { defineCluster } from "./aurora-cluster";
import { GlobalDatabase, ROLES, followIn } from "./aurora-global";
import { planOf } from "./aurora-plan";
import { auroraProcedures } from "./aurora-procedures";
import { AuroraProps } from "./aurora-props";
import { auroraFaults, auroraRecovers, auroraSla } from "./aurora-recovery";
import { scaleReaders } from "./aurora-scaling";
import { WatchedAurora, auroraSignals } from "./aurora-signals";
import { RestorableAurora, auroraFence } from "./aurora-steps";
import { Poolable } from "../connection-pool/connection-pool-props";
import { maxConnections } from "../rds/max-connections";
import { protectedBy, subscribeEvents } from "../rds/rds-parts";
import { rdsQueries } from "../rds/rds-queries";
import { located } from "../rds/rds-recovery";

/** Events that a topic is told of. */
const EVENTS = ["failover", "failure", "maintenance"];

/**
 * A cluster of Aurora PostgreSQL or Aurora MySQL that survives the loss of a zone, a bad write and a careless delete; with
 * a global database, the loss of its region.
 *
 * By the posture it keeps a reader in another zone that becomes the writer within a minute, 1 to 35 days of point-in-time
 * recovery, and refuses to be deleted. Clients reach the writer and the readers at two addresses that stay through a
 * failover. Always: encrypted, out of reach of the internet, TLS only, its storage growing; its password managed, but for
 * a global database. MySQL in one region can be wound back in place.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html
 */
export class Aurora
  extends BehindFirewall
  implements Watchable, Recoverable, Dependable, Breakable, Stateful, Queryable, Procedural, Fenceable, Poolable
{
  readonly cluster: RdsCluster;
  /** By zone, with a number from the second one in a zone on. The first is the writer, until a failover. */
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  readonly clusterParameters: RdsClusterParameterGroup;
  /** Of each instance, beside those of the cluster. */
  readonly parameters: DbParameterGroup;
  readonly firewall: Firewall;
  readonly port: number;
  /** The second region, where there is one. */
  readonly global?: GlobalDatabase;
  private readonly watched: WatchedAurora;
  private readonly restorable: RestorableAurora;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: AuroraProps) {
    super(scope, id);
    register(this, props, "AuroraProps");
    const { readerScaling, globalWith, network } = props;
    const plan = planOf(this, props);
    const { settings, readers, engine, memoryGib, backtrackWindow } = plan;
    this.guarded = plan.guarded;
    this.port = settings.port;
    const made = defineCluster(this, plan, (masterUserSecretKmsKeyId) => ({
      masterUsername: settings.username,
      ...(globalWith
        ? { masterPasswordWo: props.password, masterPasswordWoVersion: props.passwordVersion ?? 1 }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId }),
      backtrackWindow,
      ...(globalWith && { lifecycle: { ignoreChanges: ROLES } }),
    }));
    this.cluster = made.cluster;
    this.instances = made.instances;
    this.firewall = made.firewall;
    this.clusterParameters = made.clusterParameters;
    this.parameters = made.parameters;
    if (readerScaling) scaleReaders(this, made, readers, readerScaling);
    if (globalWith) this.global = followIn(this, made, plan, globalWith);
    const source = { type: "db-cluster", identifier: this.cluster.clusterIdentifier, categories: EVENTS } as const;
    if (props.eventTopic !== undefined) subscribeEvents(this, source, props.eventTopic);

    const names = Object.keys(made.instances);
    const backtracks = backtrackWindow !== undefined;
    this.restorable = {
      ...located(this, made.identifier, made.firewall),
      subnets: made.subnets.name,
      clusterParameters: made.clusterParameters.name,
      parameters: made.parameters.name,
      engine,
      readers,
      backtracks,
      instanceClass: plan.instanceClass,
      serverless: plan.serverless,
      sizeGib: plan.sizeGib,
      zones: zonesIn(this, network).map(([zone]) => zone),
      follower: this.global?.standby,
    };
    this.watched = {
      ...this.restorable,
      memoryGib,
      capacity: plan.serverless,
      mostReaders: readerScaling?.max,
      instances: Object.fromEntries(names.map((name) => [name, nameOf(this, "db-instance", name)])),
    };
  }

  /** Where the writer is reached, whichever instance that is. */
  get endpoint(): string {
    return this.cluster.endpoint;
  }

  /** Where the readers are reached, one after the other; the writer, as long as there is none. */
  get readerEndpoint(): string {
    return this.cluster.readerEndpoint;
  }

  /** What a `ConnectionPool` needs to know; it waits for the first instance. */
  get pooled(): Poolable["pooled"] {
    const { engine, memoryGib } = this.watched;
    const [first] = Object.values(this.instances);
    return {
      engine,
      target: { cluster: first.clusterIdentifier },
      maxConnections: maxConnections(engine, memoryGib),
      ...(!this.global && {
        secret: { arn: this.cluster.masterUserSecret.get(0).secretArn, key: this.cluster.kmsKeyId },
      }),
    };
  }

  get signals() {
    return auroraSignals(this.watched);
  }

  get recovers() {
    return auroraRecovers(this.restorable);
  }

  get fence() {
    return auroraFence(this.restorable);
  }

  get sla() {
    return auroraSla(this.restorable.readers);
  }

  get faults() {
    return auroraFaults(this.restorable.readers, this.cluster.arn, this.restorable.zones);
  }

  get queries() {
    const { engine, identifier } = this.watched;
    return rdsQueries(engine, `cluster/${identifier}`);
  }

  get procedures() {
    return auroraProcedures(this.restorable);
  }

  get protects(): readonly Protected[] {
    const by = protectedBy(this.guarded);
    const no = "it follows the cluster that is backed up";
    const follower = this.global?.follower.cluster;
    return [
      { type: "Aurora", arn: this.cluster.arn, name: this.cluster.clusterIdentifierInput, backUp: true, by },
      ...(follower ? [{ type: "Aurora", arn: follower.arn, backUp: { no }, by }] : []),
    ];
  }
}
