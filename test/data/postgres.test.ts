import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, TerraformVariable } from "cdktf";
import { DEVELOPMENT, Posture, Signal, seconds } from "../../lib/core";
import { Postgres, PostgresProps } from "../../lib/data";
import { Config, network, synth } from "../synth";

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

test.each<[string, Partial<PostgresProps>]>([
  ["another key", { key: "arn:aws:kms:eu-west-1:111122223333:key/2" }],
  ["another first user", { username: "orders" }],
])("%s makes another database, whose final snapshot does not meet that of the first", (_, props) => {
  const triggers = (given: Partial<PostgresProps>) => {
    const { terraform_data: data } = database(given).stack.json.resource;
    return Object.values(data as Config)[0].triggers_replace;
  };
  expect(triggers(props)).not.toEqual(triggers({}));
  expect(triggers({ storageGib: 200, backupDays: 7 })).toEqual(triggers({}));
});

test("a database that may be thrown away leaves no snapshot behind", () => {
  expect(database({}, DEVELOPMENT).stack.json.resource).not.toHaveProperty("terraform_data");
});

test("it grows by itself, and is patched and restarted only in its windows", () => {
  expect(database({ storageGib: 50 }).stack.the(DbInstance)).toMatchObject({
    storage_type: "gp3",
    allocated_storage: 50,
    max_allocated_storage: 200,
    backup_window: "03:00-04:00",
    maintenance_window: "sun:04:30-sun:05:30",
    apply_immediately: false,
    auto_minor_version_upgrade: true,
    allow_major_version_upgrade: false,
    copy_tags_to_snapshot: true,
  });
});

test("what happens inside it is seen: each minute from outside, each statement in Performance Insights", () => {
  const { stack } = database();
  expect(stack.the(DbInstance)).toMatchObject({
    monitoring_interval: 60,
    monitoring_role_arn: expect.stringContaining("aws_iam_role.database_monitoring"),
    performance_insights_enabled: true,
    performance_insights_kms_key_id: expect.stringContaining("aws_kms_key.database_key"),
    performance_insights_retention_period: 7,
    enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
  });
  expect(JSON.parse(stack.the(IamRole).assume_role_policy).Statement[0].Principal).toEqual({
    Service: "monitoring.rds.amazonaws.com",
  });
  expect(stack.the(IamRolePolicyAttachment).policy_arn).toMatch(/service-role\/AmazonRDSEnhancedMonitoringRole$/);
});

