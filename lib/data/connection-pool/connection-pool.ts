import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Recoverable, Watchable } from "../../core/declarations";
import {
  requireBetween,
  requireDuration,
  requireKnown,
  requireOneOf,
  requireThat,
  requireWhole,
} from "../../core/guard";
import { register } from "../../core/hook";
import { nameOf } from "../../core/naming";
import { placeOf } from "../../core/place";
import { Recoveries, Recovery } from "../../core/recovery";
import { judge } from "../../core/verdict";
import { BehindFirewall } from "../../parts/behind-firewall";
import { Firewall } from "../../parts/firewall";
import { Statement } from "../../parts/policy";
import { serviceRole } from "../../parts/service-role";
import { dataSubnets } from "../../parts/zones";
import { ConnectionPoolProps, PoolLoad, PoolSecret, Poolable } from "./connection-pool-props";
import { WatchedPool, poolSignals } from "./connection-pool-signals";
import { ENGINES } from "../rds/rds-settings";

/** What RDS Proxy calls each engine, and how clients of it prove a password. */
const FAMILIES = {
  postgresql: { engineFamily: "POSTGRESQL", clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256" },
  mysql: { engineFamily: "MYSQL", clientPasswordAuthType: "MYSQL_NATIVE_PASSWORD" },
} as const;

/** A pool keeps nothing, and stands in several zones. */
const OTHERS: Recovery = {
  mechanism: "the pool in the other zones",
  rpo: { value: "0 seconds", basis: "configured", source: "a pool keeps no data" },
  rto: { value: "30 seconds", basis: "assumed", source: "clients connect again; a game day measures it" },
  selfHealing: true,
};

/**
 * Connections to a database that many clients share, by RDS Proxy: so many instances or functions that the database would
 * run out of connections, and a failover in which they keep theirs.
 *
 * What connects at full scale is reckoned against what the database lets in. TLS only, in two zones or more; the pool
 * reads the secrets that it is given and nothing else, and writes no statements to its logs.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
 */
export class ConnectionPool extends BehindFirewall implements Watchable, Recoverable {
  readonly proxy: DbProxy;
  readonly targets: DbProxyDefaultTargetGroup;
  readonly firewall: Firewall;
  /** The port of the engine, whatever that of the database is. */
  readonly port: number;
  private readonly watched: WatchedPool;

  constructor(scope: Construct, id: string, props: ConnectionPoolProps) {
    super(scope, id);
    register(this, props, "ConnectionPoolProps");
    const { of, network, load, signIn = "password" } = props;
    const { maxConnectionsPercent = 80, maxIdleConnectionsPercent = Math.floor(maxConnectionsPercent / 2) } = props;
    const { borrowTimeout = "10 seconds", idleClientTimeout = "30 minutes" } = props;
    const secrets = props.secrets ?? (of.pooled.secret ? [of.pooled.secret] : []);
    requireWhole(this, "maxConnectionsPercent", maxConnectionsPercent, 1, 100);
    requireWhole(this, "maxIdleConnectionsPercent", maxIdleConnectionsPercent, 0, maxConnectionsPercent);
    requireOneOf(this, "signIn", signIn, ["password", "iam"]);
    requireThat(this, secrets.length > 0, {
      prop: "secrets",
      must: "name at least one, where the database has no managed one",
      got: undefined,
    });
    requireOneOf(this, "of.pooled.engine", of.pooled.engine, Object.keys(FAMILIES));
    this.requireSize(load, of, maxConnectionsPercent);

    const { engine, target } = of.pooled;
    const { engineFamily, clientPasswordAuthType } = FAMILIES[engine];
    const name = nameOf(this, "db-instance");
    this.port = ENGINES[engine].port;
    this.watched = { name, engine, maxConnectionsPercent, clients: load.clients * load.connectionsPerClient };
    this.firewall = new Firewall(this, "firewall", {
      vpcId: network.vpcId,
      description: `connection pool ${this.node.path}`,
    });
    this.firewall.connectTo(of, "connections are pooled");
    // RDS names no account when it takes this role: a condition on one would leave the pool without its secrets.
    const role = serviceRole(this, "role", {
      service: "rds.amazonaws.com",
      namesAccount: false,
      may: reads(secrets, placeOf(this).region),
    });
    this.proxy = new DbProxy(this, "Resource", {
      name,
      engineFamily,
      requireTls: true,
      debugLogging: false,
      idleClientTimeout: requireDuration(this, "idleClientTimeout", idleClientTimeout, "1 second", "8 hours"),
      roleArn: role.arn,
      vpcSubnetIds: dataSubnets(this, network),
      vpcSecurityGroupIds: [this.firewall.securityGroupId],
      auth: secrets.map(({ arn }) => ({
        authScheme: "SECRETS",
        secretArn: arn,
        iamAuth: signIn === "iam" ? "REQUIRED" : "DISABLED",
        ...(signIn === "password" && { clientPasswordAuthType }),
      })),
      // Without its rights it would not come up.
      dependsOn: [this.node.findChild("role-policy") as unknown as ITerraformDependable],
    });
    this.targets = new DbProxyDefaultTargetGroup(this, "targets", {
      dbProxyName: this.proxy.name,
      connectionPoolConfig: {
        maxConnectionsPercent,
        maxIdleConnectionsPercent,
        connectionBorrowTimeout: requireDuration(this, "borrowTimeout", borrowTimeout, "1 second", "5 minutes"),
      },
    });
    new DbProxyTarget(this, "target", {
      dbProxyName: this.proxy.name,
      targetGroupName: this.targets.name,
      ...("cluster" in target ? { dbClusterIdentifier: target.cluster } : { dbInstanceIdentifier: target.instance }),
    });
  }

  /** Where clients connect, in place of the database. */
  get endpoint(): string {
    return this.proxy.endpoint;
  }

  get signals() {
    return poolSignals(this.watched);
  }

  get recovers(): Recoveries {
    return { instance: [OTHERS], zone: [OTHERS] };
  }

  /** Whether each client that is in a transaction has a connection to the database, when all are there. */
  private requireSize(load: PoolLoad, { pooled }: Poolable, percent: number): void {
    const { clients, connectionsPerClient, busyPercent = 100 } = load;
    const { maxConnections } = pooled;
    const numbers = { clients, connectionsPerClient, busyPercent };
    for (const [name, got] of Object.entries(numbers)) requireKnown(this, `load.${name}`, got);
    requireKnown(this, "of.pooled.maxConnections", maxConnections);
    requireWhole(this, "of.pooled.maxConnections", maxConnections, 1, Infinity);
    requireWhole(this, "load.clients", clients, 1, Infinity);
    requireWhole(this, "load.connectionsPerClient", connectionsPerClient, 1, Infinity);
    requireBetween(this, "load.busyPercent", busyPercent, 1, 100);
    const needed = Math.ceil((clients * connectionsPerClient * busyPercent) / 100);
    const there = Math.floor((maxConnections * percent) / 100);
    judge(this, "pool-size", needed <= there, {
      prop: "load",
      must: `need at most ${there} connections at a time, ${percent} % of the ${maxConnections} that the database lets in`,
      got: `${needed}: ${clients} clients × ${connectionsPerClient}, ${busyPercent} % of them busy`,
      mend: "open fewer in each client, state how many are busy, or take a larger class",
    });
  }
}

/** What the pool may read, and decrypt on the way. */
function reads(secrets: readonly PoolSecret[], region: string): Statement[] {
  const keys = [...new Set(secrets.flatMap(({ key }) => key ?? []))];
  const via = { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } };
  return [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: secrets.map(({ arn }) => arn),
    },
    ...(keys.length > 0
      ? [{ Sid: "DecryptThem", Effect: "Allow", Action: "kms:Decrypt", Resource: keys, Condition: via } as const]
      : []),
  ];
}
