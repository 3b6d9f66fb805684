import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheGlobalReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-global-replication-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Token } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { Experiments } from "../../lib/chaos";
import { DEVELOPMENT, Metric, Posture, Recoveries, Signal, seconds, waive } from "../../lib/core";
import { resolved } from "../../lib/core/tokens";
import { Cache, CacheProps } from "../../lib/data";
import { Firewall } from "../../lib/network";
import { Config, network, synth } from "../synth";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:people";
const ABROAD = { region: "eu-central-1", network: network("ab", "eu-central-1") };

function cache(props: Partial<CacheProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Cache;
  const stack = synth((scope) => (made = new Cache(scope, "cache", { network: network(), ...props })), { posture });
  return { stack, made };
}

const group = (...given: Parameters<typeof cache>) =>
  cache(...given).stack.at(ElasticacheReplicationGroup, "cache/Resource");

const parameters = (props: Partial<CacheProps> = {}) =>
  Object.fromEntries(
    (cache(props).stack.the(ElasticacheParameterGroup).parameter as Config[]).map(({ name, value }) => [name, value]),
  );

const metricsOf = ({ measure }: Signal): readonly Metric[] => {
  if ("metric" in measure) return [measure.metric];
  return "math" in measure ? Object.values(measure.math.metrics) : [];
};

test("production has a node in each zone, one of which takes over, and keeps snapshots", () => {
  expect(group()).toMatchObject({
    replication_group_id: "test-cache",
    engine: "valkey",
    num_cache_clusters: 3,
    preferred_cache_cluster_azs: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    automatic_failover_enabled: true,
    multi_az_enabled: true,
    snapshot_retention_limit: 35,
    lifecycle: { prevent_destroy: true },
  });
});

test("development has one node, a day of snapshots, and can be thrown away", () => {
  const { stack, made } = cache({}, DEVELOPMENT);
  const config = stack.the(ElasticacheReplicationGroup);
  expect(config).toMatchObject({
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
    multi_az_enabled: false,
    snapshot_retention_limit: 1,
    lifecycle: { prevent_destroy: false },
  });
  expect(config.final_snapshot_identifier).toBeUndefined();
  expect(made.protects[0].by).toEqual([]);
});

test("it is encrypted at rest by a key of its own and on the way, without a password", () => {
  const config = group();
  expect(config).toMatchObject({
    at_rest_encryption_enabled: "true",
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.cache_key_\w+\.arn\}$/),
    transit_encryption_enabled: true,
    transit_encryption_mode: "required",
  });
  expect(config.auth_token).toBeUndefined();
  const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
  const { stack } = cache({ key });
  expect(stack.the(ElasticacheReplicationGroup).kms_key_id).toBe(key);
  expect(stack.counts.aws_kms_key).toBeUndefined();
});

test("it stands in the data subnets, and who is allowed reaches it at the port of the engine", () => {
  const stack = synth((scope) => {
    const made = new Cache(scope, "cache", { network: network() });
    made.allowFrom({ securityGroupId: "sg-1" }, "the shop keeps its sessions here");
  });
  expect(stack.the(ElasticacheSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b", "subnet-data-c"]);
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    from_port: 6379,
    referenced_security_group_id: "sg-1",
  });
});

test("what stands behind a firewall connects to it by name", () => {
  const stack = synth((scope) => {
    const firewall = new Firewall(scope, "shop", { vpcId: "vpc-1", description: "the shop" });
    firewall.connectTo(new Cache(scope, "cache", { network: network() }), "sessions are kept here");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    security_group_id: expect.stringContaining("cache_firewall_"),
    referenced_security_group_id: expect.stringContaining("shop_"),
    from_port: 6379,
  });
});

test("the outage of each zone finds this cache alone, by its tag, and takes the nodes in that zone", () => {
  const stack = synth((scope) => {
    const made = new Cache(scope, "cache", { network: network(), holds: "data", globalWith: ABROAD });
    const alarms = new Alarms(scope, "alarms", { notify: { page: TOPIC, ticket: TOPIC } });
    alarms.watch(made);
    new Experiments(scope, "experiments", { on: made, stopOn: alarms.pages });
  });
  const templates = Object.values(stack.all(FisExperimentTemplate));
  expect(templates.map(({ target: [target] }) => [target.resource_tag, target.parameters])).toEqual(
    // The first is the loss of the nodes alone, where the primary is made.
    ["a", "a", "b", "c"].map((letter) => [
      [{ key: "Name", value: "test-cache" }],
      { availabilityZoneIdentifier: `eu-west-1${letter}` },
    ]),
  );
  const targets = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "experiment-target");
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
});

