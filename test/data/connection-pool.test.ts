import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack } from "cdktf";
import { Posture, Signal } from "../../lib/core";
import { Aurora, ConnectionPool, ConnectionPoolProps, Poolable, Postgres } from "../../lib/data";
import { network, synth } from "../synth";

const LITERAL: Poolable = {
  securityGroupId: "sg-1",
  port: 6432,
  pooled: {
    engine: "postgresql",
    target: { instance: "orders" },
    maxConnections: 1000,
    secret: { arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders" },
  },
};
const LOAD = { clients: 10, connectionsPerClient: 10 };

function pool(props: Partial<ConnectionPoolProps> = {}, of?: (scope: TerraformStack) => Poolable) {
  let made!: ConnectionPool;
  const fill = (scope: TerraformStack) =>
    (made = new ConnectionPool(scope, "pool", {
      of: of ? of(scope) : LITERAL,
      network: network(),
      load: LOAD,
      ...props,
    }));
  return { stack: synth(fill), made };
}

/** What is said of the size. */
function size(props: Partial<ConnectionPoolProps>, of?: (scope: TerraformStack) => Poolable) {
  const { verdicts } = pool(props, of).stack.manifest;
  return verdicts.find(({ safeguard }) => safeguard === "pool-size")!;
}

test("it stands in every zone, takes TLS only, and writes no statements to its logs", () => {
  expect(pool().stack.the(DbProxy)).toMatchObject({
    name: "test-pool",
    engine_family: "POSTGRESQL",
    require_tls: true,
    debug_logging: false,
    idle_client_timeout: 1800,
    vpc_subnet_ids: ["subnet-data-a", "subnet-data-b", "subnet-data-c"],
  });
});

test("clients reach it at the port of the engine, and it reaches the database at the port of the database", () => {
  const stack = synth((scope) => {
    const made = new ConnectionPool(scope, "pool", { of: LITERAL, network: network(), load: LOAD });
    made.allowFrom({ securityGroupId: "sg-2" }, "orders are stored here");
  });
  expect(stack.at(VpcSecurityGroupIngressRule, "pool/firewall/from-5432-orders-are-stored-here")).toMatchObject({
    from_port: 5432,
    referenced_security_group_id: "sg-2",
  });
  expect(stack.the(VpcSecurityGroupEgressRule)).toMatchObject({
    from_port: 6432,
    referenced_security_group_id: "sg-1",
  });
  expect(stack.at(VpcSecurityGroupIngressRule, "pool/firewall/into-6432-connections-are-pooled")).toMatchObject({
    security_group_id: "sg-1",
    from_port: 6432,
  });
});

test("it leaves connections to people and migrations, and says soon that there is none", () => {
  const config = (props: Partial<ConnectionPoolProps>) =>
    pool(props).stack.the(DbProxyDefaultTargetGroup).connection_pool_config;
  expect(config({})).toMatchObject({
    max_connections_percent: 80,
    max_idle_connections_percent: 40,
    connection_borrow_timeout: 10,
  });
  expect(config({ maxConnectionsPercent: 51, borrowTimeout: "2 minutes" })).toMatchObject({
    max_connections_percent: 51,
    max_idle_connections_percent: 25,
    connection_borrow_timeout: 120,
  });
});

test("it signs in with the password that RDS manages, and may read nothing else", () => {
  const { stack } = pool({}, (scope) => new Postgres(scope, "database", { network: network() }));
  const secret = expect.stringMatching(/^\$\{aws_db_instance\.database_\w+\.master_user_secret\[0\]\.secret_arn\}$/);
  expect(stack.the(DbProxy).auth).toEqual([
    {
      auth_scheme: "SECRETS",
      secret_arn: secret,
      iam_auth: "DISABLED",
      client_password_auth_type: "POSTGRES_SCRAM_SHA_256",
    },
  ]);
  const { Statement } = JSON.parse(stack.the(IamRolePolicy).policy);
  expect(Statement).toMatchObject([
    { Action: "secretsmanager:GetSecretValue", Resource: [secret] },
    {
      Action: "kms:Decrypt",
      Resource: [expect.stringContaining("aws_db_instance.database_")],
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
    },
  ]);
  expect(stack.the(DbProxy).depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy\.pool_role-policy_\w+$/)]);
});

test("RDS takes its role without naming an account, so the role asks for none", () => {
  const [{ Principal, Condition }] = JSON.parse(pool().stack.the(IamRole).assume_role_policy).Statement;
  expect([Principal, Condition]).toEqual([{ Service: "rds.amazonaws.com" }, undefined]);
});

