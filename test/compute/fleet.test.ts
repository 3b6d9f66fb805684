import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { App, Fn, TerraformStack, TerraformVariable } from "cdktf";
import fc from "../property";
import { Alarms } from "../../lib/alerting";
import { Fleet, FleetProps } from "../../lib/compute";
import { capacityOf, smallestMin, survivors, withHeadroom } from "../../lib/compute/fleet-capacity";
import { healthy, checkpoints } from "../../lib/compute/refresh";
import { DEVELOPMENT, Entrance, Metric, PRODUCTION, STAGING, waive } from "../../lib/core";
import { Queue } from "../../lib/data";
import { Setting, network, synth } from "../synth";

const IMAGE = "ami-0a1b2c3d4e5f60718";
const LOAD = { peakRequestsPerSecond: 900, perInstance: 150 };
const ENTRANCE: Entrance = {
  targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/1",
  targetPort: 8080,
  securityGroupId: "sg-entrance",
  requestsPerTarget: {
    namespace: "AWS/ApplicationELB",
    name: "RequestCountPerTarget",
    statistic: "Sum",
    dimensions: { TargetGroup: "targetgroup/orders/1" },
  },
  deregistrationDelay: "60 seconds",
};
const PROPS: FleetProps = { network: network(), behind: ENTRANCE, image: IMAGE, load: LOAD };
const BACKLOG = { namespace: "Own/Mill", name: "BacklogPerInstance", statistic: "Average", dimensions: { Mill: "a" } };

function fleet(props: Partial<FleetProps> = {}, setting?: Setting, more: (made: Fleet) => void = () => undefined) {
  let made!: Fleet;
  const stack = synth((scope) => more((made = new Fleet(scope, "fleet", { ...PROPS, ...props }))), setting);
  return { stack, made };
}

const groupOf = (props: Partial<FleetProps> = {}, setting?: Setting) =>
  fleet(props, setting).stack.the(AutoscalingGroup);
const WORKER = { behind: undefined, load: undefined, scaleOn: { metric: BACKLOG, target: 100 } };

/** What is left of a group that is as even as it can be, when its fullest zone is lost. */
function left(zones: number, instances: number): number {
  const each = Array.from({ length: zones }, (_, zone) => Math.ceil((instances - zone) / zones));
  return instances - Math.max(...each);
}

const ZONES = fc.integer({ min: 2, max: 6 });
const NEEDED = fc.integer({ min: 1, max: 2000 });

test("whatever the load and the zones, what is left of the fewest instances carries the peak", () => {
  fc.assert(fc.property(ZONES, NEEDED, (zones, needed) => left(zones, smallestMin(zones, needed)) >= needed));
});

test("no smaller number with as many instances in each zone would do", () => {
  fc.assert(
    fc.property(ZONES, NEEDED, (zones, needed) => {
      const min = smallestMin(zones, needed);
      return min % zones === 0 && (min === zones || left(zones, min - zones) < needed);
    }),
  );
});

test("what is judged to be left is what is left", () => {
  fc.assert(fc.property(ZONES, NEEDED, (zones, min) => survivors({ zones, min }) === left(zones, min)));
});