test("slow commands and what the engine says go to log groups that forget", () => {
  const { stack, made } = cache({ slowCommandMs: 25 });
  const groups = Object.values(stack.all(CloudwatchLogGroup));
  expect(groups.map(({ name, retention_in_days: days }) => [name, days])).toEqual([
    ["/aws/elasticache/test-cache/engine-log", 365],
    ["/aws/elasticache/test-cache/slow-log", 365],
  ]);
  const logs = stack.the(ElasticacheReplicationGroup).log_delivery_configuration as Config[];
  expect(logs.map(({ log_type: type, destination }) => [type, /cache_log-(\w+-log)_/.exec(destination)?.[1]])).toEqual([
    ["slow-log", "slow-log"],
    ["engine-log", "engine-log"],
  ]);
  const asked = Object.values(made.queries).flatMap(({ logGroups }) => logGroups);
  expect(asked.sort()).toEqual(groups.map(({ name }) => name as string));
  expect(parameters({ slowCommandMs: 25 })["slowlog-log-slower-than"]).toBe("25000");
});

test("copies make room for others, data that is nowhere else does not go", () => {
  const policy = (props: Partial<CacheProps>) => parameters(props)["maxmemory-policy"];
  expect([policy({}), policy({ holds: "data" }), policy({ holds: "data", maxmemoryPolicy: "volatile-ttl" })]).toEqual([
    "allkeys-lru",
    "noeviction",
    "volatile-ttl",
  ]);
  const data = cache({ holds: "data" }).made.signals;
  const copies = cache().made.signals;
  expect([copies.memory, data.memory].map((memory: Signal) => [memory.page, memory.ticket])).toEqual([
    [undefined, undefined],
    [95, 85],
  ]);
  expect([copies.evictions.ticket, data.evictions.ticket]).toEqual([1000, 0]);
});

test.each([
  ["cache.t4g.micro", "50"],
  ["cache.t4g.small", "30"],
  ["cache.t4g.medium", "25"],
  ["cache.r7g.large", "25"],
] as const)("of %s, %s per cent of the memory are kept from data", (nodeType, reserved) => {
  expect(parameters({ nodeType })["reserved-memory-percent"]).toBe(reserved);
});

test("the parameters of another family are there before those that are in use go", () => {
  const of = (engineVersion: string) => cache({ engineVersion }).stack.the(ElasticacheParameterGroup);
  const [old, young, same] = [of("7.2"), of("8.0"), of("8.1")];
  expect([old.family, young.family]).toEqual(["valkey7", "valkey8"]);
  expect(young.name).not.toBe(old.name);
  expect(young.name).toBe(same.name);
  expect(young.lifecycle).toEqual({ create_before_destroy: true });
});

test("newer minor versions come by themselves, and an apply does not replace the cache for that", () => {
  expect(group()).toMatchObject({
    auto_minor_version_upgrade: "true",
    lifecycle: { ignore_changes: ["engine_version"] },
  });
  const [, upgrade] = cache({ engineVersion: "7.2", shards: 2 }).made.procedures.majorUpgrade.steps;
  expect(upgrade.sh).toContain("--engine-version 8.1 --cache-parameter-group-name default.valkey8.cluster.on");
  expect(cache({ engine: "redis" }).made.procedures.majorUpgrade.title).toBe("Move to Valkey");
});

test("in cluster mode keys are spread over shards, each with its replicas", () => {
  const { stack, made } = cache({ shards: 2, replicas: 1 });
  const config = stack.the(ElasticacheReplicationGroup);
  expect(config).toMatchObject({ cluster_mode: "enabled", num_node_groups: 2, replicas_per_node_group: 1 });
  expect([config.num_cache_clusters, config.preferred_cache_cluster_azs]).toEqual([undefined, undefined]);
  expect(parameters({ shards: 2 })["cluster-enabled"]).toBe("yes");
  expect(metricsOf(made.signals.engineCpu).map(({ dimensions }) => dimensions!.CacheClusterId)).toEqual([
    "test-cache-0001-001",
    "test-cache-0001-002",
    "test-cache-0002-001",
    "test-cache-0002-002",
  ]);
});