test("it can sign in as other users, and clients by their role", () => {
  const secrets = ["a", "b"].map((name) => ({ arn: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}` }));
  const { stack } = pool({ secrets, signIn: "iam" });
  expect(stack.the(DbProxy).auth).toEqual(
    secrets.map(({ arn }) => ({ auth_scheme: "SECRETS", secret_arn: arn, iam_auth: "REQUIRED" })),
  );
  const { Statement } = JSON.parse(stack.the(IamRolePolicy).policy);
  expect(Statement).toHaveLength(1);
  expect(Statement[0].Resource).toEqual(secrets.map(({ arn }) => arn));
});

test("a cluster is a target once its first instance is there", () => {
  const { stack } = pool({}, (scope) => new Aurora(scope, "orders", { engine: "mysql", network: network() }));
  expect(stack.the(DbProxy).engine_family).toBe("MYSQL");
  expect(stack.the(DbProxyTarget).db_cluster_identifier).toMatch(
    /^\$\{aws_rds_cluster_instance\.orders_instance-eu-west-1a_\w+\.cluster_identifier\}$/,
  );
});

test("an instance is a target by its identifier", () => {
  const { db_instance_identifier, db_cluster_identifier } = pool().stack.the(DbProxyTarget);
  expect([db_instance_identifier, db_cluster_identifier]).toEqual(["orders", undefined]);
});

test.each<[string, Partial<ConnectionPoolProps>, string]>([
  // 80 % of 1000 are 800.
  ["as many as there are", { load: { clients: 80, connectionsPerClient: 10 } }, "kept"],
  ["one more", { load: { clients: 89, connectionsPerClient: 9 } }, "warned"],
  ["a tenth of ten times as many", { load: { clients: 800, connectionsPerClient: 10, busyPercent: 10 } }, "kept"],
  ["a smaller share", { load: { clients: 80, connectionsPerClient: 10 }, maxConnectionsPercent: 50 }, "warned"],
])("clients at full scale are reckoned against the database: %s", (_, props, outcome) => {
  expect(size(props).outcome).toBe(outcome);
});

test("what a database lets in follows from its size", () => {
  const load = { clients: 100, connectionsPerClient: 10 };
  // 8 GiB / 9531392 bytes = 901 connections, 80 % of which are 720; 16 GiB have twice as many.
  const of = (instanceClass: string) => (scope: TerraformStack) =>
    new Postgres(scope, "database", { network: network(), instanceClass });
  const small = size({ load }, of("db.m7g.large"));
  expect(small).toMatchObject({
    outcome: "warned",
    message: expect.stringContaining("'load' must need at most 720 connections at a time, 80 % of the 901"),
  });
  expect(size({ load }, of("db.m7g.xlarge")).outcome).toBe("kept");
});

test("fails in production on clients that the database cannot take", () => {
  const posture: Partial<Posture> = { enforce: "fail" };
  const fill = (scope: TerraformStack) =>
    new ConnectionPool(scope, "pool", {
      of: LITERAL,
      network: network(),
      load: { clients: 100, connectionsPerClient: 100 },
    });
  expect(() => synth(fill, { posture })).toThrow("open fewer in each client, state how many are busy");
});

test("what is measured is known by the name of the proxy; what it reaches, by its targets, too", () => {
  const { signals } = pool().made;
  expect(signals.database.measure.metric.dimensions).toEqual({
    ProxyName: "test-pool",
    TargetGroup: "default",
    TargetRole: "READ_WRITE",
  });
  expect(signals.clients.measure.metric.dimensions).toEqual({ ProxyName: "test-pool" });
  expect(signals.borrowed.measure.math.metrics.allowed.dimensions).toEqual({ ProxyName: "test-pool" });
});

test("a database out of reach is a page; more clients than were stated are a ticket", () => {
  const { signals } = pool({ load: { clients: 7, connectionsPerClient: 5 } }).made;
  const paged = Object.entries(signals as Record<string, Signal>).filter(([, { page }]) => page !== undefined);
  expect(paged.map(([name]) => name)).toEqual(["database"]);
  expect(signals.clients.ticket).toBe(35);
});

test("a lost zone costs nothing but connections, and it keeps no data to lose", () => {
  const { recovers } = pool().made;
  expect(recovers.zone).toMatchObject([{ selfHealing: true, rpo: { value: "0 seconds", basis: "configured" } }]);
  expect(Object.keys(recovers)).toEqual(["instance", "zone"]);
});

test.each<[string, Partial<ConnectionPoolProps>, string]>([
  ["more than all", { maxConnectionsPercent: 101 }, "'maxConnectionsPercent' must be between 1 and 100, got 101"],
  ["more idle than open", { maxIdleConnectionsPercent: 81 }, "'maxIdleConnectionsPercent' must be between 0 and 80"],
  ["no patience", { borrowTimeout: "0 seconds" }, "'borrowTimeout' must be between 1 second and 5 minutes"],
  ["a day without a word", { idleClientTimeout: "1 day" }, "'idleClientTimeout' must be between 1 second and 8 hours"],
  ["no clients", { load: { clients: 0, connectionsPerClient: 1 } }, "'load.clients' must be at least 1, got 0"],
  [
    "half a connection",
    { load: { clients: 1, connectionsPerClient: 1.5 } },
    "'load.connectionsPerClient' must be a whole number",
  ],
  ["nobody ever busy", { load: { ...LOAD, busyPercent: 0 } }, "'load.busyPercent' must be between 1 and 100, got 0"],
  ["no user", { secrets: [] }, "'secrets' must name at least one"],
  [
    "a database that no proxy speaks to",
    { of: { ...LITERAL, pooled: { ...LITERAL.pooled, engine: "oracle" as "mysql" } } },
    "'of.pooled.engine' must be one of postgresql, mysql, got \"oracle\"",
  ],
  ["another way in", { signIn: "kerberos" as "iam" }, "'signIn' must be one of password, iam"],
  ["one zone", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => pool(props)).toThrow(message);
  expect(() => pool(props)).toThrow(/^test\/pool: /);
});