test("instances that scale on requests have room for their share of a lost zone, and no more", () => {
  const rates = fc.double({ min: 0.1, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(ZONES, NEEDED, rates, (zones, each, perInstance) => {
      const instances = zones * each;
      const afterwards = (withHeadroom(perInstance, zones) * instances) / left(zones, instances);
      return Math.abs(afterwards / perInstance - 1) < 1e-9;
    }),
  );
});

test("a rollout always has room for a new instance, and its checkpoints go up to the end", () => {
  fc.assert(
    fc.property(NEEDED, (min) => {
      const { minHealthyPercentage = 0, maxHealthyPercentage = 0 } = healthy(min);
      const room = Math.floor((maxHealthyPercentage / 100) * min + 1e-9) - min;
      const points = checkpoints(min);
      expect(minHealthyPercentage).toBe(100);
      expect(room).toBeGreaterThanOrEqual(1);
      expect(maxHealthyPercentage).toBeLessThanOrEqual(200);
      expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
      expect([points[0] >= 1, points[points.length - 1]]).toEqual([true, 100]);
    }),
  );
});

test.each([
  ["abc", 900, 9, 100],
  ["ab", 900, 12, 75],
  ["abc", 901, 12, 100],
  ["abc", 1, 3, 100],
])("in zones %s, %d requests a second at 150 each take %d instances, held at %d each", (letters, peak, min, rate) => {
  const { stack } = fleet({ network: network(letters), load: { peakRequestsPerSecond: peak, perInstance: 150 } });
  expect(stack.the(AutoscalingGroup)).toMatchObject({ min_size: min, max_size: 2 * min });
  expect(stack.the(AutoscalingPolicy).target_tracking_configuration.target_value).toBe(60 * rate);
});

test("it stands in the private subnets of all zones, behind the load balancer that says who is healthy", () => {
  expect(groupOf()).toMatchObject({
    name: "test-fleet",
    vpc_zone_identifier: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
    target_group_arns: [ENTRANCE.targetGroupArn],
    health_check_type: "ELB",
    health_check_grace_period: 300,
    default_instance_warmup: 120,
    availability_zone_distribution: { capacity_distribution_strategy: "balanced-best-effort" },
  });
});

test("an instance cannot be reached from outside, nor its credentials or disks be taken", () => {
  const { stack } = fleet();
  expect(stack.the(LaunchTemplate)).toMatchObject({
    image_id: IMAGE,
    metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
    network_interfaces: [{ associate_public_ip_address: "false", security_groups: [expect.any(String)] }],
    block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3" } }],
    monitoring: { enabled: true },
  });
  expect(stack.the(LaunchTemplate)).not.toHaveProperty("key_name");
  expect(stack.the(IamRolePolicyAttachment).policy_arn).toBe("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");
  expect(JSON.parse(stack.the(IamRole).assume_role_policy).Statement[0].Principal).toEqual({
    Service: "ec2.amazonaws.com",
  });
});

test("no instance starts before its role may do what it is for", () => {
  const may = [{ Sid: "Reads", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" }] as const;
  expect(fleet({ may }).stack.the(IamInstanceProfile).depends_on).toEqual([
    expect.stringContaining("aws_iam_role_policy_attachment."),
    expect.stringContaining("aws_iam_role_policy.fleet_role-policy"),
  ]);
});

test("only the load balancer reaches the instances, and at one port", () => {
  const { stack } = fleet();
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    referenced_security_group_id: "sg-entrance",
    from_port: 8080,
    to_port: 8080,
  });
  const out = Object.values(stack.all(VpcSecurityGroupEgressRule)).map(({ security_group_id, from_port }) => [
    security_group_id === "sg-entrance",
    from_port,
  ]);
  expect(out.sort()).toEqual([
    [false, 443],
    [true, 8080],
  ]);
});

test("what it connects to lets it in by a rule with the same reason", () => {
  const to = { securityGroupId: "sg-database", port: 5432 };
  const { stack } = fleet({}, {}, (made) => made.connectTo(to, "orders are stored here"));
  const rules = [VpcSecurityGroupEgressRule, VpcSecurityGroupIngressRule].map((type) =>
    Object.values(stack.all(type)).filter(({ description }) => description === "orders are stored here"),
  );
  expect(rules).toMatchObject([
    [{ referenced_security_group_id: "sg-database", from_port: 5432 }],
    [{ security_group_id: "sg-database", from_port: 5432 }],
  ]);
});

test("a new image starts a rollout: the group names the template by its newest version, never as $Latest", () => {
  const { launch_template: template } = groupOf();
  expect(template.version).toMatch(/^\$\{aws_launch_template\.\w+-template_\w+\.latest_version\}$/);
  expect(JSON.stringify(fleet().stack.json)).not.toMatch(/\$(Latest|Default)"/);
});

test("a rollout goes from checkpoint to checkpoint, new before old, and comes back by itself", () => {
  const { instance_refresh: refresh, instance_maintenance_policy: maintenance } = groupOf();
  expect(refresh).toEqual({
    strategy: "Rolling",
    preferences: {
      min_healthy_percentage: 100,
      max_healthy_percentage: 112,
      instance_warmup: "120",
      checkpoint_percentages: [11, 50, 100],
      checkpoint_delay: "600",
      auto_rollback: true,
      skip_matching: true,
      scale_in_protected_instances: "Refresh",
      standby_instances: "Ignore",
    },
  });
  expect(maintenance).toEqual({ min_healthy_percentage: 100, max_healthy_percentage: 112 });
});

test("a rollout rolls back on alarms that watch the fleet itself, named and not referred to", () => {
  const stack = synth((scope) => {
    const made = new Fleet(scope, "fleet", PROPS);
    const alarms = new Alarms(scope, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    });
    made.rollBackOn(alarms.pages);
    made.rollBackOn([{ name: "error-budget-burns" }]);
    // What is watched later counts as well.
    alarms.watch(made);
  });
  expect(stack.the(AutoscalingGroup).instance_refresh.preferences.alarm_specification).toEqual({
    alarms: ["test-fleet-in-service-page", "error-budget-burns"],
  });
});

test.each([
  ["no alarm", 0, "must name 1 to 10 alarms, got 0; watch something that pages"],
  ["more alarms than a rollout follows", 11, "must name 1 to 10 alarms, got 11; after the last watch"],
])("fails on %s to roll back on", (_, count, message) => {
  const alarms = Array.from({ length: count }, (_, index) => ({ name: `alarm-${index}` }));
  expect(() => fleet({}, {}, (made) => made.rollBackOn(alarms))).toThrow(message);
});

test("scaling owns the number of instances, and Terraform neither sets it nor puts it back", () => {
  const made = groupOf();
  expect(made).not.toHaveProperty("desired_capacity");
  expect(made.lifecycle).toEqual({ ignore_changes: ["desired_capacity"] });
});

test("an apply does not wait for instances that need what it still makes, but gives a deleted fleet time to drain", () => {
  expect(groupOf()).toMatchObject({
    wait_for_capacity_timeout: "0",
    timeouts: { delete: "660s" },
    force_delete: false,
  });
});

test("it scales on the requests of each target, both ways", () => {
  expect(fleet().stack.the(AutoscalingPolicy)).toMatchObject({
    policy_type: "TargetTrackingScaling",
    target_tracking_configuration: {
      target_value: 6000,
      disable_scale_in: false,
      customized_metric_specification: {
        namespace: "AWS/ApplicationELB",
        metric_name: "RequestCountPerTarget",
        statistic: "Sum",
        metric_dimension: [{ name: "TargetGroup", value: "targetgroup/orders/1" }],
      },
    },
  });
});

test("it scales on the metric of any signal, and without an entrance counts on the status checks of EC2", () => {
  const { stack, made } = fleet(WORKER);
  expect(stack.the(AutoscalingPolicy).target_tracking_configuration).toMatchObject({
    target_value: 100,
    customized_metric_specification: {
      namespace: "Own/Mill",
      statistic: "Average",
      metric_dimension: [{ name: "Mill", value: "a" }],
    },
  });
  expect(stack.the(AutoscalingGroup)).toMatchObject({ health_check_type: "EC2", min_size: 3 });
  expect(made.recovers.instance![0].rto.value).toBe("0 seconds");
});

test("what it launches carries the tags of the stack, which Terraform does not bring there", () => {
  const stack = synth((scope) => {
    const [provider] = scope.allProviders() as AwsProvider[];
    provider.defaultTags = [{ tags: { service: "orders" } }];
    new Fleet(scope, "fleet", { ...PROPS, tags: { tier: "web" } });
  });
  const tags = { service: "orders", Name: "test-fleet", tier: "web" };
  expect(stack.the(AutoscalingGroup).tag).toEqual(
    Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
  );
  expect(stack.the(LaunchTemplate).tag_specifications).toEqual([
    { resource_type: "instance", tags },
    { resource_type: "volume", tags },
  ]);
});

test("group metrics that its alarms need are published", () => {
  const { stack, made } = fleet();
  const { inService, atMaximum, pending } = made.signals;
  const asked = [inService, pending].map(({ measure }) => measure.metric);
  for (const { name } of [...asked, ...Object.values(atMaximum.measure.math.metrics)]) {
    expect(stack.the(AutoscalingGroup).enabled_metrics).toContain(name);
  }
  expect(stack.the(AutoscalingGroup).metrics_granularity).toBe("1Minute");
});

test("too few instances for the peak is a page, a spent reserve a ticket", () => {
  expect(fleet().made.signals.inService).toMatchObject({ page: 6, ticket: 9, bad: "below", missing: "breaching" });
});

test("a fleet of a fixed size is not told that it cannot grow", () => {
  expect(fleet({ min: 9, max: 9 }).made.signals.atMaximum).not.toHaveProperty("ticket");
  expect(fleet().made.signals.atMaximum.ticket).toBe(1);
});

test("a rollout that fails or comes back, and a launch that fails, are told", () => {
  const { stack } = fleet({}, {}, (made) => {
    new Alarms(made.node.scope as TerraformStack, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    }).watch(made);
  });
  const rule = JSON.parse(stack.at(CloudwatchEventRule, "fleet/alarms/refresh-failed").event_pattern);
  expect(rule).toMatchObject({ source: ["aws.autoscaling"], detail: { AutoScalingGroupName: ["test-fleet"] } });
  expect(rule["detail-type"]).toContain("EC2 Auto Scaling Instance Refresh Rollback Started");
  expect(Object.keys(stack.all(CloudwatchEventRule))).toContain("fleet/alarms/launch-failed");
});