test("clients write where the primary is and read where the replicas are; in cluster mode they ask where the nodes are", () => {
  const addresses = ({ made }: ReturnType<typeof cache>) =>
    [made.endpoint, made.readerEndpoint].map((address) => resolved<string>(made, address));
  expect(addresses(cache())).toEqual([
    expect.stringMatching(/\.primary_endpoint_address\}$/),
    expect.stringMatching(/\.reader_endpoint_address\}$/),
  ]);
  expect(addresses(cache({ shards: 2 }))[0]).toMatch(/\.configuration_endpoint_address\}$/);
});

test("each node is watched, and no alarm has more metrics than CloudWatch takes", () => {
  const { signals } = cache({ shards: 7, replicas: 2 }).made;
  const watched = (name: string) => metricsOf((signals as Record<string, Signal>)[name]);
  const nodes = ["engineCpu", "engineCpu2", "engineCpu3"].flatMap(watched);
  expect(new Set(nodes.map(({ dimensions }) => dimensions!.CacheClusterId)).size).toBe(21);
  expect(["engineCpu", "engineCpu2", "engineCpu3"].map((name) => watched(name).length)).toEqual([9, 9, 3]);
  expect(signals).not.toHaveProperty("engineCpu4");
});

test("a node that stands alone has one metric each, and nothing to say of replicas", () => {
  const { signals } = cache({}, DEVELOPMENT).made;
  expect(signals.engineCpu.measure).toMatchObject({ metric: { dimensions: { CacheClusterId: "test-cache-001" } } });
  expect(signals).not.toHaveProperty("replicationLag");
  expect(cache().made.signals).toHaveProperty("replicationLag");
});

test("on a node of two vCPUs the engine cannot get more than half of them", () => {
  const ticket = (props: Partial<CacheProps>) => cache(props).made.signals.cpu.ticket;
  expect([ticket({}), ticket({ nodeType: "cache.r7g.2xlarge" })]).toEqual([45, 90]);
  expect(ticket({ nodeType: "cache.x9.large", memoryGib: 60, vcpus: 1 })).toBe(90);
});

