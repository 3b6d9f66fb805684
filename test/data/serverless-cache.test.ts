import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { ServerlessCache, ServerlessCacheProps } from "../../lib/data";
import { network, synth } from "../synth";

const BOUNDS = { maxGb: 20, maxEcpuPerSecond: 5000 };

function cache(props: Partial<ServerlessCacheProps> = {}, posture: Partial<Posture> = {}) {
  let made!: ServerlessCache;
  const fill = (scope: ConstructorParameters<typeof ServerlessCache>[0]) =>
    (made = new ServerlessCache(scope, "cache", { network: network(), ...BOUNDS, ...props }));
  return { stack: synth(fill, { posture }), made };
}

const config = (...given: Parameters<typeof cache>) => cache(...given).stack.the(ElasticacheServerlessCache);

test("it grows up to its bounds, over all zones, and keeps snapshots", () => {
  expect(config()).toMatchObject({
    name: "test-cache",
    engine: "valkey",
    major_engine_version: "8",
    cache_usage_limits: [{ data_storage: [{ maximum: 20, unit: "GB" }], ecpu_per_second: [{ maximum: 5000 }] }],
    subnet_ids: ["subnet-data-a", "subnet-data-b", "subnet-data-c"],
    snapshot_retention_limit: 35,
    daily_snapshot_time: "03:00",
    lifecycle: { prevent_destroy: true },
  });
});

test("development keeps one snapshot and can be thrown away", () => {
  expect(config({}, DEVELOPMENT)).toMatchObject({ snapshot_retention_limit: 1, lifecycle: { prevent_destroy: false } });
});

test("it is encrypted by a key of its own, and only users who sign in by IAM reach it", () => {
  const { stack, made } = cache();
  expect(stack.the(ElasticacheServerlessCache)).toMatchObject({
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.cache_key_\w+\.arn\}$/),
    user_group_id: expect.stringMatching(/^\$\{aws_elasticache_user_group\.cache_users_/),
  });
  expect(made.mayConnect().Resource).toContain("arn:aws:elasticache:*:111122223333:user:test-cache-app");
});

test("who is allowed reaches it at the port of the engine", () => {
  const stack = synth((scope) => {
    const made = new ServerlessCache(scope, "cache", { network: network(), ...BOUNDS });
    made.allowFrom({ securityGroupId: "sg-1" }, "pages are kept here");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({ from_port: 6379, to_port: 6379 });
});

test("thresholds follow from its bounds", () => {
  const { signals } = cache({ slowReadMs: 5 }).made;
  expect(signals.units.ticket).toBe(240_000);
  expect(signals.storage.ticket).toBe(17e9);
  expect(signals.readLatency.ticket).toBe(5000);
  expect(signals.storage).not.toHaveProperty("page");
  expect(cache({ holds: "data" }).made.signals.storage).toMatchObject({ page: 19e9 });
});

test("CloudWatch takes an alarm on each of its signals", () => {
  const stack = synth((scope) => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:people";
    const made = new ServerlessCache(scope, "cache", { network: network(), ...BOUNDS });
    new Alarms(scope, "alarms", { notify: { page: topic, ticket: topic } }).watch(made);
  });
  const verdicts = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm");
  expect(verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  const watched = new Set(stack.manifest.alarms.map(({ signal }) => signal));
  expect([...watched]).toEqual(expect.arrayContaining(["throttled", "readLatency", "units", "storage"]));
});

test("a lost zone heals; bad copies are forgotten, bad data is restored", () => {
  const { recovers, sla } = cache().made;
  expect(recovers.zone).toMatchObject([{ selfHealing: true, rpo: { value: "0 seconds" } }]);
  expect(recovers.corruption).toMatchObject([{ mechanism: "forgotten, and filled again" }]);
  expect(sla.value).toBe(99.99);
  const data = cache({ holds: "data" }).made.recovers;
  expect(data.zone).toMatchObject([{ rpo: { value: "5 seconds" } }]);
  expect(data.corruption).toMatchObject([{ mechanism: "restore of a snapshot", rto: { value: "12 minutes" } }]);
});

test.each<[string, Partial<ServerlessCacheProps>, string]>([
  ["no storage", { maxGb: 0 }, "'maxGb' must be between 1 and 5000, got 0"],
  ["too few units", { maxEcpuPerSecond: 10 }, "'maxEcpuPerSecond' must be between 1000 and 15000000, got 10"],
  ["a version with a point", { majorEngineVersion: "8.1" }, "'majorEngineVersion' must be one of 8, 7, got"],
  ["a time that is none", { dailySnapshotTime: "3 am" }, "'dailySnapshotTime' must be hh:mm in UTC"],
  ["every read as a slow one", { slowReadMs: 0 }, "'slowReadMs' must be between 1 and 60000, got 0"],
  ["a network of one zone", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => cache(props)).toThrow(message);
  expect(() => cache(props)).toThrow(/^test\/cache: /);
});