test("outside production spot instances take a share of what a lost zone does not ask for", () => {
  const spot = { sharePercent: 60, instanceTypes: ["m6g.large", "m8g.large"] };
  expect(groupOf({ spot }, { posture: { ...STAGING, enforce: "warn" } })).toMatchObject({
    capacity_rebalance: true,
    mixed_instances_policy: {
      instances_distribution: {
        on_demand_base_capacity: 9,
        on_demand_percentage_above_base_capacity: 40,
        spot_allocation_strategy: "price-capacity-optimized",
      },
      launch_template: {
        override: [{ instance_type: "m7g.large" }, { instance_type: "m6g.large" }, { instance_type: "m8g.large" }],
        launch_template_specification: { version: expect.stringContaining(".latest_version") },
      },
    },
  });
  expect(groupOf({}, { posture: { ...STAGING, enforce: "warn" } })).toMatchObject({
    capacity_rebalance: true,
    default_cooldown: 300,
  });
});

test("in production spot takes a reason, and the manifest lists it", () => {
  const spot = { sharePercent: 60, instanceTypes: ["m6g.large", "m8g.large"] };
  expect(() => fleet({ spot })).toThrow(/^test\/fleet: 'spot' must give a reason in this posture/);
  const { stack } = fleet({ spot: { ...spot, waived: "the queue can wait" } });
  expect(stack.manifest.waivers).toEqual([
    { path: "test/fleet", safeguard: "on-demand capacity", waived: "the queue can wait" },
  ]);
});