test("one key encrypts its disk, its password and its insights; a key that is given is used instead", () => {
  const keys = ({ stack }: ReturnType<typeof database>) => {
    const { kms_key_id, master_user_secret_kms_key_id, performance_insights_kms_key_id } = stack.the(DbInstance);
    return [kms_key_id, master_user_secret_kms_key_id, performance_insights_kms_key_id];
  };
  expect(new Set(keys(database())).size).toBe(1);
  const key = "arn:aws:kms:eu-west-1:111122223333:key/2";
  expect(keys(database({ key }))).toEqual([key, key, key]);
  expect(database({ key }).stack.all(KmsKey)).toEqual({});
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
  expect(new Set(["15", "16", "17", "18"].map(name)).size).toBe(4);
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

/** A database that another region follows. */
function followed(props: Partial<PostgresProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Postgres;
  const replicateTo = { region: "eu-central-1", network: network("abc", "eu-central-1") };
  const fill = (scope: TerraformStack) => {
    const password = new TerraformVariable(scope, "given", { type: "string", sensitive: true }).stringValue;
    made = new Postgres(scope, "database", { network: network(), replicateTo, password, ...props });
  };
  const stack = synth(fill, { posture });
  return { stack, made };
}

test("another region follows, under a key of its own, as large and as well guarded as its source", () => {
  const { stack } = followed({ instanceClass: "db.r7g.xlarge", backupDays: 14 });
  expect(stack.at(DbInstance, "database/eu-central-1/Resource")).toMatchObject({
    region: "eu-central-1",
    replicate_source_db: expect.stringMatching(/^\$\{aws_db_instance\.database_\w+\.arn\}$/),
    instance_class: "db.r7g.xlarge",
    multi_az: true,
    storage_encrypted: true,
    kms_key_id: expect.stringContaining("aws_kms_key.database_eu-central-1_key"),
    publicly_accessible: false,
    backup_retention_period: 14,
    deletion_protection: true,
    skip_final_snapshot: true,
    delete_automated_backups: false,
    lifecycle: { prevent_destroy: true, ignore_changes: ["replicate_source_db"] },
  });
  const { engine, username, allocated_storage } = stack.at(DbInstance, "database/eu-central-1/Resource");
  // RDS takes them from the source.
  expect([engine, username, allocated_storage]).toEqual([undefined, undefined, undefined]);
  expect(stack.at(KmsKey, "database/eu-central-1/key/Resource").region).toBe("eu-central-1");
});

test("AWS manages no password that a replica follows: it is given, written and never kept", () => {
  const source = followed({ passwordVersion: 2 }).stack.at(DbInstance, "database/Resource");
  expect(source).toMatchObject({ password_wo: "${var.given}", password_wo_version: 2 });
  expect(source).not.toHaveProperty("manage_master_user_password");
  expect(source).not.toHaveProperty("password");
  expect(followed().made.pooled.secret).toBeUndefined();
});

test("a lost region is met by a promotion, else by a restore; RDS makes no green copy of what is followed", () => {
  const { made } = followed({ replicateBackupsTo: "eu-central-1" });
  expect(made.recovers.region!.map(({ mechanism }) => mechanism)).toEqual([
    "promotion of the replica",
    "restore from replicated backups",
  ]);
  expect(made.recovers.region![0].steps!.join()).toContain(
    "promote-read-replica --region eu-central-1 --db-instance-identifier test-database-eu-central-1 --backup-retention-period 35",
  );
  expect(made.recovers.corruption![0].steps!.join()).not.toContain("--manage-master-user-password");
  expect(made.procedures).not.toHaveProperty("blueGreenUpgrade");
  expect(database().made.procedures).toHaveProperty("blueGreenUpgrade");
});

test("a replica that is later than the loss that is claimed, or follows no more, is told of in its region", () => {
  const { made } = followed();
  const { replicaLag, replicaStopped } = made.signals as Record<string, Signal>;
  const [{ rpo }] = made.recovers.region!;
  for (const { region, measure } of [replicaLag, replicaStopped]) {
    expect(region).toBe("eu-central-1");
    expect(measure).toMatchObject({
      metric: { name: "ReplicaLag", dimensions: { DBInstanceIdentifier: "test-database-eu-central-1" } },
    });
  }
  expect(replicaLag).toMatchObject({ bad: "above", ticket: seconds(rpo.value), missing: "breaching" });
  // RDS reports -1 where replication is not active.
  expect(replicaStopped).toMatchObject({ bad: "below", ticket: 0 });
  expect(database().made.signals).not.toHaveProperty("replicaLag");
});

test("where another region takes over, its own lets nobody in any more; else nothing has to", () => {
  const [find, revoke, reboot] = followed().made.fence!.steps;
  expect(find).toContain("Values=test-database-firewall");
  expect(revoke).toContain("aws ec2 revoke-security-group-ingress --region eu-west-1");
  expect(reboot).toContain("aws rds reboot-db-instance --region eu-west-1 --db-instance-identifier test-database`");
  expect(followed().made.fence!.holds).toContain("describe-security-group-rules --region eu-west-1");
  expect(database({ replicateBackupsTo: "eu-central-1" }).made.fence).toBeDefined();
  expect(database().made.fence).toBeUndefined();
});

test("development has a replica that can be thrown away", () => {
  const replica = followed({}, DEVELOPMENT).stack.at(DbInstance, "database/eu-central-1/Resource");
  expect(replica).toMatchObject({ deletion_protection: false, multi_az: false, lifecycle: { prevent_destroy: false } });
});

test.each<[string, Partial<PostgresProps>, string]>([
  ["a replica without a password", { password: undefined }, "'password' must be given with replicateTo"],
  ["a password that is written out", { password: "hunter2" }, "'password' must be a reference: a text would stand"],
  [
    "a replica beside the original",
    { replicateTo: { region: "eu-west-1", network: network() } },
    "'replicateTo.region' must be another region than eu-west-1",
  ],
  ["no version of a password", { passwordVersion: 0 }, "'passwordVersion' must be between 1 and"],
  ["a password that nobody follows", { replicateTo: undefined }, "'password' must be left out without replicateTo"],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => followed(props)).toThrow(message);
  expect(() => followed(props)).toThrow(/^test\/database: /);
});

test("backups in another region bring it back when its own is lost, under a key that is there", () => {
  const { stack, made } = database({ replicateBackupsTo: "eu-central-1", backupDays: 14 });
  expect(stack.the(DbInstanceAutomatedBackupsReplication)).toMatchObject({
    region: "eu-central-1",
    retention_period: 14,
    source_db_instance_arn: expect.stringContaining("aws_db_instance.database_"),
    kms_key_id: expect.stringContaining("aws_kms_key.database_key-eu-central-1"),
  });
  expect(stack.at(KmsKey, "database/key-eu-central-1/Resource").region).toBe("eu-central-1");
  expect(made.recovers.region).toMatchObject([
    { mechanism: "restore from replicated backups", rpo: { value: "10 minutes" }, rto: { value: "1 hour" } },
  ]);
  expect(made.recovers.region![0].steps!.join()).toContain(
    "restore-db-instance-to-point-in-time --region eu-central-1",
  );
});

test("what people do for a restore is commands with its names, and no expression of Terraform", () => {
  const { stack } = database();
  const [{ recovers }] = stack.manifest.constructs.filter(({ path }) => path === "test/database");
  const steps: string = (recovers!.corruption as Config[])[0].steps.join("\n");
  const parameters = stack.the(DbParameterGroup).name;
  const group = stack.at(SecurityGroup, "database/firewall/Resource").name;
  expect(steps).toContain("--source-db-instance-identifier test-database --target-db-instance-identifier");
  expect(steps).toContain("--db-subnet-group-name test-database ");
  expect(steps).toContain(`--db-parameter-group-name ${parameters} `);
  expect(steps).toContain(`Name=group-name,Values=${group} `);
  expect(steps).toMatch(/terraform -chdir=cdktf\.out\/stacks\/test import aws_db_instance\.database_\w+ test-database/);
  expect(steps).not.toContain("${");
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

test("its events come through EventBridge, by its identifier, where no topic is given", () => {
  const { stack, made } = database();
  expect(stack.all(DbEventSubscription)).toEqual({});
  expect(made.signals.events.measure.event).toMatchObject({
    source: ["aws.rds"],
    detail: {
      SourceIdentifier: ["test-database"],
      EventCategories: expect.arrayContaining(["failover", "low storage"]),
    },
  });
});

test("alarms find it by its identifier, which its Terraform id is not", () => {
  const { signals } = database().made;
  const measured = Object.values(signals as Record<string, Signal>).flatMap(({ measure }) =>
    "metric" in measure ? [measure.metric] : [],
  );
  expect(measured.length).toBeGreaterThan(10);
  for (const { namespace, dimensions } of measured) {
    expect([namespace, dimensions]).toEqual(["AWS/RDS", { DBInstanceIdentifier: "test-database" }]);
  }
});

test("what is full stops the database and pages; what leads there is a ticket", () => {
  const { signals } = database().made;
  const paged = Object.entries(signals as Record<string, Signal>).filter(([, { page }]) => page !== undefined);
  expect(paged.map(([name]) => name).sort()).toEqual(["freeStorage", "transactionIds"]);
});

test("production protects it three times over, development does not, and both want it backed up", () => {
  const protects = (posture: Partial<Posture>) => database({}, posture).made.protects[0];
  expect(protects({})).toMatchObject({
    backUp: true,
    by: ["deletion_protection", "prevent_destroy", "final snapshot"],
  });
  expect(protects(DEVELOPMENT)).toMatchObject({ backUp: true, by: [] });
});

test("what AWS assigns is passed on as it is", () => {
  const stack = synth((scope) => {
    const { stringValue: given } = new TerraformVariable(scope, "given", { type: "string" });
    const zones = { a: { private: given, data: given }, b: { private: given } };
    new Postgres(scope, "database", {
      network: { vpcId: given, zones },
      key: given,
      eventTopic: given,
      username: given,
      backupWindow: given,
    });
  });
  expect(stack.the(DbInstance)).toMatchObject({ kms_key_id: "${var.given}", username: "${var.given}" });
  expect(stack.the(DbSubnetGroup).subnet_ids).toEqual(["${var.given}", "${var.given}"]);
});

test.each<[string, (given: number) => Partial<PostgresProps>]>([
  ["storageGib", (storageGib) => ({ storageGib })],
  ["memoryGib", (memoryGib) => ({ memoryGib })],
  ["vcpus", (vcpus) => ({ vcpus })],
])("fails on %s that is known only after apply: thresholds are computed from it", (prop, props) => {
  const fill = (scope: TerraformStack) => {
    const { numberValue } = new TerraformVariable(scope, "given", { type: "number" });
    new Postgres(scope, "database", { network: network(), ...props(numberValue) });
  };
  expect(() => synth(fill)).toThrow(`test/database: '${prop}' must be known at synthesis`);
});

test("RDS tells a topic of its events where one is given", () => {
  const { stack } = database({ eventTopic: "arn:aws:sns:eu-west-1:111122223333:events" });
  expect(stack.the(DbEventSubscription)).toMatchObject({
    source_type: "db-instance",
    sns_topic: expect.stringContaining(":events"),
  });
});

test("large storage grows to as much as RDS has", () => {
  const { stack } = database({ storageGib: 50_000 });
  expect(stack.the(DbInstance)).toMatchObject({ max_allocated_storage: 65_536 });
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
  [
    "so much storage that none is left to grow into",
    { storageGib: 60_000 },
    "'storageGib' must be between 20 and 59578, got 60000; leave room to grow",
  ],
  ["an unknown version", { engineVersion: "9.6" }, "'engineVersion' must be one of 15, 16, 17"],
  [
    "backups beside themselves",
    { replicateBackupsTo: "eu-west-1" },
    "'replicateBackupsTo' must be another region than",
  ],
  ["a key by its alias", { key: "alias/orders" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["a topic that is none", { eventTopic: "events" }, "'eventTopic' must be the ARN of an SNS topic"],
  ["a minor version", { engineVersion: "17.2" }, 'got "17.2"; name the major version'],
  ["a port below those of RDS", { port: 80 }, "'port' must be between 1150 and 65535, got 80"],
  ["half a gibibyte", { storageGib: 99.5 }, "'storageGib' must be a whole number, got 99.5"],
  ["slow queries of no length", { slowQueryMs: 0 }, "'slowQueryMs' must be between 1 and"],
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
