import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Backups, RestoreProof, RestoreQuery } from "../../lib/recovery";
import { Config, network, synth } from "../synth";
import { Ledger } from "./ledger";
import { load } from "../tools";

type Connect = (at: Config, statement: string) => Promise<number>;
type Doors = { connect: Connect; sleep: () => Promise<void> };

const { ask } = load<{
  ask(id: string, query: Config, aws: unknown, doors: Doors): Promise<{ proven: boolean; why: string }>;
}>("../lib/recovery/functions/restore-query.js");

const QUERY = { rows: "select 1 from orders", atLeast: 3 };
const INSTANCE = {
  DBInstanceStatus: "available",
  Engine: "postgres",
  MasterUsername: "master",
  DBName: "orders",
  Endpoint: { Address: "test-1.eu-west-1.rds.amazonaws.com", Port: 5432 },
};

/** A restored instance that takes connections, answers or refuses as it is told, one answer a connection. */
function restored(
  answers: readonly (number | string)[],
  instance: Config = INSTANCE,
  query: Config = QUERY,
  states: string[] = [],
) {
  const calls: [string, Config][] = [];
  const asked: { at: Config; statement: string }[] = [];
  let paused = 0;
  const aws = async (_: string, operation: string, input: Config) => {
    calls.push([operation, input]);
    return { DBInstances: [{ ...instance, DBInstanceStatus: states.shift() ?? instance.DBInstanceStatus }] };
  };
  const connect = async (at: Config, statement: string) => {
    asked.push({ at, statement });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (typeof answer === "number") return answer;
    throw Object.assign(new Error(`refused with ${answer}`), { code: answer });
  };
  const verdict = ask("test-1", query, aws, { connect, sleep: async () => void paused++ });
  return { verdict, calls, asked, paused: () => paused };
}

test.each([
  [3, true],
  [2, false],
])("of at least 3 rows, %d are a proof: %s", async (found, proven) => {
  const why = `test-1 finds ${found} rows of at least 3`;
  expect(await restored([found]).verdict).toEqual({ proven, why });
});

test("it gets a password that nobody has had before, and is asked with it", async () => {
  const [one, two] = [restored([3]), restored([3])];
  await Promise.all([one.verdict, two.verdict]);
  const [operation, input] = one.calls[1];
  expect(operation).toBe("ModifyDBInstance");
  expect(input).toEqual({
    DBInstanceIdentifier: "test-1",
    MasterUserPassword: expect.stringMatching(/^[0-9a-f]{48}$/),
    ApplyImmediately: true,
  });
  expect(two.calls[1][1].MasterUserPassword).not.toBe(input.MasterUserPassword);
  expect(one.asked[0]).toEqual({
    at: {
      host: "test-1.eu-west-1.rds.amazonaws.com",
      port: 5432,
      user: "master",
      password: input.MasterUserPassword,
      database: "orders",
    },
    statement: "select count(*)::float8 as count from (select 1 from orders) as asked",
  });
});

test.each([
  ["the one that is named", { ...QUERY, database: "books" }, INSTANCE, "books"],
  ["the first one where an instance was made without", QUERY, { ...INSTANCE, DBName: undefined }, "postgres"],
])("it asks another database: %s", async (_, query, instance, database) => {
  const { verdict, asked } = restored([3], instance, query);
  await verdict;
  expect(asked[0].at.database).toBe(database);
});

test("it waits until the new password holds, and the server listens", async () => {
  const { verdict, asked, paused } = restored(["28P01", "ECONNREFUSED", "57P03", 3]);
  expect((await verdict).proven).toBe(true);
  expect([asked.length, paused()]).toEqual([4, 3]);
});