const SHORT: [string, Partial<FleetProps>, string][] = [
  [
    "a fleet that cannot lose a zone",
    { min: 8 },
    "test/fleet: 'min' must leave 6 for 900 requests a second when one of 3 zones is lost, got 8; " +
      "5 would be left, which carry 750 requests a second: write min: 9",
  ],
  [
    "instances without room for a lost zone",
    { targetPerInstance: 120 },
    "test/fleet: 'targetPerInstance' must leave an instance that serves 150 a second room for its share of one of " +
      "3 lost zones, got 120; write at most 100, or leave it out",
  ],
];

const ENFORCED = { posture: { ...PRODUCTION } };

function judged(props: Partial<FleetProps>, setting: Setting, waived?: string) {
  return synth((scope) => {
    const made = new Fleet(scope, "fleet", { ...PROPS, ...props });
    waive(made, "watched", { waived: "tested alone" });
    if (waived) waive(made, "zone-loss", { waived });
  }, setting);
}

test.each(SHORT)("fails on %s, and says which number to change", (_, props, message) => {
  expect(() => judged(props, ENFORCED)).toThrow(message);
});

test.each(SHORT)("warns of %s in development, and excuses it for a reason in production", (_, props, message) => {
  expect(judged(props, { posture: DEVELOPMENT }).warnings).toContainEqual(message);
  expect(judged(props, ENFORCED, "a batch that can wait").manifest.verdicts).toContainEqual(
    expect.objectContaining({ safeguard: "zone-loss", outcome: "waived" }),
  );
});

