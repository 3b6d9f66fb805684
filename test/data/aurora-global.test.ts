import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsGlobalCluster } from "@cdktf/provider-aws/lib/rds-global-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Posture, Signal, seconds } from "../../lib/core";
import { Alarms } from "../../lib/alerting";
import { Aurora, AuroraProps, GlobalRegion } from "../../lib/data";
import { Config, network, synth } from "../synth";

const FRANKFURT = {
  vpcId: "vpc-2",
  zones: { "eu-central-1a": { private: "subnet-x" }, "eu-central-1b": { private: "subnet-y" } },
};

function world(other: Partial<GlobalRegion> = {}, props: Partial<AuroraProps> = {}, posture: Partial<Posture> = {}) {
  let made!: Aurora;
  const fill = (scope: TerraformStack) => {
    const { stringValue: password } = new TerraformVariable(scope, "password", { type: "string", sensitive: true });
    const globalWith = { region: "eu-central-1", network: FRANKFURT, ...other };
    made = new Aurora(scope, "orders", { engine: "postgresql", network: network(), globalWith, password, ...props });
  };
  const stack = synth(fill, { posture });
  return { stack, made };
}

test("everything of the second region says so, but for the role, which has none", () => {
  const { stack } = world();
  const below = Object.entries(stack.json.resource as Record<string, Record<string, Config>>).flatMap(
    ([type, resources]) =>
      Object.values(resources)
        .filter((config) => config["//"].metadata.path.startsWith("test/orders/eu-central-1/"))
        .map(({ region }) => [type, region]),
  );
  expect(below.length).toBeGreaterThan(8);
  for (const [type, region] of below) {
    expect([type, region]).toEqual([type, type === "terraform_data" ? undefined : "eu-central-1"]);
  }
});

test("the follower has a key, subnets and a firewall of its own, and the version of the first to the patch", () => {
  const { stack } = world();
  expect(stack.at(RdsCluster, "orders/eu-central-1/Resource")).toMatchObject({
    cluster_identifier: "test-orders-eu-central-1",
    kms_key_id: expect.stringContaining("aws_kms_key.orders_eu-central-1_key"),
    vpc_security_group_ids: [expect.stringContaining("aws_security_group.orders_eu-central-1_firewall")],
    db_subnet_group_name: expect.stringContaining("orders_eu-central-1_subnets"),
    engine_version: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.engine_version_actual\}$/),
    global_cluster_identifier: expect.stringContaining("aws_rds_global_cluster.orders_global"),
    source_region: "eu-west-1",
    deletion_protection: true,
  });
});

test("who may connect there is a rule of that region", () => {
  const stack = synth((scope) => {
    const { stringValue: password } = new TerraformVariable(scope, "password", { type: "string", sensitive: true });
    const globalWith = { region: "eu-central-1", network: FRANKFURT };
    const orders = new Aurora(scope, "orders", { engine: "mysql", network: network(), globalWith, password });
    orders.global!.follower.firewall.allowFrom({ securityGroupId: "sg-9" }, 3306, "the service there reads");
  });
  expect(stack.the(VpcSecurityGroupIngressRule).region).toBe("eu-central-1");
});

test("a follower waits until the first cluster has its instances", () => {
  const { depends_on } = world().stack.at(RdsCluster, "orders/eu-central-1/Resource");
  expect(depends_on.filter((on: string) => on.startsWith("aws_rds_cluster_instance.orders_instance"))).toHaveLength(2);
});

test("a failover changes who is first, and Terraform does not change it back", () => {
  const { stack } = world();
  for (const { lifecycle } of Object.values(stack.all(RdsCluster))) {
    expect(lifecycle.ignore_changes).toEqual(
      expect.arrayContaining(["global_cluster_identifier", "replication_source_identifier"]),
    );
  }
});

