import { Construct } from "constructs";
import { Duration, PRODUCTION, PageAlarm, Placement, ServiceGraph, setPosture } from "../../../lib/core";
import { ExperimentSchedule, Experiments, ExperimentsProps, LoadTest, LoadTestProps } from "../../../lib/chaos";
import { Bucket, FileSystem, Postgres, Table } from "../../../lib/data";
import { Network } from "../../../lib/network";
import {
  BackupAudit,
  BackupAuditProps,
  BackupRule,
  Backups,
  BackupsProps,
  Objectives,
  ObjectivesProps,
  RestoreProof,
  RestoreProofProps,
  RestoreTest,
  VaultLock,
} from "../../../lib/recovery";
import fc from "../../property";
import { generated } from "../case";
import {
  atLeast,
  both,
  bucketName,
  key,
  mostly,
  named,
  one,
  otherRegion,
  placement,
  props,
  some,
  text,
  time,
  topic,
  whole,
} from "../values";
import { fleetIn, standing } from "../service-parts";
import { service } from "./concerns";

const keepDays = mostly(fc.constantFrom(30, 33, 35), [0, NaN, 1.5, 400, 40_000]);
/** Days that any of these lie between. */
const shortest = mostly(fc.constantFrom(1, 7), [0, 36, NaN]);
const longest = mostly(fc.constantFrom(3650, 36_500), [7, 36_501, NaN]);

const rule = props<object, BackupRule>(
  {},
  {
    hours: fc.array(whole(0, 23), { minLength: 0, maxLength: 4 }),
    dayOfMonth: whole(1, 28),
    keepDays,
    copyKeepDays: keepDays,
    coldAfterDays: mostly(fc.constant("never" as const), [1, 0, NaN]),
    startWindow: time("1 hour", "1 day"),
    completionWindow: time("8 hours", "5 days", "2 hours"),
  },
);

/** What is backed up, by name. */
const HELD = {
  table: (scope: Construct, id: string) => new Table(scope, id, { partitionKey: { name: "id", type: "S" } }),
  postgres: (scope: Construct, id: string) => new Postgres(scope, id, { network: standing() }),
  bucket: (scope: Construct, id: string) => new Bucket(scope, id),
  files: (scope: Construct, id: string) => {
    return new FileSystem(scope, id, { network: standing(), accessPoints: { all: { uid: 1, gid: 1 } } });
  },
};
type HeldName = keyof typeof HELD;

/** Backups, and who looks at them: restores, and an audit of where they lie. */
const backups = props<{ holds: HeldName[]; proven: boolean; audited: boolean }, Omit<BackupsProps, "of">>(
  {
    holds: mostly(fc.shuffledSubarray(Object.keys(HELD) as HeldName[], { minLength: 1 }), [[]]),
    proven: fc.boolean(),
    audited: fc.boolean(),
  },
  {
    copyTo: otherRegion,
    copyToVault: mostly(text("arn:aws:backup:eu-west-1:444455556666:backup-vault:kept"), [
      "arn:aws:backup:eu-west-1:111122223333:backup-vault:own",
    ]),
    airGapped: fc.record({ minDays: mostly(fc.constant(7), [6, 30, NaN]), maxDays: whole(3650, 36_500) }),
    dataClass: props<{ name: string }, { atLeastDays: number; atMostDays: number }>(
      { name: text("ledger") },
      { atLeastDays: shortest, atMostDays: longest },
    ),
    optIn: fc.boolean(),
    eventTopic: topic,
    tier: one("critical", "standard", "development"),
    rules: props<object, { daily: object; monthly: object; hourly: object; continuous: object }>(
      {},
      { daily: rule, monthly: rule, hourly: rule, continuous: rule },
    ) as fc.Arbitrary<NonNullable<BackupsProps["rules"]>>,
    lock: fc.oneof(
      fc.record({ minDays: shortest, maxDays: longest }).map(VaultLock.governance),
      fc
        .record({
          minDays: shortest,
          maxDays: longest,
          coolOffDays: whole(3, 365),
          iUnderstandThisIsIrreversible: mostly(fc.constant(true as const), [false]),
        })
        .map(VaultLock.compliance),
    ),
    key,
  },
);

const restoreTest = props<object, RestoreTest>(
  {},
  { hour: whole(0, 23), startHours: whole(1, 168), picks: one("latest", "random"), withinDays: whole(1, 365) },
);

const restored = mostly(
  fc.uniqueArray(fc.constantFrom("RDS", "DynamoDB", "S3", "EFS", "EBS"), { minLength: 1, maxLength: 2 }),
  [["rds"], ["EC2"], ["S3", "S3"], []],
);