test("a fleet that cannot lose a zone does not claim to come back from it", () => {
  expect(Object.keys(fleet().made.recovers)).toEqual(["instance", "zone"]);
  for (const [, props] of SHORT) expect(Object.keys(fleet(props).made.recovers)).toEqual(["instance"]);
});

test("a fleet that is too small in development may still grow to its peak", () => {
  expect(groupOf({ min: 1 }, { posture: DEVELOPMENT })).toMatchObject({ min_size: 1, max_size: 18 });
});

test("workers scale on what waits in a queue for each of those in service", () => {
  const stack = synth((scope) => {
    const queue = new Queue(scope, "queue");
    const metric = (instances: Metric) => queue.backlogPerWorker(instances);
    new Fleet(scope, "workers", { ...PROPS, ...WORKER, scaleOn: { metric, target: 100 } });
  });
  const { target_tracking_configuration: tracking } = stack.the(AutoscalingPolicy);
  const [{ customized_metric_specification: specification }] = [tracking].flat();
  const [{ metrics, ...rest }] = [specification].flat();
  expect(rest).toEqual({});
  const metricOf = (namespace: string, metric_name: string, name: string, value: string) => ({
    return_data: false,
    metric_stat: { metric: { namespace, metric_name, dimensions: [{ name, value }] }, stat: "Average" },
  });
  const group = stack.the(AutoscalingGroup).name as string;
  expect(metrics).toEqual([
    { id: "backlog", ...metricOf("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "test-queue") },
    { id: "workers", ...metricOf("AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName", group) },
    expect.objectContaining({ expression: "backlog / IF(workers > 0, workers, 1)", return_data: true }),
  ]);
});

test("what it runs at its start is encoded, also where it is known only after apply", () => {
  const stack = synth((scope) => {
    const { stringValue: given } = new TerraformVariable(scope, "given", { type: "string" });
    const common = { ...PROPS, behind: undefined, scaleOn: WORKER.scaleOn };
    new Fleet(scope, "known", { ...common, userData: "#!/bin/sh" });
    new Fleet(scope, "later", { ...common, userData: Fn.join("", ["echo ", given]), image: given, key: given });
  });
  expect(stack.at(LaunchTemplate, "known/launch-template").user_data).toBe("IyEvYmluL3No");
  expect(stack.at(LaunchTemplate, "later/launch-template")).toMatchObject({
    user_data: expect.stringContaining("base64encode("),
    image_id: "${var.given}",
    block_device_mappings: [{ ebs: { kms_key_id: "${var.given}" } }],
  });
});

test.each<[string, (given: number) => Partial<FleetProps>]>([
  ["min", (min) => ({ min })],
  ["max", (max) => ({ max })],
  ["load.perInstance", (perInstance) => ({ load: { ...LOAD, perInstance } })],
  ["scaleOn.target", (target) => ({ ...WORKER, scaleOn: { metric: BACKLOG, target } })],
])("fails on %s that is known only after apply: sizes are computed from it", (prop, props) => {
  const fill = (scope: TerraformStack) => {
    const { numberValue } = new TerraformVariable(scope, "given", { type: "number" });
    new Fleet(scope, "fleet", { ...PROPS, ...props(numberValue) });
  };
  expect(() => synth(fill)).toThrow(`test/fleet: '${prop}' must be known at synthesis`);
});

test("a size is a whole number, however it is computed", () => {
  const scope = new TerraformStack(new App(), "test");
  fc.assert(
    fc.property(ZONES, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (zones, peakRequestsPerSecond) => {
      const { min, max } = capacityOf(scope, zones, { ...PROPS, load: { peakRequestsPerSecond, perInstance: 1 } });
      return Number.isInteger(min) && Number.isInteger(max);
    }),
  );
});

test.each<[string, Partial<FleetProps>, string]>([
  ["too few zones", { network: network("a") }, "'network.zones' must be at least 2, got 1"],
  ["an entrance without a load", { load: undefined }, "'load' must be given behind an entrance, got nothing"],
  ["no load", { load: { ...LOAD, perInstance: 0 } }, "'load.perInstance' must be a number above 0, got 0"],
  ["nothing to scale on", { behind: undefined }, "'scaleOn' must be given without an entrance"],
  ["half an instance", { min: 7.5 }, "'min' must be a whole number, got 7.5"],
  ["a maximum below the minimum", { max: 3 }, "'max' must be at least 9, got 3; it cannot be less than min, 9"],
  [
    "a statistic that Auto Scaling does not know",
    { ...WORKER, scaleOn: { metric: { ...BACKLOG, statistic: "p99" }, target: 1 } },
    "'scaleOn.metric.statistic' must be one of Average, Minimum, Maximum, SampleCount, Sum, got \"p99\"",
  ],
  [
    "an expression over what has no id",
    { ...WORKER, scaleOn: { metric: { math: { expression: "1 / A", metrics: { A: BACKLOG } } }, target: 1 } },
    "'scaleOn.metric' must be named by a small letter, then letters, digits and _, got \"A\"",
  ],
  ["a target of nothing", { ...WORKER, scaleOn: { metric: BACKLOG, target: 0 } }, "'scaleOn.target' must be a number"],
  ["two targets", { scaleOn: WORKER.scaleOn, targetPerInstance: 1 }, "'targetPerInstance' must be left out"],
  ["an image by its name", { image: "orders" }, "'image' must be the id of an image"],
  ["a type that is none", { instanceType: "large" }, "'instanceType' must be an instance type"],
  ["a key by its alias", { key: "alias/aws/ebs" }, "'key' must be the ARN of a KMS key, not of an alias"],
  ["a volume larger than EBS makes", { rootVolumeGib: 16_385 }, "'rootVolumeGib' must be between 1 and 16384"],
  ["a device that is none", { rootDevice: "xvda" }, "'rootDevice' must be a device"],
  ["a script too long", { userData: "x".repeat(16_385) }, "'userData' must be at most 16384 bytes, got 16385; bake it"],
  ["grace that ends too soon", { gracePeriod: "1 minute" }, "'gracePeriod' must be between 2 minutes and 2 hours"],
  ["instances that live too short", { maxLifetime: "1 hour" }, "'maxLifetime' must be between 1 day and 365 days"],
  ["a warm-up without a unit", { warmUp: "90" as never }, "'warmUp' must be a number and a unit"],
  [
    "spot from one pool",
    { spot: { sharePercent: 50, instanceTypes: ["m6g.large", "m6g.large"], waived: "cheap" } },
    "'spot.instanceTypes' must be at least 2 types",
  ],
  [
    "no share of spot",
    { spot: { sharePercent: 0, instanceTypes: ["m6g.large", "m8g.large"], waived: "cheap" } },
    "'spot.sharePercent' must be between 1 and 100, got 0",
  ],
])("fails on %s, naming path, prop, value and mend", (_, props, message) => {
  expect(() => fleet(props)).toThrow(message);
  expect(() => fleet(props)).toThrow(/^test\/fleet: /);
});

test("when its region comes back too early it is kept without an instance, and scaling makes none", () => {
  const { steps, holds } = fleet().made.fence;
  expect(steps).toEqual([
    expect.stringContaining(
      "update-auto-scaling-group --region eu-west-1 --auto-scaling-group-name test-fleet --min-size 0 --max-size 0 --desired-capacity 0",
    ),
  ]);
  expect(holds).toContain("It must say 0: `aws autoscaling describe-auto-scaling-groups --region eu-west-1");
});
