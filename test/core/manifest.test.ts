import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { Alarms } from "../../lib/alerting";
import { Postgres } from "../../lib/data";
import { network, synth } from "../synth";

const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/manifest.schema.json"), "utf8"));

function orders() {
  return synth((stack) => {
    const database = new Postgres(stack, "database", { network: network() });
    const notify = {
      page: "arn:aws:sns:eu-west-1:111122223333:page",
      ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
    };
    new Alarms(stack, "alarms", { notify }).watch(database, { cpu: { page: 98 } });
  }).manifest;
}

test("the manifest fits its published schema", () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(orders());
  expect(validate.errors).toBeNull();
});

test("the schema refuses what is no manifest", () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(validate({ ...orders(), version: 2 })).toBe(false);
  expect(validate({ ...orders(), alarms: [{ name: "x" }] })).toBe(false);
});

test("known values are written out, what AWS assigns is named by address and attribute", () => {
  const [database] = orders().constructs.filter(({ path }) => path === "test/database");
  expect(database.signals!.cpu).toMatchObject({
    measure: { metric: { dimensions: { DBInstanceIdentifier: "test-database" } } },
  });
  expect(database.protects![0].arn).toEqual({
    address: expect.stringMatching(/^aws_db_instance\.database_\w+$/),
    attribute: "arn",
  });
});

test("no process-local token is left in it", () => {
  expect(JSON.stringify(orders())).not.toMatch(/TfToken|\$\{/);
});

test("it tells the way of one threshold from the signal to the alarm", () => {
  const { alarms, constructs } = orders();
  expect(constructs[0].kept).toEqual({ watched: "test/alarms" });
  expect(alarms).toContainEqual({
    name: "test-database-cpu-page",
    address: expect.stringMatching(/^aws_cloudwatch_metric_alarm\.database_alarms_cpu-page_\w+$/),
    path: "test/database",
    signal: "cpu",
    urgency: "page",
    threshold: 98,
    seconds: 900,
    notifies: true,
  });
});

test("every figure stands in it with its basis and its source", () => {
  const { figures } = orders();
  expect(figures).toContainEqual({
    path: "test/database",
    of: "recovers.zone.Multi-AZ failover.rto",
    value: "120 seconds",
    basis: "vendor-typical",
    source: expect.stringMatching(/^https:\/\/docs\.aws/),
  });
  expect(figures.find(({ of }) => of === "sla")).toMatchObject({ value: 99.95, basis: "sla", asOf: "2026-11-01" });
  expect(figures.every(({ source }) => source.length > 0)).toBe(true);
});
