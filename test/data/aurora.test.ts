import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, TerraformVariable } from "cdktf";
import { DEVELOPMENT, Posture, Signal } from "../../lib/core";
import { Aurora, AuroraProps } from "../../lib/data";
import { Config, network, synth } from "../synth";

const GIB = 1024 ** 3;

function cluster(props: Partial<AuroraProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Aurora;
  const fill = (scope: TerraformStack) =>
    (made = new Aurora(scope, "orders", { engine: "postgresql", network: network(), ...props }));
  const stack = synth(fill, { posture });
  return { stack, made };
}

/** The signals that one engine or another setting has alone, too. */
const signalsOf = ({ made }: ReturnType<typeof cluster>) => made.signals as Record<string, Signal>;

const mechanisms = ({ made }: ReturnType<typeof cluster>, loss: keyof Aurora["recovers"]) =>
  made.recovers[loss]?.map(({ mechanism }) => mechanism);

test("production survives the loss of a zone and a careless delete", () => {
  const { stack } = cluster();
  const instances = Object.values(stack.all(RdsClusterInstance));
  expect(instances.map(({ availability_zone, promotion_tier }) => [availability_zone, promotion_tier])).toEqual([
    ["eu-west-1a", 0],
    ["eu-west-1b", 1],
  ]);
  expect(stack.the(RdsCluster)).toMatchObject({
    cluster_identifier: "test-orders",
    backup_retention_period: 35,
    deletion_protection: true,
    delete_automated_backups: false,
    skip_final_snapshot: false,
    final_snapshot_identifier: expect.stringMatching(/^test-orders-final-\$\{terraform_data\./),
    copy_tags_to_snapshot: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("development has one instance and can be thrown away", () => {
  const { stack } = cluster({}, DEVELOPMENT);
  expect(Object.keys(stack.all(RdsClusterInstance))).toEqual(["orders/instance-eu-west-1a"]);
  const { final_snapshot_identifier, ...rest } = stack.the(RdsCluster);
  expect(final_snapshot_identifier).toBeUndefined();
  expect(rest).toMatchObject({
    deletion_protection: false,
    delete_automated_backups: true,
    skip_final_snapshot: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("readers stand in other zones as long as there are others, and each keeps its address", () => {
  const names = (readers: number) => Object.keys(cluster({ readers }).made.instances);
  expect(names(4)).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1a-2", "eu-west-1b-2"]);
  expect(names(4).slice(0, 3)).toEqual(names(2));
});

test("the first instance is there before the others, so that it is the writer", () => {
  const { stack } = cluster({ readers: 2 });
  const [first, ...others] = Object.values(stack.all(RdsClusterInstance));
  expect(first.depends_on).toBeUndefined();
  for (const { depends_on } of others) {
    expect(depends_on).toEqual([expect.stringMatching(/^aws_rds_cluster_instance\.orders_instance-eu-west-1a_\w+$/)]);
  }
});

test("a cluster without a reader is judged where the posture keeps a standby, and only there", () => {
  const lost = (posture: Partial<Posture>) =>
    cluster({ readers: 0 }, posture).stack.manifest.verdicts.find(({ safeguard }) => safeguard === "zone-loss");
  expect(lost({})).toMatchObject({
    outcome: "warned",
    message: expect.stringContaining("'readers' must be at least 1"),
  });
  expect(lost(DEVELOPMENT)).toMatchObject({ outcome: "kept" });
});

test("clients reach the writer and the readers at addresses that stay through a failover", () => {
  const stack = synth((scope) => {
    const {
      endpoint,
      readerEndpoint,
      cluster: resource,
    } = new Aurora(scope, "orders", {
      engine: "mysql",
      network: network(),
    });
    resource.tags = { writer: endpoint, readers: readerEndpoint };
  });
  expect(stack.the(RdsCluster).tags).toEqual({
    writer: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.endpoint\}$/),
    readers: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.reader_endpoint\}$/),
  });
});

test("readers come with the load between those of the plan and the most", () => {
  const { stack } = cluster({ readers: 2, readerScaling: { max: 6, targetCpu: 50 } });
  expect(stack.the(AppautoscalingTarget)).toMatchObject({
    service_namespace: "rds",
    resource_id: expect.stringMatching(/^cluster:\$\{aws_rds_cluster\.orders_\w+\.cluster_identifier\}$/),
    scalable_dimension: "rds:cluster:ReadReplicaCount",
    min_capacity: 2,
    max_capacity: 6,
  });
  expect(stack.the(AppautoscalingPolicy).target_tracking_scaling_policy_configuration).toMatchObject({
    target_value: 50,
    predefined_metric_specification: { predefined_metric_type: "RDSReaderAverageCPUUtilization" },
  });
  expect(cluster().stack.all(AppautoscalingTarget)).toEqual({});
});

test("nobody reads it on the wire, on disk or from the internet, and RDS keeps the password", () => {
  const { stack } = cluster();
  expect(stack.the(RdsCluster)).toMatchObject({
    storage_encrypted: true,
    kms_key_id: expect.stringContaining("aws_kms_key.orders_key"),
    manage_master_user_password: true,
    master_user_secret_kms_key_id: expect.stringContaining("aws_kms_key.orders_key"),
    iam_database_authentication_enabled: true,
  });
  for (const instance of Object.values(stack.all(RdsClusterInstance))) {
    expect(instance).toMatchObject({ publicly_accessible: false, ca_cert_identifier: "rds-ca-rsa2048-g1" });
  }
  expect(stack.the(DbSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b", "subnet-data-c"]);
});

test.each([
  [
    "postgresql",
    "aurora-postgresql17",
    [
      { name: "rds.force_ssl", value: "1" },
      { name: "log_min_duration_statement", value: "500" },
    ],
  ],
  [
    "mysql",
    "aurora-mysql8.0",
    [
      { name: "require_secure_transport", value: "ON" },
      { name: "slow_query_log", value: "1" },
      { name: "long_query_time", value: "0.5" },
    ],
  ],
] as const)("every instance of %s takes TLS only and logs what is slow", (engine, family, settings) => {
  const { stack } = cluster({ engine, slowQueryMs: 500 });
  const group = stack.the(RdsClusterParameterGroup);
  expect(group).toMatchObject({ family, lifecycle: { create_before_destroy: true } });
  expect(group.parameter).toEqual(expect.arrayContaining([...settings]));
  expect(stack.the(DbParameterGroup).family).toBe(family);
});

test("another major version takes other parameter groups, by other names", () => {
  const names = (engineVersion: string) => {
    const { stack } = cluster({ engineVersion });
    return [stack.the(RdsClusterParameterGroup).name, stack.the(DbParameterGroup).name];
  };
  expect(new Set(["15", "16", "17"].flatMap(names)).size).toBe(6);
});

test.each([
  ["postgresql", ["postgresql"]],
  ["mysql", ["audit", "error", "slowquery"]],
] as const)("the logs of %s are there before it writes them, encrypted and with an end", (engine, logs) => {
  const { stack } = cluster({ engine });
  const groups = Object.values(stack.all(CloudwatchLogGroup));
  expect(groups.map(({ name }) => name)).toEqual(logs.map((log) => `/aws/rds/cluster/test-orders/${log}`));
  for (const group of groups) {
    expect(group).toMatchObject({ retention_in_days: 365, kms_key_id: expect.stringContaining("aws_kms_key") });
  }
  expect(stack.the(RdsCluster)).toMatchObject({ enabled_cloudwatch_logs_exports: logs });
  expect(stack.the(RdsCluster).depends_on).toHaveLength(logs.length);
});

test("it is patched and restarted only in its window, and what happens inside is seen", () => {
  const { stack } = cluster({ backupWindow: "01:00-02:00", maintenanceWindow: "mon:03:00-mon:04:00" });
  expect(stack.the(RdsCluster)).toMatchObject({
    preferred_backup_window: "01:00-02:00",
    preferred_maintenance_window: "mon:03:00-mon:04:00",
    apply_immediately: false,
    allow_major_version_upgrade: false,
    database_insights_mode: "standard",
  });
  for (const instance of Object.values(stack.all(RdsClusterInstance))) {
    expect(instance).toMatchObject({
      preferred_maintenance_window: "mon:03:00-mon:04:00",
      apply_immediately: false,
      auto_minor_version_upgrade: true,
      monitoring_interval: 60,
      monitoring_role_arn: expect.stringContaining("aws_iam_role.orders_monitoring"),
      performance_insights_enabled: true,
    });
  }
});

test("MySQL can be wound back a day, unless it is told not to; PostgreSQL and a global database cannot", () => {
  const window = (props: Partial<AuroraProps>) => cluster(props).stack.the(RdsCluster).backtrack_window;
  expect(window({ engine: "mysql" })).toBe(86_400);
  expect(window({ engine: "mysql", backtrack: "3 days" })).toBe(259_200);
  expect(window({ engine: "mysql", backtrack: "never" })).toBeUndefined();
  expect(window({ engine: "postgresql" })).toBeUndefined();
  expect(mechanisms(cluster({ engine: "mysql" }), "corruption")).toEqual(["backtrack", "point-in-time restore"]);
  expect(mechanisms(cluster(), "corruption")).toEqual(["point-in-time restore"]);
});

test.each([
  ["postgresql", "rds.logical_replication", "1"],
  ["mysql", "binlog_format", "ROW"],
] as const)(
  "others can follow %s where that is wanted, after a restart, and nothing is wound back then",
  (engine, name, value) => {
    const parametersOf = (logicalReplication?: boolean) =>
      cluster({ engine, logicalReplication }).stack.the(RdsClusterParameterGroup).parameter;
    const parameter = { name, value, apply_method: "pending-reboot" };
    expect(parametersOf(true)).toContainEqual(parameter);
    expect(parametersOf()).not.toContainEqual(parameter);
    expect(cluster({ engine, logicalReplication: true }).stack.the(RdsCluster)).not.toHaveProperty("backtrack_window");
  },
);

test("serverless instances grow between their bounds, and thresholds follow from the upper one", () => {
  const made = cluster({ serverless: { minCapacity: 0.5, maxCapacity: 16 } });
  expect(made.stack.the(RdsCluster).serverlessv2_scaling_configuration).toEqual({
    min_capacity: 0.5,
    max_capacity: 16,
  });
  const classes = Object.values(made.stack.all(RdsClusterInstance)).map(({ instance_class }) => instance_class);
  expect(new Set(classes)).toEqual(new Set(["db.serverless"]));
  // 16 units of 2 GiB.
  expect(made.made.signals.freeableMemory.ticket).toBeCloseTo(0.05 * 32 * GIB);
  expect(signalsOf(made)).toHaveProperty("capacity.ticket", 90);
  expect(signalsOf(made)).not.toHaveProperty("localStorage");
  expect(signalsOf(cluster())).not.toHaveProperty("capacity");
});

test("only IO without a price of its own is written out: RDS answers nothing for the other kind", () => {
  expect(cluster({ storageType: "aurora-iopt1" }).stack.the(RdsCluster).storage_type).toBe("aurora-iopt1");
  expect(cluster().stack.the(RdsCluster)).not.toHaveProperty("storage_type");
});

test.each<[AuroraProps["engine"], string, number]>([
  // 64 GiB / 9531392 bytes = 7209, of which Aurora lets in 5000.
  ["postgresql", "db.r7g.2xlarge", 5000],
  ["postgresql", "db.r7g.large", 1802],
  // Whole logarithms to the base 2, of memory / 8187281408 bytes: 1, 2 and 3 thousand.
  ["mysql", "db.r7g.large", 1000],
  ["mysql", "db.r7g.xlarge", 2000],
  ["mysql", "db.r7g.2xlarge", 3000],
])("%s on %s lets in %d connections, of which a ticket leaves a fifth", (engine, instanceClass, most) => {
  expect(cluster({ engine, instanceClass }).made.signals.connections.ticket).toBe(Math.floor(0.8 * most));
});

test("the writer is watched by its role, whichever instance that is; that there is none is a page", () => {
  const { signals } = cluster().made;
  expect(signals.writer).toMatchObject({
    measure: { metric: { name: "EngineUptime", dimensions: { DBClusterIdentifier: "test-orders", Role: "WRITER" } } },
    page: 1,
    missing: "breaching",
  });
  expect(signals.cpu.measure.metric.dimensions).toEqual({ DBClusterIdentifier: "test-orders", Role: "WRITER" });
});

test("the load of each instance is watched, by the identifier that its Terraform id is not", () => {
  expect(cluster().made.signals.load.measure.zones).toMatchObject({
    "eu-west-1a": { metric: { dimensions: { DBInstanceIdentifier: "test-orders-eu-west-1a" } } },
    "eu-west-1b": { metric: { dimensions: { DBInstanceIdentifier: "test-orders-eu-west-1b" } } },
  });
});

test("what wakes somebody is that nothing is written, now or soon", () => {
  const paged = (engine: AuroraProps["engine"]) =>
    Object.entries(signalsOf(cluster({ engine })))
      .filter(([, { page }]) => page !== undefined)
      .map(([name]) => name);
  expect(paged("postgresql")).toEqual(["writer", "transactionIds"]);
  expect(paged("mysql")).toEqual(["writer"]);
});

test("what a cluster does not have is not watched", () => {
  const names = (props: Partial<AuroraProps>) => Object.keys(signalsOf(cluster(props)));
  expect(names({ readers: 0 })).not.toEqual(expect.arrayContaining(["replicaLag"]));
  expect(names({})).toEqual(expect.arrayContaining(["replicaLag", "readerCpu", "transactionIds"]));
  expect(names({})).not.toEqual(expect.arrayContaining(["backtrackWindow"]));
  expect(names({ engine: "mysql" })).toEqual(
    expect.arrayContaining(["history", "blocked", "volume", "backtrackWindow"]),
  );
  expect(names({ engine: "mysql", backtrack: "never" })).not.toContain("backtrackWindow");
});

test("events of the cluster and of its instances come through EventBridge, and to a topic where one is given", () => {
  const eventTopic = "arn:aws:sns:eu-west-1:111122223333:events";
  const { made, stack } = cluster({ eventTopic });
  expect(made.signals.events.measure.event.detail.SourceIdentifier).toEqual([
    "test-orders",
    "test-orders-eu-west-1a",
    "test-orders-eu-west-1b",
  ]);
  expect(stack.the(DbEventSubscription)).toMatchObject({ source_type: "db-cluster", sns_topic: eventTopic });
  expect(cluster().stack.all(DbEventSubscription)).toEqual({});
});

test("with a reader a lost zone costs a minute, without one somebody has to make a writer", () => {
  expect(cluster().made.recovers.zone).toMatchObject([{ rto: { value: "60 seconds" }, selfHealing: true }]);
  const alone = cluster({ readers: 0 }).made;
  expect(alone.recovers.zone).toMatchObject([{ rto: { value: "10 minutes" }, selfHealing: false }]);
  expect(alone.recovers.instance).toMatchObject([{ rto: { value: "10 minutes" }, selfHealing: true }]);
  expect([cluster().made.sla.value, alone.sla.value]).toEqual([99.99, 99.9]);
});

test("a restore takes as long as there is data", () => {
  const rto = (sizeGib: number) => cluster({ sizeGib }).made.recovers.corruption![0].rto.value;
  expect([rto(100), rto(1000)]).toEqual(["1 hour", "10 hours"]);
});

test("a cluster with a reader is put to the test by a failover, alone and in the outage of the writer's zone", () => {
  const { made, stack } = cluster();
  const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
  expect(made.faults).toMatchObject({
    failover: { scenario: "instance", action: "aws:rds:failover-db-cluster" },
    zoneFailover: { scenario: "zone", zone: { zones, by: { targetParameter: "writerAvailabilityZoneIdentifiers" } } },
  });
  for (const { scenario, mechanism } of Object.values(made.faults)) {
    expect(made.recovers[scenario]!.map((way) => way.mechanism)).toContain(mechanism);
  }
  const [declared] = stack.manifest.constructs.filter(({ path }) => path === "test/orders");
  expect(JSON.stringify(declared.faults)).toMatch(/aws_rds_cluster\.orders_\w+/);
  expect(cluster({ readers: 0 }).made.faults).toEqual({});
});

test("what people do after a loss is commands with the names of this cluster, and no expression of Terraform", () => {
  const { stack } = cluster({ engine: "mysql" });
  const [{ recovers }] = stack.manifest.constructs.filter(({ path }) => path === "test/orders");
  const told = (recovers!.corruption as Config[]).map(({ steps }) => steps.join("\n"));
  expect(told[0]).toContain("aws rds backtrack-db-cluster --region eu-west-1 --db-cluster-identifier test-orders ");
  expect(told[1]).toContain("--source-db-cluster-identifier test-orders --db-cluster-identifier test-orders-restored");
  expect(told[1]).toContain(`--db-cluster-parameter-group-name ${stack.the(RdsClusterParameterGroup).name}`);
  expect(told[1]).toContain("aws rds create-db-instance");
  expect(told.join()).not.toContain("${");
});

test("who may connect is one rule with a reason", () => {
  const stack = synth((scope) => {
    const orders = new Aurora(scope, "orders", { engine: "mysql", network: network() });
    orders.allowFrom({ securityGroupId: "sg-1" }, "orders are stored here");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    from_port: 3306,
    referenced_security_group_id: "sg-1",
  });
});

test("a key that is given is used for disk, password and insights", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/2";
  const { stack } = cluster({ key });
  expect(stack.the(RdsCluster)).toMatchObject({ kms_key_id: key, master_user_secret_kms_key_id: key });
  expect(Object.values(stack.all(RdsClusterInstance))[0].performance_insights_kms_key_id).toBe(key);
  expect(stack.all(KmsKey)).toEqual({});
});

test.each<[string, Partial<AuroraProps>, string]>([
  ["another engine", { engine: "oracle" as "mysql" }, "'engine' must be one of postgresql, mysql"],
  ["a minor version", { engineVersion: "16.4" }, 'got "16.4"; name the major version'],
  ["a class that Aurora has not", { instanceClass: "db.m7g.large" }, "'instanceClass' must be a class that Aurora has"],
  ["an unknown class", { instanceClass: "db.x2g.large" }, "state memoryGib"],
  ["a burstable MySQL", { engine: "mysql", instanceClass: "db.t4g.medium" }, "be no burstable class for MySQL"],
  [
    "a class beside serverless",
    { instanceClass: "db.r7g.large", serverless: { minCapacity: 1, maxCapacity: 2 } },
    "'instanceClass' must be left out with serverless",
  ],
  [
    "a cluster that pauses",
    { serverless: { minCapacity: 0, maxCapacity: 2 } },
    "'serverless.minCapacity' must be between 0.5 and 256, got 0",
  ],
  [
    "a bound below the other one",
    { serverless: { minCapacity: 8, maxCapacity: 4 } },
    "'serverless.maxCapacity' must be between 8 and 256, got 4",
  ],
  [
    "a third of a unit",
    { serverless: { minCapacity: 0.7, maxCapacity: 4 } },
    "'serverless.minCapacity' must be a multiple of 0.5",
  ],
  ["more readers than Aurora takes", { readers: 16 }, "'readers' must be between 0 and 15, got 16"],
  [
    "scaling from nothing",
    { readers: 0, readerScaling: { max: 4 } },
    "'readers' must be at least 1 with readerScaling",
  ],
  ["scaling to no more", { readers: 2, readerScaling: { max: 2 } }, "'readerScaling.max' must be between 3 and 15"],
  [
    "a target that is never left",
    { readers: 1, readerScaling: { max: 2, targetCpu: 5 } },
    "'readerScaling.targetCpu' must be between 20 and 90",
  ],
  [
    "a MySQL that others follow and that is wound back",
    { engine: "mysql", logicalReplication: true, backtrack: "1 hour" },
    `'backtrack' must be "never" for PostgreSQL, with globalWith and with logicalReplication`,
  ],
  ["a PostgreSQL that is wound back", { backtrack: "1 hour" }, `'backtrack' must be "never" for PostgreSQL`],
  ["four days of it", { engine: "mysql", backtrack: "4 days" }, "'backtrack' must be between 1 second and 3 days"],
  ["a user too long for MySQL", { engine: "mysql", username: "the_order_service" }, "'username' must be a name"],
  ["too few zones", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  ["no data", { sizeGib: 0 }, "'sizeGib' must be at least 1"],
  ["another storage", { storageType: "gp3" as "aurora" }, "'storageType' must be one of aurora, aurora-iopt1"],
  ["a password in one region", { password: "hunter2" }, "'password' must be left out without globalWith"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => cluster(props)).toThrow(message);
  expect(() => cluster(props)).toThrow(/^test\/orders: /);
});

test("an unknown class passes where its memory is stated", () => {
  expect(cluster({ instanceClass: "db.x2g.large", memoryGib: 32 }).made.signals.freeableMemory.ticket).toBeCloseTo(
    0.05 * 32 * GIB,
  );
});

test("fails on readers that are known only after apply: instances are named after them", () => {
  const fill = (scope: TerraformStack) => {
    const { numberValue: readers } = new TerraformVariable(scope, "given", { type: "number" });
    new Aurora(scope, "orders", { engine: "mysql", network: network(), readers });
  };
  expect(() => synth(fill)).toThrow("test/orders: 'readers' must be known at synthesis");
});
