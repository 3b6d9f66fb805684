import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DEVELOPMENT, Posture } from "../../lib/core";
import { Postgres, PostgresProps } from "../../lib/data";
import { network, synth } from "../synth";

const GIB = 1024 ** 3;

function database(props: Partial<PostgresProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Postgres;
  const stack = synth((scope) => (made = new Postgres(scope, "database", { network: network(), ...props })), {
    posture,
  });
  return { stack, made };
}

test("production survives the loss of a zone and a careless delete", () => {
  const { stack } = database();
  expect(stack.the(DbInstance)).toMatchObject({
    identifier: "test-database",
    multi_az: true,
    backup_retention_period: 35,
    deletion_protection: true,
    delete_automated_backups: false,
    skip_final_snapshot: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.the(KmsKey).lifecycle).toEqual({ prevent_destroy: true });
});

test("development has no standby and can be thrown away", () => {
  const { stack } = database({}, DEVELOPMENT);
  const instance = stack.the(DbInstance);
  expect(instance).toMatchObject({
    multi_az: false,
    backup_retention_period: 1,
    deletion_protection: false,
    delete_automated_backups: true,
    skip_final_snapshot: true,
    lifecycle: { prevent_destroy: false },
  });
  expect(instance.final_snapshot_identifier).toBeUndefined();
});

test("the final snapshot has a name that Terraform makes up once and keeps", () => {
  const { stack } = database();
  expect(stack.the(DbInstance).final_snapshot_identifier).toMatch(
    /^test-database-final-\$\{terraform_data\.database_final-snapshot_\w+\.id\}$/,
  );
});

test("nobody reads it on the wire, on disk or from the internet", () => {
  const { stack } = database();
  expect(stack.the(DbInstance)).toMatchObject({
    storage_encrypted: true,
    publicly_accessible: false,
    manage_master_user_password: true,
    iam_database_authentication_enabled: true,
    ca_cert_identifier: "rds-ca-rsa2048-g1",
  });
  const { parameter, family, lifecycle } = stack.the(DbParameterGroup);
  expect(parameter).toContainEqual({ name: "rds.force_ssl", value: "1" });
  expect(parameter).toContainEqual({ name: "log_min_duration_statement", value: "1000" });
  expect({ family, lifecycle }).toEqual({ family: "postgres17", lifecycle: { create_before_destroy: true } });
  expect(stack.the(DbSubnetGroup).subnet_ids).toEqual(["subnet-data-a", "subnet-data-b", "subnet-data-c"]);
});

test("another family takes another parameter group, by another name", () => {
  const name = (engineVersion: string) => database({ engineVersion }).stack.the(DbParameterGroup).name as string;
  expect(name("16.4")).not.toBe(name("17.2"));
  expect(name("17.1")).toBe(name("17.2"));
});

test("its logs are there before it writes them, encrypted and with an end", () => {
  const { stack } = database();
  const logs = stack.all(CloudwatchLogGroup);
  expect(Object.values(logs).map(({ name }) => name)).toEqual([
    "/aws/rds/instance/test-database/postgresql",
    "/aws/rds/instance/test-database/upgrade",
  ]);
  expect(logs["database/log-upgrade"]).toMatchObject({
    retention_in_days: 365,
    kms_key_id: expect.stringContaining("aws_kms_key"),
  });
  expect(stack.the(DbInstance).depends_on).toHaveLength(2);
});

test("thresholds follow from the size of the instance", () => {
  const { signals } = database({ instanceClass: "db.r7g.2xlarge", storageGib: 200 }).made;
  expect(signals.load.ticket).toBe(8);
  expect(signals.freeStorage).toMatchObject({ page: 10 * GIB, ticket: 30 * GIB });
  expect(signals.freeableMemory.ticket).toBeCloseTo(0.05 * 64 * GIB);
  // 64 GiB / 9531392 bytes = 7209 connections, of which RDS lets in 5000.
  expect(signals.connections.ticket).toBe(4000);
  expect(database({ instanceClass: "db.t4g.medium" }).made.signals.connections.ticket).toBe(Math.floor(0.8 * 450));
});

test("only a class that bursts can run out of credits", () => {
  expect(database({ instanceClass: "db.t4g.medium" }).made.signals.cpuCredits.ticket).toBe(20);
  expect(database().made.signals.cpuCredits).not.toHaveProperty("ticket");
});

test("with a standby a lost zone costs two minutes, without one a restore", () => {
  const zone = (posture: Partial<Posture>) => database({}, posture).made.recovers.zone![0];
  expect(zone({})).toMatchObject({ mechanism: "Multi-AZ failover", rto: { value: "120 seconds" }, selfHealing: true });
  expect(zone(DEVELOPMENT)).toMatchObject({
    mechanism: "point-in-time restore",
    rto: { value: "1 hour", basis: "assumed" },
  });
  expect(database().made.sla.value).toBe(99.95);
  expect(database({}, DEVELOPMENT).made.sla.value).toBe(99.5);
});

test("a bad write is undone by a restore, never by the standby", () => {
  const { recovers } = database().made;
  expect(recovers.corruption!.map(({ mechanism }) => mechanism)).toEqual(["point-in-time restore"]);
  expect(recovers.region).toBeUndefined();
});

test("who may connect is one rule with a reason", () => {
  const stack = synth((scope) => {
    const made = new Postgres(scope, "database", { network: network() });
    made.allowFrom({ securityGroupId: "sg-1" }, "orders are stored here");
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    description: "orders are stored here",
    from_port: 5432,
    to_port: 5432,
    referenced_security_group_id: "sg-1",
  });
});

test("RDS tells a topic of its events where one is given", () => {
  const { stack } = database({ eventTopic: "arn:aws:sns:eu-west-1:111122223333:events" });
  expect(stack.the(DbEventSubscription)).toMatchObject({
    source_type: "db-instance",
    sns_topic: expect.stringContaining(":events"),
  });
});

test.each<[string, Partial<PostgresProps>, string]>([
  ["too few zones", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  ["no backups", { backupDays: 0 }, "'backupDays' must be between 1 and 35, got 0"],
  ["an unknown class", { instanceClass: "db.x2g.large" }, "state memoryGib and vcpus"],
  [
    "storage that cannot grow",
    { maxStorageGib: 100 },
    "'maxStorageGib' must be between 110 and 65536, got 100; leave room",
  ],
  ["an unknown version", { engineVersion: "9.6" }, "'engineVersion' must be one of 15, 16, 17"],
  ["a reserved user", { username: "admin" }, "'username' must be a name that is not reserved"],
  ["a malformed window", { backupWindow: "3-4" }, "'backupWindow' must be hh:mm-hh:mm in UTC"],
  ["a short window", { backupWindow: "03:00-03:20" }, "'backupWindow' must be at least 30 minutes long"],
  ["windows over each other", { maintenanceWindow: "sun:03:30-sun:04:30" }, "'maintenanceWindow' must stay clear of"],
  [
    "windows over each other at midnight",
    { backupWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
    "stay clear of",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => database(props)).toThrow(message);
  expect(() => database(props)).toThrow(/^test\/database: /);
});

test("an unknown class passes where its size is stated", () => {
  expect(database({ instanceClass: "db.x2g.large", memoryGib: 32, vcpus: 2 }).made.signals.load.ticket).toBe(2);
});