test("a second region is added to a cluster that is there: the global database takes it as its source", () => {
  expect(world().stack.the(RdsGlobalCluster)).toMatchObject({
    global_cluster_identifier: "test-orders-global",
    source_db_cluster_identifier: expect.stringMatching(/^\$\{aws_rds_cluster\.orders_\w+\.arn\}$/),
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
});

test("the password is written and never kept, since AWS manages none here", () => {
  const first = world({}, { passwordVersion: 2 }).stack.at(RdsCluster, "orders/Resource");
  expect(first).toMatchObject({ master_password_wo: "${var.password}", master_password_wo_version: 2 });
  expect(first).not.toHaveProperty("manage_master_user_password");
  const follower = world().stack.at(RdsCluster, "orders/eu-central-1/Resource");
  expect(Object.keys(follower).filter((key) => key.startsWith("master_"))).toEqual([]);
});

test.each([
  [1, "5 minutes", ["eu-central-1a"]],
  [0, "15 minutes", []],
])("with %d instances waiting there, the loss of the region costs %s", (instances, rto, zones) => {
  const { made, stack } = world({ instances });
  expect(made.recovers.region).toMatchObject([{ rto: { value: rto }, rpo: { value: "5 seconds" } }]);
  const waiting = Object.keys(stack.all(RdsClusterInstance)).filter((path) => path.includes("eu-central-1"));
  expect(waiting).toEqual(zones.map((zone) => `orders/eu-central-1/instance-${zone}`));
});

test("more lag than the loss that is claimed is told where it is measured: in the region that follows", () => {
  const { made } = world();
  const { globalLag } = made.signals as Record<string, Signal>;
  const [{ rpo }] = made.recovers.region!;
  expect(globalLag).toMatchObject({
    region: "eu-central-1",
    measure: {
      metric: {
        namespace: "AWS/RDS",
        name: "AuroraGlobalDBRPOLag",
        statistic: "Maximum",
        dimensions: { DBClusterIdentifier: "test-orders-eu-central-1" },
      },
    },
    bad: "above",
    ticket: 1000 * seconds(rpo.value),
    missing: "breaching",
  });
  // Of storage without an instance nobody promises a measurement.
  expect((world({ instances: 0 }).made.signals as Record<string, Signal>).globalLag.missing).toBe("missing");
});

const SNS = (region: string) => ({
  page: `arn:aws:sns:${region}:111122223333:page`,
  ticket: `arn:aws:sns:${region}:111122223333:ticket`,
});

test("its alarm stands in that region and tells a topic of there", () => {
  const plan = synth((scope) => {
    const { stringValue: password } = new TerraformVariable(scope, "password", { type: "string", sensitive: true });
    const globalWith = { region: "eu-central-1", network: FRANKFURT };
    const orders = new Aurora(scope, "orders", { engine: "mysql", network: network(), globalWith, password });
    const elsewhere = { "eu-central-1": SNS("eu-central-1") };
    new Alarms(scope, "alarms", { notify: SNS("eu-west-1"), elsewhere }).watch(orders);
  });
  expect(plan.at(CloudwatchMetricAlarm, "orders/alarms/global-lag-ticket")).toMatchObject({
    region: "eu-central-1",
    threshold: 5000,
    treat_missing_data: "breaching",
    alarm_actions: [SNS("eu-central-1").ticket],
  });
});

test("the way to the other region is commands with the names there; an instance is made where none waits", () => {
  const told = (instances: number) => {
    const { stack } = world({ instances });
    const [{ recovers }] = stack.manifest.constructs.filter(({ path }) => path === "test/orders");
    return (recovers!.region as Config[])[0].steps.join("\n") as string;
  };
  const target = "arn:aws:rds:eu-central-1:111122223333:cluster:test-orders-eu-central-1";
  expect(told(1)).toContain(
    `failover-global-cluster --region eu-central-1 --global-cluster-identifier test-orders-global --target-db-cluster-identifier ${target}`,
  );
  expect(told(1)).not.toContain("create-db-instance");
  expect(told(0)).toContain("create-db-instance --region eu-central-1");
});

test("after a failover the first region lets nobody in, and the global database says who writes", () => {
  const said = world().made.fence!.steps.join("\n");
  expect(said).toContain("revoke-security-group-ingress --region eu-west-1");
  expect(said).toContain("reboot-db-instance --region eu-west-1");
  expect(said).toContain(
    "It must say True of eu-central-1 alone: `aws rds describe-global-clusters --region eu-central-1",
  );
});

test("the first cluster is backed up, and its follower with it", () => {
  expect(world().made.protects.map(({ backUp }) => backUp)).toEqual([true, { no: expect.any(String) }]);
});

test.each<[string, Partial<GlobalRegion>, Partial<AuroraProps>, string]>([
  ["its own region", { region: "eu-west-1" }, {}, "'globalWith.region' must be another region than eu-west-1"],
  ["no region", { region: "Frankfurt" }, {}, "'globalWith.region' must be a region such as"],
  ["more instances than Aurora takes", { instances: 17 }, {}, "'globalWith.instances' must be between 0 and 16"],
  ["no password", {}, { password: undefined }, "'password' must be given with globalWith, got nothing"],
  ["a password in the plan", {}, { password: "hunter2" }, "'password' must be a reference: a text would stand"],
  ["a burstable class", {}, { instanceClass: "db.t4g.medium" }, "be no burstable class with globalWith"],
  ["a cluster that is wound back", {}, { engine: "mysql", backtrack: "1 day" }, "'backtrack' must be \"never\""],
])("fails on %s, naming path, prop, value and mend", (_, other, props, message) => {
  expect(() => world(other, props)).toThrow(message);
  expect(() => world(other, props)).toThrow(/^test\/orders: /);
});

test("fails on a password without showing it to anybody", () => {
  expect(() => world({}, { password: "hunter2" })).not.toThrow("hunter2");
});
