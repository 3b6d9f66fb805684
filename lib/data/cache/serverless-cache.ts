import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Construct } from "constructs";
import { Dependable, Protected, Recoverable, Stateful, Watchable } from "../../core/declarations";
import { requireForm, requireKnown, requireOneOf, requireWhole } from "../../core/guard";
import { register } from "../../core/hook";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { Statement } from "../../parts/policy";
import { PORT, shelter } from "./cache-group";
import { CacheTerms, termsOf } from "./cache-plan";
import { CacheEngine, ServerlessCacheProps } from "./cache-props";
import { cacheSla, notBackedUp } from "./cache-recovery";
import { mayConnect, userGroup } from "./cache-users";
import { serverlessRecovers } from "./serverless-cache-recovery";
import { MOST_ECPU, MOST_GB, WatchedServerless, serverlessSignals } from "./serverless-cache-signals";

/** Major versions of each engine that take users who sign in by IAM, the newest first. */
const VERSIONS: Readonly<Record<CacheEngine, readonly string[]>> = { valkey: ["8", "7"], redis: ["7"] };

/**
 * A cache without nodes, over the zones of its network: it grows and shrinks with what it is asked, up to a bound on cost.
 *
 * Always: encrypted, out of reach of the internet, TLS only, each user signs in by IAM; daily snapshots for the posture's
 * days. Clients must speak cluster mode. When it is full, keys with an expiry go, whatever it holds. Neither a log nor an
 * experiment is there, and no final snapshot.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.corecomponents.html
 */
export class ServerlessCache extends BehindFirewall implements Watchable, Recoverable, Dependable, Stateful {
  readonly cache: ElasticacheServerlessCache;
  readonly firewall: Firewall;
  readonly port = PORT;
  private readonly terms: CacheTerms;
  private readonly watched: WatchedServerless;
  private readonly majorEngineVersion: string;

  constructor(scope: Construct, id: string, props: ServerlessCacheProps) {
    super(scope, id);
    register(this, props, "ServerlessCacheProps");
    this.terms = termsOf(this, props);
    const { engine, users, guarded, backupDays, holds } = this.terms;
    const { maxGb, maxEcpuPerSecond, dailySnapshotTime = "03:00", slowReadMs = 10 } = props;
    const { majorEngineVersion = VERSIONS[engine][0] } = props;
    for (const [prop, got] of Object.entries({ maxGb, maxEcpuPerSecond, slowReadMs })) requireKnown(this, prop, got);
    requireWhole(this, "maxGb", maxGb, 1, MOST_GB);
    requireWhole(this, "maxEcpuPerSecond", maxEcpuPerSecond, 1000, MOST_ECPU);
    requireWhole(this, "slowReadMs", slowReadMs, 1, 60_000);
    requireOneOf(this, "majorEngineVersion", majorEngineVersion, VERSIONS[engine]);
    requireForm(this, "dailySnapshotTime", dailySnapshotTime, /^([01]\d|2[0-3]):[0-5]\d$/, "hh:mm in UTC");

    this.majorEngineVersion = majorEngineVersion;
    const name = nameOf(this, "cache");
    const { key, firewall, subnetIds } = shelter(this, props, []);
    this.firewall = firewall;
    const group = userGroup(this, { cache: this, engine, users });
    this.watched = {
      name,
      maxGb,
      maxEcpuPerSecond,
      slowReadMs,
      userGroup: nameOf(this, "cache", "users", engine),
      data: holds === "data",
    };
    this.cache = new ElasticacheServerlessCache(this, "Resource", {
      name,
      description: `cache ${this.node.path}`,
      engine,
      majorEngineVersion,
      cacheUsageLimits: [
        { dataStorage: [{ maximum: maxGb, unit: "GB" }], ecpuPerSecond: [{ maximum: maxEcpuPerSecond }] },
      ],
      // Access
      subnetIds,
      securityGroupIds: [firewall.securityGroupId],
      userGroupId: group.userGroupId,
      kmsKeyId: key,
      // Recovery
      snapshotRetentionLimit: backupDays,
      dailySnapshotTime,
      tags: { Name: name },
      lifecycle: { preventDestroy: guarded },
    });
  }

  /** Where clients connect. */
  get endpoint(): string {
    return this.cache.endpoint.get(0).address;
  }

  /** What the role of a client needs to sign in as one of `users`; the network must let it, too. */
  mayConnect(user?: string): Statement {
    return mayConnect(this, Object.keys(this.terms.users), [this.cache.arn], user);
  }

  get signals() {
    return serverlessSignals(this.watched);
  }

  get recovers() {
    const { watched, terms, majorEngineVersion } = this;
    return serverlessRecovers({ ...watched, ...terms, majorEngineVersion, region: placeOf(this).region });
  }

  get sla() {
    return cacheSla("without nodes, over several zones");
  }

  get protects(): readonly Protected[] {
    const { holds, backupDays, guarded } = this.terms;
    const by = guarded ? ["prevent_destroy"] : [];
    return [{ type: "ElastiCache", arn: this.cache.arn, backUp: notBackedUp(holds, backupDays), by }];
  }
}