const proof = props<
  Pick<RestoreProofProps, "network"> & { types: string[] },
  Omit<RestoreProofProps, "of" | "network">
>(
  { network: placement(), types: restored },
  {
    tier: one("critical", "standard", "development"),
    tests: props<object, { weekly: object; monthly: object }>({}, { weekly: restoreTest, monthly: restoreTest }),
    overrides: mostly(fc.constant({}), [{ RDS: { dbInstanceClass: "db.t4g.small" } }, { S3: {} }, { rds: {} }]),
    query: props<{ rows: string }, { atLeast: number; database: string; port: number }>(
      { rows: mostly(text("select 1"), ["delete from orders", "select 1;"]) },
      { atLeast: atLeast(1), database: text("orders"), port: whole(1, 65_535) },
    ),
    validationHours: whole(1, 168),
    unprovenDays: whole(31, 400),
    key,
  },
);

const audit = props<
  { types: string[] },
  Omit<BackupAuditProps, "of" | "objectives"> & { rto: Duration; rpo: Duration }
>(
  { types: some(text("RDS", "DynamoDB"), 1, 2) },
  {
    keepDays: whole(1, 36_500),
    copies: some(one("region", "account")),
    bucketName,
    reportDays: atLeast(1),
    rto: time<Duration>("4 hours", "90 seconds", "1 minute"),
    rpo: time<Duration>("6 hours", "31 days", "5 minutes"),
  },
);

const goal = props<{ rto: Duration; rpo: Duration }, { detection: Duration }>(
  {
    rto: time<Duration>("5 minutes", "0 seconds", "365 days"),
    rpo: time<Duration>("0 seconds", "5 minutes", "365 days"),
  },
  { detection: time<Duration>("30 minutes") },
);

const corruption = props<{ rto: Duration; rpo: Duration; detection: Duration }>({
  rto: time("4 hours", "365 days"),
  rpo: time("5 minutes", "1 day"),
  detection: time("30 minutes"),
});

const objectives = props<object, Omit<ObjectivesProps, "of">>(
  { instance: goal },
  {
    zone: goal,
    region: goal,
    corruption,
    account: goal,
    decision: time("15 minutes", "0 seconds", "7 days"),
    measured: some(
      props<
        { construct: string; mechanism: string; on: string; evidence: string },
        { rto: Duration; rpo: Duration; gibPerHour: number }
      >(
        {
          construct: text("table"),
          mechanism: text("point-in-time restore"),
          on: text("2026-10-03", "2026-13-03"),
          evidence: text("game day of October"),
        },
        {
          rto: time("1 hour"),
          rpo: time("1 hour"),
          gibPerHour: mostly(fc.constantFrom(0.1, 140, 1e9), [0, NaN, -1, Infinity, 1e-300]),
        },
      ),
    ),
    owner: text("the engineer on call"),
  },
);

