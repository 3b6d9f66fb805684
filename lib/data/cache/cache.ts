import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Construct } from "constructs";
import {
  Breakable,
  Dependable,
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
import { Statement } from "../../parts/policy";
import { zonesIn } from "../../parts/zones";
import { GlobalDatastore, followIn } from "./cache-global";
import { MadeCache, PORT, defineGroup } from "./cache-group";
import { CachePlan, cachePlan } from "./cache-plan";
import { CacheProps } from "./cache-props";
import { cacheQueries } from "./cache-queries";
import { CacheFaults, cacheFaults } from "./cache-faults";
import { cacheRecovers, cacheSla, notBackedUp } from "./cache-recovery";
import { cacheSignals } from "./cache-signals";
import { cacheProcedures } from "./cache-upgrade";
import { mayConnect } from "./cache-users";
import { finalSnapshot } from "../final-snapshot";
import { located } from "../rds/rds-recovery";

/**
 * A cache of Valkey or Redis OSS that survives the loss of a zone and a careless delete; with a global datastore, the loss
 * of its region.
 *
 * By the posture it keeps a replica in each other zone, one of which takes over within a minute, and 1 to 35 days of daily
 * snapshots. Always: encrypted, out of reach of the internet, TLS only, and no password: each user signs in by IAM, nobody
 * else does. Slow commands and what the engine says are logged.
 *
 * Writes are answered before replicas have them: a failover loses the last ones. What must not be lost belongs in a
 * database.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/BestPractices.html
 */
export class Cache
  extends BehindFirewall
  implements Watchable, Recoverable, Dependable, Breakable, Stateful, Queryable, Procedural
{
  readonly group: ElasticacheReplicationGroup;
  readonly parameters: ElasticacheParameterGroup;
  readonly firewall: Firewall;
  readonly port = PORT;
  /** The second region, where there is one. */
  readonly global?: GlobalDatastore;
  private readonly made: MadeCache;
  private readonly plan: CachePlan;
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    register(this, props, "CacheProps");
    const plan = cachePlan(this, props);
    const { engine, engineVersion, family, shards, nodeType, guarded } = plan;
    this.plan = plan;
    this.zones = zonesIn(this, props.network).map(([zone]) => zone);
    this.parameters = new ElasticacheParameterGroup(this, "parameters", {
      name: nameOf(this, "db-group", "parameters", family),
      family,
      description: `parameters of ${this.node.path}`,
      parameter: Object.entries(plan.parameters).map(([name, value]) => ({ name, value })),
      // A family cannot change in place, and a group in use cannot be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.made = defineGroup(this, { ...plan, cache: this, site: props }, (key) => ({
      engine,
      engineVersion,
      nodeType,
      clusterMode: shards === undefined ? "disabled" : "enabled",
      numNodeGroups: shards,
      parameterGroupName: this.parameters.name,
      atRestEncryptionEnabled: "true",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      // ElastiCache turns it off where another region follows.
      autoMinorVersionUpgrade: String(props.globalWith === undefined),
      ...(guarded && { finalSnapshotIdentifier: finalSnapshot(this, nameOf(this, "cache"), { key }) }),
      // It moves on by itself, and an older one would replace the group.
      lifecycle: { ignoreChanges: ["engine_version"] },
    }));
    this.group = this.made.group;
    this.firewall = this.made.firewall;
    if (props.globalWith) this.global = followIn(this, this.made, plan, props.globalWith);
  }

  /** Where it is written to, whichever node that is; in cluster mode, where clients learn of all nodes. */
  get endpoint(): string {
    const { shards } = this.plan;
    return shards === undefined ? this.group.primaryEndpointAddress : this.group.configurationEndpointAddress;
  }

  /** Where the replicas are read from, one after the other; there is none in cluster mode. */
  get readerEndpoint(): string {
    return this.group.readerEndpointAddress;
  }

  /** What the role of a client needs to sign in as one of `users`; the network must let it, too. */
  mayConnect(user?: string): Statement {
    const follower = this.global?.follower.group;
    return mayConnect(this, Object.keys(this.plan.users), [this.group.arn, ...(follower ? [follower.arn] : [])], user);
  }

  get signals() {
    const { parameters, ...plan } = this.plan;
    const evicts = parameters["maxmemory-policy"] !== "noeviction";
    const { identifier, members } = this.made;
    const userGroup = nameOf(this, "cache", "users", plan.engine);
    return cacheSignals({ ...plan, evicts, members, identifier, userGroup, globalSuffix: this.global?.suffix });
  }

  get recovers() {
    const { identifier } = this.made;
    const { engine, nodeType, shards, replicas } = this.plan;
    const options = [
      `--engine ${engine} --cache-node-type ${nodeType} --cache-parameter-group-name ${this.parameters.name}`,
      shards === undefined
        ? `--num-cache-clusters ${replicas + 1}`
        : `--num-node-groups ${shards} --replicas-per-node-group ${replicas}`,
      ...(replicas > 0 ? ["--automatic-failover-enabled --multi-az-enabled"] : []),
      `--cache-subnet-group-name ${nameOf(this, "db-group")} --transit-encryption-enabled --at-rest-encryption-enabled`,
      `--user-group-ids ${nameOf(this, "cache", "users", engine)}`,
    ].join(" ");
    const follower = this.global && { ...this.global, identifier: this.global.follower.identifier };
    return cacheRecovers({ ...this.plan, ...located(this, identifier, this.firewall), options, follower });
  }

  get sla() {
    return cacheSla(this.plan.replicas > 0 ? "Multi-AZ with automatic failover" : undefined);
  }

  get faults(): CacheFaults {
    const { identifier, zones: held } = this.made;
    return cacheFaults(identifier, this.plan.replicas, { held, all: this.zones });
  }

  get queries() {
    return cacheQueries(this.made.identifier);
  }

  get procedures() {
    const { engine, family, shards } = this.plan;
    const { identifier, region } = located(this, this.made.identifier, this.firewall);
    return cacheProcedures({ identifier, region, engine, family, sharded: shards !== undefined });
  }

  get protects(): readonly Protected[] {
    const { guarded, holds, backupDays } = this.plan;
    const by = guarded ? ["prevent_destroy"] : [];
    const kept = guarded ? ["final snapshot"] : [];
    const type = "ElastiCache";
    const no = "it follows the cache of the first region";
    const follower = this.global?.follower.group;
    return [
      { type, arn: this.group.arn, backUp: notBackedUp(holds, backupDays), by: [...by, ...kept] },
      ...(follower ? [{ type, arn: follower.arn, backUp: { no }, by }] : []),
    ];
  }
}
