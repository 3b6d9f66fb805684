import { Backups, RestoreProof, RestoreProofProps } from "../../lib/recovery";
import { network, synth, synthAll } from "../synth";
import { Ledger } from "./ledger";

const VAULT = "arn:aws:backup:eu-west-1:111122223333:backup-vault:shop";

/** What a construct of somebody who writes JavaScript may say. */
const untyped = (value: unknown) => value as never;

const make = (props: Partial<RestoreProofProps>, types = ["EFS"]) =>
  synth((stack) => new RestoreProof(stack, "proof", { of: { vaultArn: VAULT, types }, ...props }));

test.each<[string, Partial<RestoreProofProps>, string]>([
  [
    "a vault that is none",
    { of: { vaultArn: "shop", types: ["EFS"] } },
    "'of.vaultArn' must be the ARN of a backup vault",
  ],
  ["nothing to restore", { of: { vaultArn: VAULT, types: [] } }, "'of.types' must name at least one type, got []"],
  ["a type twice", { of: { vaultArn: VAULT, types: ["EFS", "EFS"] } }, "'of.types' must name each once"],
  ["an unknown tier", { tier: untyped("gold") }, "'tier' must be one of critical, standard, development"],
  ["an unknown test", { tests: untyped({ daily: {} }) }, "'tests' must be one of weekly, monthly, got \"daily\""],
  ["an hour that is none", { tests: { weekly: { hour: 24 } } }, "'tests.weekly.hour' must be between 0 and 23, got 24"],
  ["no start window", { tests: { weekly: { startHours: 0 } } }, "'tests.weekly.startHours' must be between 1 and 168"],
  [
    "a pick of more than a year",
    { tests: { monthly: { withinDays: 366 } } },
    "'tests.monthly.withinDays' must be between 1 and 365, got 366",
  ],
  ["a pick that is none", { tests: { weekly: { picks: untyped("best") } } }, "'tests.weekly.picks' must be one of"],
  ["no time to look", { validationHours: 0 }, "'validationHours' must be between 1 and 168, got 0"],
  [
    "a silence in which no test comes",
    { unprovenDays: 6 },
    "'unprovenDays' must be between 7 and 400, got 6; a test has to come in between",
  ],
  ["overrides for what is not restored", { overrides: { RDS: {} } }, "'overrides' must be for EFS, got \"RDS\""],
  ["a question without a database", { query: { rows: "select 1" } }, "'query' must come with RDS among what is"],
])("fails on %s", (_, props, message) => {
  expect(() => make(props)).toThrow(message);
  expect(() => make(props)).toThrow(/^test\/proof: /);
});

test.each(["RDS", "Aurora", "DocumentDB", "Neptune"])("fails on %s that would land in the default VPC", (type) => {
  expect(() => make({}, [type])).toThrow(
    `'network' must be given for ${type}, got nothing; restored databases would land in the default VPC`,
  );
});

test.each(["EC2", "FSx"])("fails on %s that nobody says where it lands; told, it is restored", (type) => {
  expect(() => make({}, [type])).toThrow(`'overrides.${type}' must be given, got nothing; say subnet and`);
  expect(() => make({ overrides: { [type]: { subnetId: "subnet-1" } } }, [type])).not.toThrow();
});

test("fails on a type that AWS Backup tests no restore of, and names those that it does", () => {
  expect(() => make({}, ["EFS", "Timestream"])).toThrow(
    /'of' must be of types that AWS Backup tests a restore of: Aurora, .*, S3, got \["Timestream"\]; give the others/,
  );
});

test.each<[string, RestoreProofProps["query"], string]>([
  ["two statements", { rows: "select 1; drop table orders" }, "'query.rows' must be one select, without a semicolon"],
  ["a question that is none", { rows: "delete from orders" }, "'query.rows' must be one select"],
  ["a query that may find nothing", { rows: "select 1", atLeast: 0 }, "'query.atLeast' must be at least 1, got 0"],
  ["a port that is none", { rows: "select 1", port: 0 }, "'query.port' must be between 1 and 65535, got 0"],
])("fails on %s", (_, query, message) => {
  expect(() => make({ query, network: network() }, ["RDS"])).toThrow(message);
});

test("fails on a network in which no database can stand", () => {
  expect(() => make({ network: network("a") }, ["RDS"])).toThrow("'network.zones' must be at least 2, got 1");
});

test("fails on more resources of a type than a selection takes", () => {
  const many = (count: number) =>
    synth((stack) => {
      const of = Array.from({ length: count }, (_, index) => new Ledger(stack, `l${index}`, "EFS"));
      new RestoreProof(stack, "proof", { of: new Backups(stack, "backups", { of }) });
    });
  expect(() => many(31)).toThrow("test/proof: 'of' must hold at most 30 of EFS, got 31; give some of them another");
  expect(() => many(30)).not.toThrow();
});

test("fails on backups of another stack: references would run both ways", () => {
  let of!: Backups;
  expect(() =>
    synthAll({
      data: (stack) => (of = new Backups(stack, "backups", { of: [new Ledger(stack, "ledger", "EFS")] })),
      test: (stack) => new RestoreProof(stack, "proof", { of }),
    }),
  ).toThrow("test/proof: 'of' must stand in test, got \"data/ledger\"");
});
