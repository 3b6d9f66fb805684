import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { DynamodbContributorInsights } from "@cdktf/provider-aws/lib/dynamodb-contributor-insights";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { Operation, Table, TableProps } from "../../lib/data";
import { synth } from "../synth";

const KEYS: TableProps = { partitionKey: { name: "customer", type: "S" }, sortKey: { name: "placed", type: "N" } };
const STATUS = { status: { partitionKey: { name: "status", type: "S" } } } as const;
const WITH_BOUNDS = { reads: { min: 10, max: 500 }, writes: { min: 5, max: 100 } };

function table(props: Partial<TableProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Table;
  const stack = synth((scope) => (made = new Table(scope, "orders", { ...KEYS, ...props })), { posture });
  return { stack, made };
}

const config = (...given: Parameters<typeof table>) => table(...given).stack.the(DynamodbTable);

test("production survives a bad write and a careless delete", () => {
  expect(config()).toMatchObject({
    name: "test-orders",
    point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("development keeps a day and can be thrown away", () => {
  const { stack, made } = table({}, DEVELOPMENT);
  expect(stack.the(DynamodbTable)).toMatchObject({
    point_in_time_recovery: { enabled: true, recovery_period_in_days: 1 },
    deletion_protection_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
  expect(made.protects[0].by).toEqual([]);
});

test("a new key replaces the table, so production refuses the plan that has one", () => {
  const [before, after] = [config(), config({ partitionKey: { name: "order", type: "S" } })];
  expect(after.hash_key).not.toBe(before.hash_key);
  expect(after.name).toBe(before.name);
  expect(after.lifecycle.prevent_destroy).toBe(true);
});

test("it is encrypted with a key of its own, or with the one it is given", () => {
  expect(config().server_side_encryption).toEqual({
    enabled: true,
    kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\.orders_key_\w+\.arn\}$/),
  });
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  const { stack } = table({ key });
  expect(stack.the(DynamodbTable).server_side_encryption.kms_key_arn).toBe(key);
  expect(stack.counts.aws_kms_key).toBeUndefined();
});

test("it is paid by the request, with a bound where one is set", () => {
  expect(config()).toMatchObject({ billing_mode: "PAY_PER_REQUEST" });
  expect(config().on_demand_throughput).toBeUndefined();
  const { stack, made } = table({ onDemandLimit: { reads: 1000, writes: 50 } });
  expect(stack.the(DynamodbTable).on_demand_throughput).toEqual({
    max_read_request_units: 1000,
    max_write_request_units: 50,
  });
  expect(made.signals.reads).toMatchObject({ ticket: 48_000 });
  expect(table().made.signals.reads).not.toHaveProperty("ticket");
});

test("provisioned capacity follows the load, and an apply does not set it back", () => {
  const { stack, made } = table({ provisioned: { ...WITH_BOUNDS, target: 50 } });
  expect(stack.the(DynamodbTable)).toMatchObject({
    billing_mode: "PROVISIONED",
    read_capacity: 10,
    write_capacity: 5,
    lifecycle: { ignore_changes: ["read_capacity", "write_capacity"] },
  });
  expect(stack.at(AppautoscalingTarget, "orders/writes-capacity")).toMatchObject({
    scalable_dimension: "dynamodb:table:WriteCapacityUnits",
    min_capacity: 5,
    max_capacity: 100,
  });
  const { target_tracking_scaling_policy_configuration: tracking } = stack.at(
    AppautoscalingPolicy,
    "orders/reads-scaling",
  );
  expect(tracking).toMatchObject({
    target_value: 50,
    predefined_metric_specification: { predefined_metric_type: "DynamoDBReadCapacityUtilization" },
  });
  expect(tracking.scale_in_cooldown).toBeGreaterThan(tracking.scale_out_cooldown);
  expect(made.signals.writes).toMatchObject({ ticket: 4800 });
});

test("each key is an attribute once, whatever uses it", () => {
  const indexes = {
    status: {
      partitionKey: { name: "status", type: "S" },
      sortKey: { name: "placed", type: "N" },
      projects: ["total"],
    },
    all: { partitionKey: { name: "region", type: "S" } },
  } as const;
  const made = config({ indexes });
  expect(made.attribute).toEqual([
    { name: "customer", type: "S" },
    { name: "placed", type: "N" },
    { name: "region", type: "S" },
    { name: "status", type: "S" },
  ]);
  expect(made.global_secondary_index).toEqual([
    { name: "all", hash_key: "region", projection_type: "ALL" },
    {
      name: "status",
      hash_key: "status",
      range_key: "placed",
      projection_type: "INCLUDE",
      non_key_attributes: ["total"],
    },
  ]);
});

test("the table and each index say which keys are throttled", () => {
  const { stack, made } = table({ indexes: STATUS });
  const insights = Object.entries(stack.all(DynamodbContributorInsights)).map(([path, { index_name, mode }]) => [
    path,
    index_name,
    mode,
  ]);
  expect(insights.sort()).toEqual([
    ["orders/insights", undefined, "THROTTLED_KEYS"],
    ["orders/insights-status", "status", "THROTTLED_KEYS"],
  ]);
  expect(made.signals.indexThrottles!.measure).toMatchObject({
    math: { metrics: { m1: { dimensions: { TableName: "test-orders", GlobalSecondaryIndexName: "status" } } } },
  });
  expect(table().made.signals).not.toHaveProperty("indexThrottles");
});

test("items go at the age that one of their attributes says", () => {
  expect(config({ ttlAttribute: "expires" }).ttl).toEqual({ enabled: true, attribute_name: "expires" });
  expect(config().ttl).toBeUndefined();
});

test("a replica has its own key, backups and refusal to go", () => {
  const { stack } = table({ replicas: ["eu-west-3", "eu-central-1"] });
  const { replica, stream_view_type: stream } = stack.the(DynamodbTable);
  expect(replica).toEqual(
    ["eu-central-1", "eu-west-3"].map((region) => ({
      region_name: region,
      consistency_mode: "EVENTUAL",
      kms_key_arn: expect.stringContaining(`orders_key-${region}_`),
      point_in_time_recovery: true,
      deletion_protection_enabled: true,
      propagate_tags: true,
    })),
  );
  expect(stack.at(KmsKey, "orders/key-eu-west-3/Resource").region).toBe("eu-west-3");
  expect(stream).toBe("NEW_AND_OLD_IMAGES");
});

test("a strong table stands in three regions, one of which may be a witness", () => {
  const strong = { consistency: "strong" } as const;
  const replicated = config({ ...strong, replicas: ["eu-west-3", "eu-central-1"] });
  expect(replicated.replica.map(({ consistency_mode: mode }: { consistency_mode: string }) => mode)).toEqual([
    "STRONG",
    "STRONG",
  ]);
  expect(replicated.stream_enabled).toBe(false);
  const witnessed = config({ ...strong, replicas: ["eu-west-3"], witness: "eu-central-1" });
  expect(witnessed.global_table_witness).toEqual({ region_name: "eu-central-1" });
});

test("only a replica survives the loss of the region, and only a strong one without loss", () => {
  const region = (props: Partial<TableProps>) => table(props).made.recovers.region?.map(({ rpo }) => rpo.value);
  expect(region({})).toBeUndefined();
  expect(region({ replicas: ["eu-central-1"] })).toEqual(["5 seconds"]);
  expect(region({ consistency: "strong", replicas: ["eu-central-1", "eu-west-3"] })).toEqual(["0 seconds"]);
  expect(table().made.sla.value).toBe(99.99);
  expect(table({ replicas: ["eu-central-1"] }).made.sla.value).toBe(99.999);
  // It takes writes all the time: nobody has to notice, decide or act. Where requests go is not up to the table.
  const [replica] = table({ replicas: ["eu-central-1"] }).made.recovers.region!;
  expect(replica).toMatchObject({ rto: { value: "0 seconds" }, selfHealing: true });
});

test("no measurement makes an eventual replica lose nothing", () => {
  const floor = (props: Partial<TableProps>) => table(props).made.recovers.region![0].floor?.rpo?.value;
  expect(floor({ replicas: ["eu-central-1"] })).not.toBe("0 seconds");
  expect(floor({ replicas: ["eu-central-1"] })).toBeDefined();
  expect(floor({ consistency: "strong", replicas: ["eu-central-1", "eu-west-3"] })).toBeUndefined();
});

test("a bad write is undone by a restore, never by a replica, and the larger the longer", () => {
  const { recovers } = table({ replicas: ["eu-central-1"], sizeGib: 250 }).made;
  expect(recovers.corruption).toHaveLength(1);
  expect(recovers.corruption![0]).toMatchObject({ mechanism: "point-in-time restore", rto: { value: "150 minutes" } });
});

test("what a replica claims can be put to the test, with nothing else there is nothing to pause", () => {
  const { faults, recovers } = table({ replicas: ["eu-central-1"] }).made;
  expect(faults.pausedReplication).toMatchObject({
    action: "aws:dynamodb:global-table-pause-replication",
    target: { key: "Tables", resourceType: "aws:dynamodb:global-table", selection: "ALL" },
  });
  expect(recovers.region!.map(({ mechanism }) => mechanism)).toContain(faults.pausedReplication!.mechanism);
  expect(table().made.faults).toEqual({});
});

test("a region that lags behind wakes someone; a strong one cannot", () => {
  const lag = (props: Partial<TableProps>) => table(props).made.signals.replicationLatency;
  const two = lag({ replicas: ["eu-west-3", "eu-central-1"] })!;
  expect(Object.values(two.measure.math.metrics).map(({ dimensions }) => dimensions?.ReceivingRegion)).toEqual([
    "eu-central-1",
    "eu-west-3",
  ]);
  expect(two).toMatchObject({ page: 180_000 });
  expect(lag({ consistency: "strong", replicas: ["eu-west-3", "eu-central-1"] })).toBeUndefined();
});

test("errors and latency are counted where the table is asked", () => {
  const { signals, indicators } = table({ operations: ["GetItem", "UpdateItem"] }).made;
  expect(signals.latency.ticket).toBe(25);
  expect(table().made.signals.latency.ticket).toBe(50);
  const operations = (metrics: readonly { readonly dimensions?: Readonly<Record<string, string>> }[]) =>
    metrics.map(({ dimensions }) => dimensions?.Operation);
  expect(operations(indicators.availability.bad)).toEqual(["GetItem", "UpdateItem"]);
  expect(operations(indicators.availability.total)).toEqual(["GetItem", "UpdateItem", "GetItem", "UpdateItem"]);
  expect(indicators.latency.distribution.dimensions).toMatchObject({ Operation: "GetItem" });
});

test("CloudWatch takes an alarm on each of its signals, with ten indexes and many regions", () => {
  const indexes = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`by-${index}`, STATUS.status]));
  const stack = synth((scope) => {
    const notify = {
      page: "arn:aws:sns:eu-west-1:111122223333:page",
      ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
    };
    const made = new Table(scope, "orders", { ...KEYS, indexes, replicas: ["eu-central-1", "us-east-1"] });
    new Alarms(scope, "alarms", { notify }).watch(made);
  });
  const verdicts = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm");
  expect(verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  expect(stack.counts.aws_cloudwatch_metric_alarm).toBeGreaterThan(6);
});

const OTHER_STATUS = { status: { partitionKey: { name: "placed", type: "S" } } } as const;
const ELEVEN = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`by-${index}`, STATUS.status]));

