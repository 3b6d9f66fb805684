import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, TerraformVariable } from "cdktf";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { ConnectionPool, PostgresCluster, PostgresClusterProps } from "../../lib/data";
import { Backups } from "../../lib/recovery";
import { Config, network, synth } from "../synth";

const GIB = 1024 ** 3;

function cluster(props: Partial<PostgresClusterProps> = {}, posture: Partial<Posture> = {}) {
  let made!: PostgresCluster;
  const fill = (scope: TerraformStack) =>
    (made = new PostgresCluster(scope, "orders", { network: network(), ...props }));
  const stack = synth(fill, { posture });
  return { stack, made };
}

test("production survives the loss of a zone and a careless delete", () => {
  expect(cluster().stack.the(RdsCluster)).toMatchObject({
    cluster_identifier: "test-orders",
    engine: "postgres",
    engine_version: "17",
    db_cluster_instance_class: "db.m6gd.large",
    backup_retention_period: 35,
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: expect.stringMatching(/^test-orders-final-\$\{terraform_data\./),
    copy_tags_to_snapshot: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("development can be thrown away; its instances are three in every posture", () => {
  const { made, stack } = cluster({}, DEVELOPMENT);
  expect(stack.the(RdsCluster)).toMatchObject({
    deletion_protection: false,
    skip_final_snapshot: true,
    backup_retention_period: 1,
    lifecycle: { prevent_destroy: false },
  });
  expect(Object.keys(made.signals.cpu.measure.zones)).toEqual(["instance-1", "instance-2", "instance-3"]);
});

test("fails where its backups should be copied: AWS Backup copies no snapshot of such a cluster", () => {
  const copied = (stack: TerraformStack) => {
    const orders = new PostgresCluster(stack, "orders", { network: network() });
    new Backups(stack, "backups", { of: [orders], copyTo: "eu-central-1" });
  };
  expect(() => synth(copied)).toThrow(
    `test/backups: 'copyTo' must be left out for what cannot be copied, got "test/orders"; AWS Backup copies no snapshot`,
  );
});

test("nobody reads it on the wire, on disk or from the internet, and RDS keeps the password", () => {
  const { stack } = cluster({ slowQueryMs: 500 });
  expect(stack.the(RdsCluster)).toMatchObject({
    storage_encrypted: true,
    kms_key_id: expect.stringContaining("aws_kms_key.orders_key"),
    manage_master_user_password: true,
    master_user_secret_kms_key_id: expect.stringContaining("aws_kms_key.orders_key"),
    iam_database_authentication_enabled: true,
    ca_certificate_identifier: "rds-ca-rsa2048-g1",
  });
  expect(stack.the(RdsCluster)).not.toHaveProperty("master_password");
  expect(stack.the(DbSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b", "subnet-data-c"]);
  const group = stack.the(RdsClusterParameterGroup);
  expect(group).toMatchObject({ family: "postgres17", lifecycle: { create_before_destroy: true } });
  expect(group.parameter).toEqual(
    expect.arrayContaining([
      { name: "rds.force_ssl", value: "1" },
      { name: "log_min_duration_statement", value: "500" },
    ]),
  );
});

test("others can follow by logical replication where it is asked for, after a restart", () => {
  const replicates = (props: Partial<PostgresClusterProps>) =>
    (cluster(props).stack.the(RdsClusterParameterGroup).parameter as Config[]).find(
      ({ name }) => name === "rds.logical_replication",
    );
  expect(replicates({ logicalReplication: true })).toMatchObject({ value: "1", apply_method: "pending-reboot" });
  expect(replicates({})).toBeUndefined();
});

test("it is changed only in its window, and what happens inside is seen", () => {
  const { stack } = cluster({ backupWindow: "01:00-02:00", maintenanceWindow: "mon:03:00-mon:04:00" });
  expect(stack.the(RdsCluster)).toMatchObject({
    preferred_backup_window: "01:00-02:00",
    preferred_maintenance_window: "mon:03:00-mon:04:00",
    apply_immediately: false,
    allow_major_version_upgrade: false,
    monitoring_interval: 60,
    performance_insights_enabled: true,
    enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
  });
  const names = Object.values(stack.all(CloudwatchLogGroup)).map(({ name }) => name);
  expect(names).toEqual(["/aws/rds/cluster/test-orders/postgresql", "/aws/rds/cluster/test-orders/upgrade"]);
  expect(stack.the(RdsCluster).depends_on).toHaveLength(2);
});

test.each<[Partial<PostgresClusterProps>, string, number, number]>([
  [{}, "gp3", 400, 12_000],
  [{ storageType: "io1" }, "io1", 100, 1000],
  // Half an operation a GiB is the least.
  [{ storageType: "io2", storageGib: 4001 }, "io2", 4001, 2001],
  [{ storageGib: 1000, iops: 20_000 }, "gp3", 1000, 20_000],
])("storage %j is %s of %d GiB with %d operations a second", (props, type, size, iops) => {
  expect(cluster(props).stack.the(RdsCluster)).toMatchObject({ storage_type: type, allocated_storage: size, iops });
});

test("another kind of storage is another cluster, whose predecessor leaves a snapshot of its own", () => {
  const unique = (props: Partial<PostgresClusterProps>) => cluster(props).stack.json.resource.terraform_data;
  const [gp3, io1] = [unique({}), unique({ storageType: "io1", storageGib: 400 })];
  expect(Object.keys(gp3)).toEqual(Object.keys(io1));
  expect(gp3).not.toEqual(io1);
});

test("clients reach the writer and the standbys at addresses that stay through a failover", () => {
  const stack = synth((scope) => {
    const { endpoint, readerEndpoint, cluster } = new PostgresCluster(scope, "orders", { network: network() });
    cluster.tags = { writer: endpoint, readers: readerEndpoint };
  });
  expect(stack.the(RdsCluster).tags).toEqual({
    writer: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.endpoint\}$/),
    readers: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.reader_endpoint\}$/),
  });
});

test("each instance is watched by its own name, since which of them writes changes", () => {
  const { signals } = cluster({ storageGib: 1000, instanceClass: "db.r6gd.xlarge" }).made;
  expect(signals.freeStorage.measure.zones["instance-2"]).toEqual({
    metric: {
      namespace: "AWS/RDS",
      name: "FreeStorageSpace",
      statistic: "Minimum",
      dimensions: { DBInstanceIdentifier: "test-orders-instance-2" },
    },
  });
  expect(signals.load.ticket).toBe(4);
  expect(signals.freeableMemory.ticket).toBeCloseTo(0.05 * 32 * GIB);
  expect(signals.replicaLag.measure.zones["instance-3"]).toMatchObject({ metric: { name: "ReplicaLag" } });
});

test("storage that does not grow by itself wakes somebody while a tenth is left", () => {
  const { freeStorage } = cluster({ storageGib: 1000 }).made.signals;
  expect([freeStorage.page, freeStorage.ticket]).toEqual([100 * GIB, 250 * GIB]);
});

test("a name leaves room for those of its instances, which RDS makes of it", () => {
  let made!: PostgresCluster;
  const id = "the-orders-of-all-the-shops-in-all-the-countries-of-europe";
  const stack = synth((scope) => (made = new PostgresCluster(scope, id, { network: network() })));
  const { cluster_identifier: name } = stack.the(RdsCluster);
  expect(name.length).toBeLessThanOrEqual(52);
  expect(JSON.stringify(made.signals.cpu.measure)).toContain(`"${name}-instance-1"`);
});

test("events of the cluster and of its instances come through EventBridge, and to a topic where one is given", () => {
  const eventTopic = "arn:aws:sns:eu-west-1:111122223333:events";
  const { made, stack } = cluster({ eventTopic });
  expect(made.signals.events.measure.event.detail.SourceIdentifier).toEqual([
    "test-orders",
    "test-orders-instance-1",
    "test-orders-instance-2",
    "test-orders-instance-3",
  ]);
  expect(stack.the(DbEventSubscription)).toMatchObject({ source_type: "db-cluster", sns_topic: eventTopic });
  expect(cluster().stack.all(DbEventSubscription)).toEqual({});
});

test("a lost zone costs half a minute and no data; a bad write a restore, and a lost region everything", () => {
  const { recovers, sla } = cluster({ storageGib: 1000 }).made;
  expect(recovers.zone![0]).toMatchObject({
    rto: { value: "35 seconds" },
    rpo: { value: "0 seconds" },
    selfHealing: true,
  });
  expect(recovers.corruption).toMatchObject([{ rto: { value: "10 hours" }, rpo: { value: "5 minutes" } }]);
  expect(recovers.region).toBeUndefined();
  expect(sla).toMatchObject({ value: 99.95, condition: "Multi-AZ DB cluster" });
});

test("its failover is put to the test, alone and in the outage of the writer's zone", () => {
  const { made, stack } = cluster();
  expect(made.faults).toMatchObject({
    failover: { scenario: "instance", action: "aws:rds:failover-db-cluster" },
    zoneFailover: { scenario: "zone", zone: { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"], always: false } },
  });
  for (const { scenario, mechanism } of Object.values(made.faults)) {
    expect(made.recovers[scenario]!.map((way) => way.mechanism)).toContain(mechanism);
  }
  const [declared] = stack.manifest.constructs.filter(({ path }) => path === "test/orders");
  expect(JSON.stringify(declared.faults)).toMatch(/aws_rds_cluster\.orders_\w+/);
});

test("what people do after a loss is commands with the names of this cluster, and no expression of Terraform", () => {
  const { stack } = cluster({ storageGib: 500 });
  const [{ recovers, procedures }] = stack.manifest.constructs.filter(({ path }) => path === "test/orders");
  const told = (recovers!.corruption as Config[])[0].steps.join("\n");
  expect(told).toContain("--source-db-cluster-identifier test-orders --db-cluster-identifier test-orders-restored");
  expect(told).toContain("--db-cluster-instance-class db.m6gd.large --storage-type gp3 --iops 12000 ");
  expect(told).toContain(`--db-cluster-parameter-group-name ${stack.the(RdsClusterParameterGroup).name}`);
  expect(told + JSON.stringify(procedures)).not.toContain("${");
});

test("a pool of connections signs in to the cluster by the secret that RDS keeps", () => {
  const { stack } = {
    stack: synth((scope) => {
      const of = new PostgresCluster(scope, "orders", { network: network() });
      const load = { clients: 10, connectionsPerClient: 5 };
      new ConnectionPool(scope, "pool", { of, network: network(), load });
    }),
  };
  const [target] = Object.values(stack.json.resource.aws_db_proxy_target as Config);
  expect(target.db_cluster_identifier).toMatch(/^\$\{aws_rds_cluster\.orders_\w+\.cluster_identifier\}$/);
});

test("who may connect is one rule with a reason", () => {
  const stack = synth((scope) => {
    const orders = new PostgresCluster(scope, "orders", { network: network() });
    orders.allowFrom({ securityGroupId: "sg-1" }, "orders are stored here");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    from_port: 5432,
    referenced_security_group_id: "sg-1",
    description: "orders are stored here",
  });
});

test("a key that is given is used for disk, password and insights", () => {
  const key = "arn:aws:kms:eu-west-1:111122223333:key/2";
  const { stack } = cluster({ key });
  expect(stack.the(RdsCluster)).toMatchObject({
    kms_key_id: key,
    master_user_secret_kms_key_id: key,
    performance_insights_kms_key_id: key,
  });
  expect(stack.all(KmsKey)).toEqual({});
});

test.each<[string, Partial<PostgresClusterProps>, string]>([
  ["two zones", { network: network("ab") }, "'network.zones' must be at least 3, got 2"],
  ["a class without a local disk", { instanceClass: "db.m7g.large" }, "such as db.m6gd.large"],
  [
    "a burstable class",
    { instanceClass: "db.t4g.medium" },
    "'instanceClass' must be a class that RDS makes clusters of",
  ],
  ["a class of unknown size", { instanceClass: "db.c6gd.medium" }, "state memoryGib"],
  ["another storage", { storageType: "gp2" as "gp3" }, "'storageType' must be one of gp3, io1, io2"],
  ["gp3 that takes no operations", { storageGib: 399 }, "'storageGib' must be between 400 and 65536, got 399"],
  ["too little of io1", { storageType: "io1", storageGib: 99 }, "'storageGib' must be between 100 and 65536, got 99"],
  ["fewer operations than gp3 has", { iops: 3000 }, "'iops' must be between 12000 and 20000, got 3000"],
  [
    "more operations than the storage bears",
    { storageType: "io1", iops: 5001 },
    "'iops' must be between 1000 and 5000, got 5001",
  ],
  ["a minor version", { engineVersion: "16.4" }, 'got "16.4"; name the major version'],
  ["a reserved user", { username: "postgres" }, "'username' must be a name that is not reserved"],
  ["no backups", { backupDays: 0 }, "'backupDays' must be between 1 and 35, got 0"],
  ["an alias for a key", { key: "alias/orders" }, "'key' must be the ARN of a KMS key"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => cluster(props)).toThrow(message);
  expect(() => cluster(props)).toThrow(/^test\/orders: /);
});

test("fails on storage that is known only after apply: thresholds are made of it", () => {
  const fill = (scope: TerraformStack) => {
    const { numberValue: storageGib } = new TerraformVariable(scope, "given", { type: "number" });
    new PostgresCluster(scope, "orders", { network: network(), storageGib });
  };
  expect(() => synth(fill)).toThrow("test/orders: 'storageGib' must be known at synthesis");
});
