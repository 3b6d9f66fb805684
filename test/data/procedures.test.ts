import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Procedures } from "../../lib/core";
import { Aurora, Postgres } from "../../lib/data";
import { Config, network, synth } from "../synth";

const OTHER = { "eu-central-1a": { private: "subnet-x" }, "eu-central-1b": { private: "subnet-y" } };

const MADE: Record<string, (stack: TerraformStack) => { readonly procedures: Procedures; readonly signals: object }> = {
  Postgres: (stack) => new Postgres(stack, "orders", { network: network() }),
  "Aurora PostgreSQL": (stack) => new Aurora(stack, "orders", { engine: "postgresql", network: network() }),
  "Aurora MySQL": (stack) => new Aurora(stack, "orders", { engine: "mysql", network: network() }),
  "a global Aurora": (stack) =>
    new Aurora(stack, "orders", {
      engine: "postgresql",
      network: network(),
      globalWith: { region: "eu-central-1", network: { vpcId: "vpc-2", zones: OTHER } },
      password: new TerraformVariable(stack, "password", { type: "string", sensitive: true }).stringValue,
    }),
};

function declared(name: string) {
  let signals!: object;
  const { manifest } = synth((stack) => ({ signals } = MADE[name](stack)));
  const { procedures = {} } = manifest.constructs.find(({ path }) => path === "test/orders")!;
  return { procedures, signals };
}

/** All that can be pasted. */
function pasted({ procedures }: ReturnType<typeof declared>): string[] {
  return Object.values(procedures).flatMap(({ steps }) => steps.flatMap(({ sh = "", sql = "" }) => [sh, sql]));
}

test.each(Object.keys(MADE))("what is pasted for %s names the database, and no expression of Terraform", (name) => {
  const made = declared(name);
  expect(JSON.stringify(made.procedures)).not.toContain("${");
  const commands = pasted(made).filter((text) => text.includes("aws rds"));
  expect(commands.length).toBeGreaterThan(2);
  for (const command of commands) expect(command).toContain("test-orders");
});

test.each(Object.keys(MADE))("no procedure of %s has the name of a signal, whose page it would take", (name) => {
  const { procedures, signals } = declared(name);
  expect(Object.keys(procedures).filter((each) => each in signals)).toEqual([]);
});

test.each(Object.keys(MADE))(
  "the schema of %s grows before it shrinks, and a snapshot comes before what is dropped",
  (name) => {
    const { steps } = declared(name).procedures.schemaMigration;
    const at = (text: string) => steps.findIndex(({ sh = "", sql = "" }) => (sh + sql).includes(text));
    expect(at("ADD COLUMN")).toBe(0);
    expect(at("DROP COLUMN")).toBe(steps.length - 1);
    expect(at("snapshot")).toBe(steps.length - 2);
  },
);

test.each([
  ["Postgres", ["majorUpgrade", "blueGreenUpgrade", "logicalReplicationUpgrade", "bloat"]],
  ["Aurora PostgreSQL", ["majorUpgrade", "bloat"]],
  ["Aurora MySQL", ["majorUpgrade"]],
])("%s has a way to another version, and pages for locks, indexes and what is dead", (name, own) => {
  const names = Object.keys(declared(name).procedures);
  expect(names).toEqual(expect.arrayContaining(["lockContention", "missingIndexes", ...own]));
});

test("MySQL is asked in its own words", () => {
  const sql = pasted(declared("Aurora MySQL")).join("\n");
  expect(sql).not.toMatch(/pg_|CONCURRENTLY|ANALYZE;/);
  expect(sql).toContain("ALGORITHM = INSTANT");
});

test("a global database is upgraded as a whole", () => {
  const upgrade = pasted(declared("a global Aurora")).find((text) => text.includes("modify-global-cluster"));
  expect(upgrade).toContain("--global-cluster-identifier test-orders-global");
  expect(pasted(declared("Aurora PostgreSQL")).join()).not.toContain("modify-global-cluster");
});

test("the password is taken over for blue and green as the page says", () => {
  const stack = synth((scope) => {
    const { stringValue } = new TerraformVariable(scope, "password", { type: "string", sensitive: true });
    const database = new Postgres(scope, "orders", { network: network() });
    database.instance.resetManageMasterUserPassword();
    database.instance.resetMasterUserSecretKmsKeyId();
    database.instance.passwordWo = stringValue;
    database.instance.passwordWoVersion = 1;
  });
  const instance = stack.the(DbInstance);
  expect(instance).toMatchObject({ password_wo: "${var.password}", password_wo_version: 1 });
  expect(Object.keys(instance).filter((key) => key.includes("master"))).toEqual([]);
});

test("others can follow what is written where that is asked for, after a restart", () => {
  const setting = (logicalReplication?: boolean) =>
    synth((scope) => new Postgres(scope, "orders", { network: network(), logicalReplication }))
      .the(DbParameterGroup)
      .parameter.filter(({ name }: Config) => name === "rds.logical_replication");
  expect(setting(true)).toEqual([{ name: "rds.logical_replication", value: "1", apply_method: "pending-reboot" }]);
  expect(setting()).toEqual([]);
});

test.each([
  ["Postgres", (stack: TerraformStack) => new Postgres(stack, "orders", { network: network() })],
  ["Aurora", (stack: TerraformStack) => new Aurora(stack, "orders", { engine: "mysql", network: network() })],
])("each question to the logs of %s is asked where they are", (_, make) => {
  const { manifest, json } = synth((stack) => void make(stack));
  const there = Object.values(json.resource.aws_cloudwatch_log_group as Config).map(({ name }) => name);
  const { queries = {} } = manifest.constructs.find(({ path }) => path === "test/orders")!;
  expect(Object.keys(queries)).toEqual(["slowStatements", "lockWaits", "errors"]);
  for (const { logGroups } of Object.values(queries)) {
    for (const group of logGroups) expect(there).toContain(group);
  }
});