test.each<[string, Partial<TableProps>, string]>([
  [
    "a key of two types",
    { indexes: OTHER_STATUS },
    "'indexes' must be of one type wherever it is a key, got \"placed as",
  ],
  ["an unknown type", { sortKey: { name: "a", type: "D" as "S" } }, "must be one of S, N, B"],
  [
    "a key with a long name",
    { partitionKey: { name: "x".repeat(256), type: "S" } },
    "must be a name of 1 to 255 characters",
  ],
  [
    "one attribute as both keys",
    { sortKey: { name: "customer", type: "S" } },
    "'sortKey' must be another attribute than the partition",
  ],
  [
    "an index that is told to hold nothing",
    { indexes: { placed: { ...STATUS.status, projects: [] } } },
    "'indexes.placed.projects' must be between 1 and 100, got 0; KEYS_ONLY holds no others",
  ],
  ["operations named twice", { operations: ["GetItem", "GetItem"] }, "'operations' must name each once"],
  ["a long name for the end", { ttlAttribute: "x".repeat(256) }, "'ttlAttribute' must be a name of 1 to 255"],
  ["more indexes than an alarm holds", { indexes: ELEVEN }, "'indexes' must be between 0 and 10, got 11"],
  ["an index with a short name", { indexes: { by: STATUS.status } }, "named by 3 to 255"],
  ["the alias of a key", { key: "alias/aws/dynamodb" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["no backups", { backupDays: 0 }, "'backupDays' must be between 1 and 35, got 0"],
  ["no operation", { operations: [] }, "'operations' must be between 1 and 3, got 0"],
  ["an unknown operation", { operations: ["Read" as Operation] }, "'operations[0]' must be one of GetItem"],
  ["no size", { sizeGib: 0 }, "'sizeGib' must be at least 1"],
  [
    "two ways to pay",
    { provisioned: WITH_BOUNDS, onDemandLimit: { reads: 1, writes: 1 } },
    "left out where capacity is provisioned",
  ],
  [
    "provisioned indexes",
    { provisioned: WITH_BOUNDS, indexes: STATUS },
    "'provisioned' must be left out of a table with",
  ],
  [
    "provisioned replicas",
    { provisioned: WITH_BOUNDS, replicas: ["eu-central-1"] },
    "left out of a table with replicas",
  ],
  [
    "bounds the wrong way round",
    { provisioned: { ...WITH_BOUNDS, reads: { min: 10, max: 5 } } },
    "'provisioned.reads.max' must be at least 10, got 5",
  ],
  ["a target without room", { provisioned: { ...WITH_BOUNDS, target: 95 } }, "between 20 and 90, got 95"],
  ["an empty limit", { onDemandLimit: { reads: 0, writes: 1 } }, "'onDemandLimit.reads' must be at least 1"],
  ["a replica where it stands", { replicas: ["eu-west-1"] }, "'replicas' must be another region than eu-west-1"],
  ["a replica twice", { replicas: ["eu-west-3", "eu-west-3"] }, "'replicas' must name each region once"],
  ["a region that is none", { replicas: ["frankfurt"] }, "must be a region such as eu-central-1"],
  ["half a stream for replicas", { replicas: ["eu-west-3"], stream: "KEYS_ONLY" }, "be NEW_AND_OLD_IMAGES"],
  ["a witness of nothing", { replicas: ["eu-west-3"], witness: "eu-central-1" }, "left out of an eventual table"],
  ["a strong table in two regions", { consistency: "strong", replicas: ["eu-west-3"] }, "make three regions"],
  [
    "a strong table in four regions",
    { consistency: "strong", replicas: ["eu-west-3", "eu-central-1"], witness: "eu-west-2" },
    "make three regions",
  ],
  [
    "a strong table over an ocean",
    { consistency: "strong", replicas: ["eu-west-3", "us-east-1"] },
    "be of one set of regions: us-east-1, us-east-2, us-west-2; or",
  ],
  [
    "a strong table that forgets by itself",
    { consistency: "strong", replicas: ["eu-west-3", "eu-central-1"], ttlAttribute: "expires" },
    "'ttlAttribute' must be left out of a strong table",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => table(props)).toThrow(message);
  expect(() => table(props)).toThrow(/^test\/orders: /);
});