const stops = (count: number): PageAlarm[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `stop-${index}`,
    arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:stop-${index}`,
    kind: "metric",
  }));
const stopCount = mostly(fc.integer({ min: 1, max: 5 }), [0, 6]);

/** What is broken: a database by itself, or a service of several parts in a network of its own. */
const broken = fc.oneof(
  fc.record({
    on: fc.constant("database" as const),
    include: fc.constant<string[]>([]),
    isolate: fc.constant<string[]>([]),
  }),
  fc.record({
    on: fc.constant("service" as const),
    include: mostly(
      fc.constantFrom<"all" | string[]>("all", ["fleet-cpu-stress"], ["fleet-network-latency", "slow-eu-west-1a"], []),
      [["fleet-lost-instance"], ["nothing"], [""]],
    ),
    isolate: mostly(fc.constantFrom(["eu-central-1"], []), [["eu-west-1"], ["us-east-1"], ["frankfurt"]]),
  }),
);

const schedule = props<Required<Omit<ExperimentSchedule, "timeZone">>, Pick<ExperimentSchedule, "timeZone">>(
  {
    every: one("week", "month", "quarter"),
    window: mostly(text("tue 08:00-18:00", "tue 10:00-12:00"), [
      "tue 10:00-10:01",
      "tue 18:00-08:00",
      "TUE 08:00-18:00",
    ]),
    acknowledged: text("the team is there"),
  },
  { timeZone: mostly(text("Europe/Paris", "UTC"), ["Mars/Olympus"]) },
);

const experiments = props<
  { stopOn: number },
  Pick<ExperimentsProps, "reports" | "key"> & { schedules: Record<string, ExperimentSchedule> }
>(
  { stopOn: stopCount },
  {
    schedules: named(mostly(fc.constantFrom("database-failover", "zone-eu-west-1a"), ["failover"]), schedule, 2),
    reports: props<{ keepDays: number }, { dashboard: string }>(
      { keepDays: atLeast(1) },
      { dashboard: text("arn:aws:cloudwatch::111122223333:dashboard/orders") },
    ),
    key,
  },
);

const loadTest = props<
  Pick<LoadTestProps, "network" | "target" | "script" | "peakRequestsPerSecond"> & { stopOn: number },
  Omit<LoadTestProps, "network" | "target" | "script" | "peakRequestsPerSecond" | "stopOn">
>(
  {
    stopOn: stopCount,
    network: placement(),
    target: text("https://orders.example.com", "https://orders.example.com:8443/a?b=c"),
    script: text(
      'import http from "k6/http";\nexport const options = { thresholds: {} };\nexport default () => http.get(__ENV.TARGET);',
      "export default () => {};",
    ),
    peakRequestsPerSecond: whole(1, 2000),
  },
  {
    requestsPerRun: whole(1, 1000),
    upToPercent: whole(1, 400),
    rampUp: time("10 minutes", "1 minute", "6 hours"),
    hold: time("10 minutes", "1 minute", "6 hours"),
    runTakes: time("1 second", "2 seconds"),
    keepDays: atLeast(1),
    image: mostly(text("grafana/k6:0.57.0"), ["grafana/k6:latest", "k6"]),
    key,
  },
);

export const RECOVERY = [
  generated("Backups", backups, (scope, id, { holds, proven, audited, ...given }) => {
    const of = new Backups(scope, id, { ...given, of: holds.map((name) => HELD[name](scope, name)) });
    if (proven) new RestoreProof(scope, "proof", { of, network: standing() });
    const copies = [given.copyTo && ("region" as const), given.copyToVault && ("account" as const)];
    if (audited) new BackupAudit(scope, "audit", { of, copies: copies.flatMap((each) => each || []), keepDays: 1 });
    return of;
  }),
  generated("RestoreProof", proof, (scope, id, { types, query, ...given }) => {
    const of = { vaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:kept", types };
    return new RestoreProof(scope, id, { ...given, of, ...(types.includes("RDS") && query && { query }) });
  }),
  generated("BackupAudit", audit, (scope, id, { types, rto, rpo, ...given }) => {
    const of = { vaultArn: "arn:aws:backup:eu-west-1:111122223333:backup-vault:kept", types };
    const objectives = rto && rpo && { goals: { corruption: { rto, rpo } } };
    return new BackupAudit(scope, id, { ...given, of, ...(objectives && { objectives }) });
  }),
  generated("Objectives", objectives, (scope, id, { measured, ...given }) => {
    const known = measured?.map((each) => ({ ...each, construct: `${scope.node.path}/${each.construct}` }));
    return new Objectives(scope, id, { ...given, of: service(scope).of, ...(known && { measured: known }) });
  }),
  generated(
    "Experiments",
    both(broken, experiments),
    (scope, id, { on: what, include, isolate, stopOn, schedules, ...given }) => {
      // Without a standby nothing can be tried on it.
      setPosture(scope, { ...PRODUCTION, enforce: "warn" });
      const named = (name: string) => (/^(database|fleet)-/.test(name) ? `${scope.node.id}-${name}` : name);
      const { on, standsOn } =
        what === "service" ? broader(scope) : { on: databaseIn(scope, standing()), standsOn: [] };
      return new Experiments(scope, id, {
        ...given,
        on,
        standsOn,
        stopOn: stops(stopOn),
        include: include === "all" ? include : include.map(named),
        isolate,
        schedules:
          schedules && Object.fromEntries(Object.entries(schedules).map(([name, each]) => [named(name), each])),
      });
    },
  ),
  generated("LoadTest", loadTest, (scope, id, { stopOn, ...given }) => {
    return new LoadTest(scope, id, { ...given, stopOn: stops(stopOn) });
  }),
];

function databaseIn(scope: Construct, network: Placement): Postgres {
  return new Postgres(scope, "database", { network });
}

/** A service whose parts are lost, get slow, and miss another region. */
function broader(scope: Construct) {
  const network = new Network(scope, "network", { cidr: "10.20.0.0/16" });
  const table = new Table(scope, "table", { partitionKey: { name: "id", type: "S" }, replicas: ["eu-central-1"] });
  const runs = fleetIn(scope, network, undefined, 900);
  const on = new ServiceGraph(scope, "service", { runs, needs: [databaseIn(scope, network), table] });
  return { on, standsOn: [network] };
}