test("it waits until a new instance takes changes", async () => {
  const { verdict, calls, paused } = restored([3], INSTANCE, QUERY, ["backing-up", "modifying"]);
  expect((await verdict).proven).toBe(true);
  expect(calls.map(([operation]) => operation)).toEqual([
    "DescribeDBInstances",
    "DescribeDBInstances",
    "DescribeDBInstances",
    "ModifyDBInstance",
  ]);
  expect(paused()).toBe(2);
});

test("an instance that never settles gets no new password, and no verdict", async () => {
  const { verdict, calls } = restored([3], { ...INSTANCE, DBInstanceStatus: "modifying" });
  await expect(verdict).rejects.toThrow("test-1 is still modifying");
  expect(calls.map(([operation]) => operation)).not.toContain("ModifyDBInstance");
});

test("it does not wait for ever, and then there is no verdict", async () => {
  const { verdict, asked } = restored(["28P01"]);
  await expect(verdict).rejects.toThrow("refused with 28P01");
  expect(asked).toHaveLength(30);
});

test("what it cannot explain is no verdict", async () => {
  await expect(restored(["SELF_SIGNED_CERT_IN_CHAIN"]).verdict).rejects.toThrow("refused with SELF_SIGNED");
});

test.each(["42P01", "3D000"])("a table or a database that was not restored (%s) is no proof", async (code) => {
  expect(await restored([code]).verdict).toEqual({ proven: false, why: `test-1 says refused with ${code}` });
});

test("an instance of another engine is not asked, and keeps its password", async () => {
  const { verdict, calls } = restored([], { ...INSTANCE, Engine: "mysql" });
  expect(await verdict).toEqual({ proven: true, why: "test-1 is there; mysql is not asked" });
  expect(calls).toHaveLength(1);
});

const asking = (query: RestoreQuery) =>
  synth((stack) => {
    const of = new Backups(stack, "backups", { of: [new Ledger(stack, "ledger", "RDS")] });
    new RestoreProof(stack, "proof", { of, network: network(), query });
  });

test("the validator stands in private subnets and trusts the certificates of RDS", () => {
  expect(asking({ rows: "select 1" }).at(LambdaFunction, "proof/validator/Resource")).toMatchObject({
    vpc_config: {
      subnet_ids: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
      security_group_ids: [expect.stringContaining("aws_security_group.proof_validator-firewall_")],
    },
    environment: { variables: { NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem" } },
    timeout: 900,
  });
});

test("it is the only one that reaches a restored database, and else reaches AWS alone", () => {
  const stack = asking({ rows: "select 1", port: 6432 });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    security_group_id: expect.stringContaining("aws_security_group.proof_restored_"),
    referenced_security_group_id: expect.stringContaining("aws_security_group.proof_validator-firewall_"),
    from_port: 6432,
    to_port: 6432,
  });
  const out = Object.values(stack.all(VpcSecurityGroupEgressRule));
  expect(out.map(({ from_port, cidr_ipv4 }) => [from_port, cidr_ipv4])).toEqual([
    [443, "0.0.0.0/0"],
    [6432, undefined],
  ]);
});

test("it resets the password of what carries the tag of a restore test, and of no other database", () => {
  const { Statement } = JSON.parse(
    asking({ rows: "select 1" }).at(IamRolePolicy, "proof/validator/role-policy").policy,
  );
  expect((Statement as Config[]).filter(({ Action }) => Action === "rds:ModifyDBInstance")).toEqual([
    expect.objectContaining({
      Resource: "arn:aws:rds:eu-west-1:111122223333:db:*",
      Condition: { Null: { "aws:ResourceTag/awsbackup-restore-test": "false" } },
    }),
  ]);
});

test("it is told the query, which must find a row where nobody says how many", () => {
  const { input_template } = asking({ rows: "select 1 from orders", database: "books" }).at(
    CloudwatchEventTarget,
    "proof/validator/target",
  ).input_transformer;
  expect(JSON.parse(input_template.replace("<detail>", "{}")).data.query).toEqual({
    rows: "select 1 from orders",
    atLeast: 1,
    database: "books",
  });
});