test("CloudWatch takes an alarm on each of its signals", () => {
  const stack = synth((scope) => {
    const alarms = new Alarms(scope, "alarms", { notify: { page: TOPIC, ticket: TOPIC } });
    alarms.watch(new Cache(scope, "cache", { network: network(), holds: "data" }));
    alarms.watch(new Cache(scope, "sharded", { network: network(), shards: 5, replicas: 2 }));
  });
  const verdicts = stack.manifest.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm");
  expect(verdicts.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  expect(stack.manifest.alarms.map(({ signal }) => signal)).toEqual(
    expect.arrayContaining(["memory", "engineCpu2", "authentication"]),
  );
});

test("of copies a failover loses nothing, of data the last seconds", () => {
  const [first] = cache().made.recovers.zone!;
  expect(first).toMatchObject({ mechanism: "failover to a replica", selfHealing: true, rpo: { value: "0 seconds" } });
  expect(seconds(first.rto.value)).toBeLessThanOrEqual(60);
  const [data] = cache({ holds: "data" }).made.recovers.zone!;
  expect(data).toMatchObject({ rpo: { value: "5 seconds", basis: "assumed" }, floor: { rpo: { value: "1 second" } } });
  expect(first.floor).toBeUndefined();
});

test("bad copies are forgotten, bad data is restored from a daily snapshot, as fast as its size allows", () => {
  expect(cache().made.recovers.corruption).toMatchObject([{ mechanism: "forgotten, and filled again" }]);
  const [restore] = cache({ holds: "data", shards: 10, nodeType: "cache.r7g.xlarge" }).made.recovers.corruption!;
  // 26.32 GiB × 10 shards, of which three quarters are for data, at 100 GiB an hour.
  expect(restore).toMatchObject({ rpo: { value: "1 day" }, rto: { basis: "assumed" }, selfHealing: false });
  expect(seconds(restore.rto.value)).toBe(198 * 36);
  const [small] = cache({ holds: "data", sizeGib: 5 }).made.recovers.corruption!;
  expect(small.rto.value).toBe("3 minutes");
});

test("the restore makes what there was, behind the same firewall and with the same users", () => {
  const steps = (props: Partial<CacheProps>) => {
    const { constructs } = cache({ holds: "data", ...props }).stack.manifest;
    const { recovers } = constructs.find(({ path }) => path === "test/cache")!;
    return (recovers as Recoveries).corruption![0].steps!.join("\n");
  };
  expect(steps({})).toContain("--engine valkey --cache-node-type cache.r7g.large");
  expect(steps({})).toContain("--num-cache-clusters 3 --automatic-failover-enabled --multi-az-enabled");
  expect(steps({})).toContain("--cache-subnet-group-name test-cache --transit-encryption-enabled");
  expect(steps({})).toMatch(/--user-group-ids test-cache-users-\w{8} .*Values=test-cache-firewall-\w{8} /);
  expect(steps({ shards: 2, replicas: 0 })).toContain("--num-node-groups 2 --replicas-per-node-group 0 --cache-subnet");
});

test("without a replica a lost node is a lost cache, which AWS promises less of", () => {
  const { made } = cache({ replicas: 0 }, DEVELOPMENT);
  expect(made.recovers.instance).toMatchObject([{ mechanism: "a new node, filled again" }]);
  expect(made.sla.value).toBe(99.5);
  expect(made.faults).toEqual({});
  expect(cache().made.sla.value).toBe(99.99);
});

test("what the replicas claim can be put to the test, as a part of the outage of a zone", () => {
  const { stack, made } = cache({ replicas: 1 });
  const { zonePower } = made.faults;
  expect(zonePower).toMatchObject({
    scenario: "zone",
    action: "aws:elasticache:replicationgroup-interrupt-az-power",
    target: { key: "ReplicationGroups", tags: stack.the(ElasticacheReplicationGroup).tags },
    // The two nodes stand in two of three zones.
    zone: { zones: ["eu-west-1a", "eu-west-1b"], by: { targetParameter: "availabilityZoneIdentifier" }, always: true },
  });
  expect(zonePower!.target).not.toHaveProperty("arns");
  expect(made.recovers.zone!.map(({ mechanism }) => mechanism)).toContain(zonePower!.mechanism);
  expect(cache({ shards: 2 }).made.faults.zonePower!.zone).toMatchObject({ always: false });
});

test("its final snapshot has a name that Terraform makes up once, and a new one where the cache is replaced", () => {
  const { stack } = cache();
  const config = stack.the(ElasticacheReplicationGroup);
  const unique = stack.json.resource.terraform_data as Config;
  const [name] = Object.keys(unique);
  expect(config.final_snapshot_identifier).toBe(`test-cache-final-\${terraform_data.${name}.id}`);
  expect(unique[name].triggers_replace).toEqual({ identifier: "test-cache", key: config.kms_key_id });
});

test("AWS Backup takes no cache, and it says why nobody needs to ask it", () => {
  const reason = (props: Partial<CacheProps>) => cache(props).made.protects[0].backUp;
  expect(reason({})).toEqual({ no: expect.stringContaining("copies") });
  expect(reason({ holds: "data", backupDays: 7 })).toEqual({ no: expect.stringContaining("7 days") });
});

test("a second region follows, under a key of its own there, and takes what belongs to all from the first", () => {
  const { stack, made } = cache({ globalWith: ABROAD });
  const follower = stack.at(ElasticacheReplicationGroup, "cache/eu-central-1/Resource");
  const first = stack.at(ElasticacheReplicationGroup, "cache/Resource");
  expect(follower).toMatchObject({
    region: "eu-central-1",
    global_replication_group_id: expect.stringContaining("aws_elasticache_global_replication_group.cache_global_"),
    kms_key_id: expect.stringMatching(/aws_kms_key\.cache_eu-central-1_key_/),
    num_cache_clusters: 3,
    preferred_cache_cluster_azs: ["eu-central-1a", "eu-central-1b", "eu-central-1a"],
    automatic_failover_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
  // The provider refuses these beside the id of the datastore.
  for (const given of ["engine", "engine_version", "node_type", "parameter_group_name", "num_node_groups"]) {
    expect(follower).not.toHaveProperty(given);
  }
  expect(stack.at(KmsKey, "cache/eu-central-1/key/Resource").region).toBe("eu-central-1");
  expect([first, follower].map((config) => config.auto_minor_version_upgrade)).toEqual(["false", "false"]);
  expect(made.protects).toHaveLength(2);
});

test("a failover to the other region does not replace the datastore", () => {
  const { stack, made } = cache({ globalWith: ABROAD });
  expect(stack.the(ElasticacheGlobalReplicationGroup).lifecycle).toEqual({
    prevent_destroy: true,
    ignore_changes: ["primary_replication_group_id"],
  });
  const [promotion] = made.recovers.region!;
  expect(promotion).toMatchObject({ selfHealing: false, rto: { value: "1 minute" } });
  expect(promotion.steps!.join()).toContain("--primary-replication-group-id test-cache-eu-central-1");
  expect(cache().made.recovers.region).toBeUndefined();
});

test("all that makes the follower stands in its region", () => {
  const { stack } = cache({ globalWith: ABROAD });
  const there = Object.values(stack.json.resource as Record<string, Record<string, Config>>)
    .flatMap((configs) => Object.values(configs))
    .filter((config) => config["//"].metadata.path.startsWith("test/cache/eu-central-1/"));
  expect(there.length).toBeGreaterThanOrEqual(8);
  expect(new Set(there.map(({ region }) => region))).toEqual(new Set(["eu-central-1"]));
});

test("fails without a replica where the posture keeps a standby, unless it is waived", () => {
  const fill = (excuse?: string) => () =>
    synth(
      (scope) => {
        const made = new Cache(scope, "cache", { network: network(), replicas: 0 });
        waive(made, "watched", { waived: "nothing is watched in this test" });
        if (excuse) waive(made, "zone-loss", { waived: excuse });
      },
      { checks: true },
    );
  expect(fill()).toThrow("test/cache: 'replicas' must be at least 1 where the posture keeps a standby, got 0");
  expect(fill("it is filled again in a minute")).not.toThrow();
});

test.each<[string, Partial<CacheProps>, string]>([
  ["a network of one zone", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  ["an engine that is none", { engine: "memcached" as "redis" }, "'engine' must be one of valkey, redis"],
  ["a version of another engine", { engineVersion: "7.1" }, "'engineVersion' must be one of 7.2, 8.0, 8.1, 8.2, got"],
  ["a node type that is in no table", { nodeType: "cache.x9.large" }, "'nodeType' must be in the table of node types"],
  ["a memory that is none", { memoryGib: 0 }, "'memoryGib' must be between 0.5 and 1024, got 0"],
  ["shards that nobody knows yet", { shards: Token.asNumber("${var.shards}") }, "'shards' must be known at synthesis"],
  ["no shards", { shards: 0 }, "'shards' must be between 1 and 500, got 0"],
  ["more replicas than ElastiCache takes", { replicas: 6 }, "'replicas' must be between 0 and 5, got 6"],
  ["no snapshots", { backupDays: 0 }, "'backupDays' must be between 1 and 35, got 0"],
  ["half an hour for snapshots", { backupWindow: "03:00-03:30" }, "'backupWindow' must be at least 60 minutes long"],
  [
    "snapshots in the maintenance window",
    { maintenanceWindow: "sun:03:30-sun:04:30" },
    "'maintenanceWindow' must stay clear of the backup window 03:00-04:00",
  ],
  ["a policy that is none", { maxmemoryPolicy: "lru" as "noeviction" }, "'maxmemoryPolicy' must be one of allkeys-lru"],
  ["nothing that is held", { holds: "nothing" as "data" }, "'holds' must be one of copies, data"],
  ["more than its memory holds", { sizeGib: 11 }, "'sizeGib' must be between 1 and 10, got 11"],
  ["every command as a slow one", { slowCommandMs: 0 }, "'slowCommandMs' must be between 1 and 60000, got 0"],
  ["the alias of a key", { key: "alias/cache" }, "'key' must be the ARN of a KMS key, not of an alias"],
  [
    "a follower beside it",
    { globalWith: { ...ABROAD, region: "eu-west-1" } },
    "'globalWith.region' must be another region than eu-west-1",
  ],
  [
    "a network that does not stand where the follower does",
    { globalWith: { ...ABROAD, network: network() } },
    "'globalWith.network.zones' must be zones of eu-central-1, got [\"eu-west-1a\"",
  ],
  [
    "a node type that follows nobody",
    { globalWith: ABROAD, nodeType: "cache.t4g.medium" },
    "'nodeType' must be one that a global datastore takes, got",
  ],
  [
    "a follower without the replica that its failover needs",
    { globalWith: { ...ABROAD, replicas: 0 } },
    "'globalWith.replicas' must be between 1 and 5, got 0",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => cache(props)).toThrow(message);
  expect(() => cache(props)).toThrow(/^test\/cache: /);
});
