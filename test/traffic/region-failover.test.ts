import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, ServiceGraph } from "../../lib/core";
import { Objectives } from "../../lib/recovery";
import { LoadBalancer, RegionFailover, RegionFailoverProps, Routing } from "../../lib/traffic";
import { Setting, network, synth } from "../synth";

const west = { dnsName: "one.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2" };
const central = { dnsName: "two.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" };
const both = { "eu-west-1": west, "eu-central-1": central };

function planned(props: Partial<RegionFailoverProps> = {}, setting?: Setting) {
  let made: RegionFailover | undefined;
  const plan = synth((stack) => {
    const domain = { name: "orders.example.com", zoneId: "Z0123456789" };
    made = new RegionFailover(stack, "failover", { domain, endpoints: both, ...props });
  }, setting);
  return { plan, made: made! };
}

test("one name leads to the primary region, and to the other one while it is unhealthy", () => {
  const { plan } = planned();
  for (const [region, type] of [
    ["eu-west-1", "PRIMARY"],
    ["eu-central-1", "SECONDARY"],
  ]) {
    expect(plan.at(Route53Record, `failover/record-${region}`)).toMatchObject({
      name: "orders.example.com",
      type: "A",
      set_identifier: region,
      failover_routing_policy: { type },
      health_check_id: `\${aws_route53_health_check.failover_health-${region}_${suffix(plan, region)}.id}`,
      alias: { evaluate_target_health: true },
    });
  }
});

function suffix(plan: ReturnType<typeof planned>["plan"], region: string): string {
  const names = Object.keys(plan.json.resource.aws_route53_health_check);
  return names
    .find((name) => name.startsWith(`failover_health-${region}_`))!
    .split("_")
    .pop()!;
}

test("a region is asked by HTTPS every ten seconds, by the name of its own endpoint", () => {
  expect(planned().plan.at(Route53HealthCheck, "failover/health-eu-central-1")).toMatchObject({
    type: "HTTPS",
    fqdn: "two.eu-central-1.elb.amazonaws.com",
    resource_path: "/healthz",
    request_interval: 10,
    failure_threshold: 3,
    enable_sni: true,
  });
});

test("several paths are one check, which needs all of them", () => {
  const { plan } = planned({ health: { paths: ["/healthz", "/healthz/orders"], contains: "ok" } });
  expect(plan.at(Route53HealthCheck, "failover/health-eu-west-1")).toMatchObject({
    type: "CALCULATED",
    child_health_threshold: 2,
    child_healthchecks: [expect.stringContaining("healthz_"), expect.stringContaining("healthz-orders")],
  });
  expect(plan.at(Route53HealthCheck, "failover/health-eu-west-1-healthz")).toMatchObject({
    type: "HTTPS_STR_MATCH",
    search_string: "ok",
  });
});

test("requests are shared by weights, or go to the nearest region", () => {
  const weighted = planned({ routing: Routing.weighted({ "eu-west-1": 90, "eu-central-1": 10 }) }).plan;
  expect(weighted.at(Route53Record, "failover/record-eu-central-1").weighted_routing_policy).toEqual({ weight: 10 });
  const nearest = planned({ routing: Routing.latency() }).plan;
  expect(nearest.at(Route53Record, "failover/record-eu-central-1").latency_routing_policy).toEqual({
    region: "eu-central-1",
  });
});

test("what is no alias is a CNAME that is kept for a minute", () => {
  const endpoints = { "eu-west-1": { dnsName: "one.example.net" }, "eu-central-1": { dnsName: "two.example.net" } };
  expect(planned({ endpoints }).plan.at(Route53Record, "failover/record-eu-west-1")).toMatchObject({
    type: "CNAME",
    records: ["one.example.net"],
    ttl: 60,
  });
});

test.each<[string, Partial<RegionFailoverProps>, string]>([
  ["fast checks", {}, "90 seconds"],
  ["slow checks", { health: { interval: "30 seconds" } }, "150 seconds"],
  ["patient checks", { health: { failures: 5 } }, "110 seconds"],
])("the way to another region takes as long as detection and kept answers: %s", (_, props, rto) => {
  const [way] = planned(props).made.recovers.region!;
  expect([way.rto.value, way.selfHealing]).toEqual([rto, true]);
});

test("the time to live of other records counts, and cannot be measured away", () => {
  const endpoints = { "eu-west-1": { dnsName: "one.example.net" }, "eu-central-1": { dnsName: "two.example.net" } };
  const [way] = planned({ endpoints, ttl: "5 minutes" }).made.recovers.region!;
  expect([way.rto.value, way.floor?.rto?.value]).toEqual(["330 seconds", "5 minutes"]);
});

test("a service that is entered by it keeps the objectives of its parts for an instance and a zone", () => {
  const { manifest } = synth(
    (stack) => {
      const domain = { name: "orders.example.com", zoneId: "Z0123456789" };
      const failover = new RegionFailover(stack, "failover", { domain, endpoints: both });
      const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
      const entrance = new LoadBalancer(stack, "entrance", { network: network(), certificate });
      const of = new ServiceGraph(stack, "orders", { entrance: failover, runs: entrance });
      const goal = { rto: "2 minutes", rpo: "0 seconds" } as const;
      new Objectives(stack, "objectives", { of, instance: goal, zone: goal, region: goal });
    },
    { posture: DEVELOPMENT },
  );
  const judged = manifest.verdicts.filter(({ path }) => path === "test/objectives");
  expect(judged.map(({ safeguard, outcome }) => [safeguard, outcome])).toEqual([
    ["recovery-objective", "kept"],
    ["recovery-objective", "kept"],
    ["recovery-objective", "warned"], // A load balancer alone is lost with its region.
    ["traffic-shift", "kept"],
  ]);
});

test("fails where detection and DNS take longer than the objective", () => {
  const slow = { health: { interval: "30 seconds" } } as const;
  expect(() => planned({ ...slow, rto: "2 minutes" }, { checks: true })).toThrow(
    "test/failover: 'rto' must be at least 150 seconds, 90 to notice and 60 in which answers are kept, got \"2 minutes\"; ask more often",
  );
  expect(() => planned({ rto: "90 seconds" }, {})).not.toThrow();
});

test("a failover is told where the service is watched, though Route 53 tells of it elsewhere", () => {
  const plan = synth((stack) => {
    const domain = { name: "orders.example.com", zoneId: "Z0123456789" };
    const failover = new RegionFailover(stack, "failover", { domain, endpoints: both });
    new Alarms(stack, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    }).watch(failover);
  });
  const names = ["test-failover-unhealthy-eu-central-1", "test-failover-unhealthy-eu-west-1"];
  expect(
    Object.values(plan.all(CloudwatchMetricAlarm))
      .filter((alarm) => alarm.namespace === "AWS/Route53")
      .map((alarm) => [alarm.region, alarm.alarm_name])
      .sort(),
  ).toEqual(names.map((name) => ["us-east-1", name]));
  expect(plan.at(CloudwatchEventTarget, "failover/news-target")).toMatchObject({
    region: "us-east-1",
    arn: "arn:aws:events:eu-west-1:111122223333:event-bus/default",
  });
  const rule = plan.at(CloudwatchEventRule, "failover/alarms/region-unhealthy");
  expect(rule).not.toHaveProperty("region");
  expect(JSON.parse(rule.event_pattern).detail).toEqual({ alarmName: names, state: { value: ["ALARM"] } });
  expect(plan.at(CloudwatchEventTarget, "failover/alarms/region-unhealthy-target").arn).toContain(":page");
});

test("nobody is told of a region that waits for its data, and is healthy only then", () => {
  const { plan } = planned({ waiting: ["eu-central-1"] });
  expect(Object.values(plan.all(CloudwatchMetricAlarm)).map((alarm) => alarm.alarm_name)).toEqual([
    "test-failover-unhealthy-eu-west-1",
  ]);
  expect(Object.keys(plan.all(Route53HealthCheck))).toHaveLength(2);
});

test.each([[["eu-north-1"]], [["eu-west-1", "eu-central-1"]]])("fails where %s wait for their data", (waiting) => {
  expect(() => planned({ waiting })).toThrow(
    "'waiting' must be some of eu-central-1, eu-west-1, and leave one that serves",
  );
});

test("the alarm outside of the region says how soon its loss is noticed", () => {
  const alarms = planned().plan.manifest.alarms.filter(({ name }) => name.endsWith("eu-west-1"));
  // Three checks 10 seconds apart, and two minutes of the alarm.
  expect(alarms).toMatchObject([{ region: "us-east-1", urgency: "page", seconds: 150, path: "test/failover" }]);
});

test("at home in us-east-1, events need not travel", () => {
  const { plan } = planned({ routing: Routing.latency() }, { region: "us-east-1" });
  expect(plan.all(CloudwatchEventTarget)).toEqual({});
});

test("a load balancer leaves its name to the failover, and still proves it", () => {
  const plan = synth((stack) => {
    const domain = { name: "orders.example.com", zoneId: "Z0123456789", record: false };
    const entrance = new LoadBalancer(stack, "entrance", { network: network(), domain });
    const { name, zoneId } = domain;
    const endpoints = { "eu-west-1": entrance, "eu-central-1": central };
    new RegionFailover(stack, "failover", { domain: { name, zoneId }, endpoints });
  });
  expect(Object.keys(plan.all(Route53Record)).sort()).toEqual([
    "entrance/certificate-proof",
    "failover/record-eu-central-1",
    "failover/record-eu-west-1",
  ]);
});

test.each<[string, Partial<RegionFailoverProps>, string]>([
  ["one region", { endpoints: { "eu-west-1": west } }, "'endpoints' must be exactly two regions for failover"],
  [
    "a third region to fail over to",
    { endpoints: { ...both, "eu-north-1": west } },
    "'endpoints' must be exactly two regions",
  ],
  [
    "a primary that is elsewhere",
    { routing: Routing.failover("us-east-1") },
    "'routing' must have one of eu-central-1, eu-west-1 as primary",
  ],
  ["what is no region", { endpoints: { home: west, away: central } }, "'endpoints' must be regions such as eu-west-1"],
  [
    "a share that only an edit of the record could raise",
    { routing: Routing.weighted({ "eu-west-1": 100, "eu-central-1": 0 }) },
    "'routing.eu-central-1' must be between 1 and 255, got 0; a region without a share can only be turned on by editing",
  ],
  [
    "a region without a weight",
    { routing: Routing.weighted({ "eu-west-1": 1 }) },
    "'routing' must give a weight to each region",
  ],
  ["no path", { health: { paths: [] } }, "'health.paths' must name at least one path"],
  ["a path that is none", { health: { paths: ["healthz"] } }, "'health.paths' must be paths that begin with /"],
  ["a path twice", { health: { paths: ["/a", "/a"] } }, "'health.paths' must name each path once"],
  ["eleven failures", { health: { failures: 11 } }, "'health.failures' must be between 1 and 10"],
  [
    "an interval that is not sold",
    { health: { interval: "20 seconds" as "10 seconds" } },
    "'health.interval' must be one of",
  ],
  ["a name in capitals", { domain: { name: "Orders", zoneId: "Z1" } }, "'domain.name' must be a domain name"],
])("fails on %s", (_, props, message) => {
  expect(() => planned(props)).toThrow(message);
});

describe("a region that was given up is kept out of the answers when it comes back", () => {
  const steps = (props: Partial<RegionFailoverProps> = {}) => planned(props).made.fence.steps.join("\n");

  test("by a check that never succeeds: inverted alone, it would lead there while nothing answers", () => {
    const { fence } = planned().made;
    expect(fence.steps.join("\n")).toContain('update-health-check --health-check-id "$CHECK" --disabled --inverted');
    expect(fence.holds).toContain("must say True twice");
    // Where no region is healthy Route 53 answers as if all were: the plan says that this fence is not enough.
    expect(fence.steps.join("\n")).toContain("Where no region is healthy DNS leads to the lost one all the same");
  });

  test("an apply lifts it", () => {
    for (const paths of [["/healthz"], ["/healthz", "/healthz/orders"]]) {
      const check = planned({ health: { paths } }).plan.at(Route53HealthCheck, "failover/health-eu-west-1");
      expect(check).toMatchObject({ disabled: false, invert_healthcheck: false });
    }
  });

  test("of a failover it is the primary that is lost; else people say which", () => {
    expect(steps()).toContain("Keep the lost region: `LOST=eu-west-1`");
    expect(steps({ routing: Routing.latency() })).toContain("Keep the lost region, eu-central-1 or eu-west-1: `LOST=");
  });

  test("its check is found by the record, also of a wildcard, which DNS spells in octal digits", () => {
    expect(steps()).toContain("?Name=='orders.example.com.' && SetIdentifier=='$LOST'");
    const domain = { name: "*.example.com", zoneId: "Z0123456789" };
    expect(steps({ domain })).toContain(String.raw`?Name=='\052.example.com.'`);
  });

  test("where it has switches, first by the one that needs no control plane", () => {
    const arn = (region: string) =>
      `arn:aws:route53-recovery-control::111122223333:controlpanel/1/routingcontrol/${region}`;
    const switches = { "eu-west-1": arn("eu-west-1"), "eu-central-1": arn("eu-central-1") };
    const all = steps({ switches });
    expect(all).toContain(`eu-west-1 has ${arn("eu-west-1")}`);
    expect(all.indexOf("--routing-control-state Off")).toBeLessThan(all.indexOf("update-health-check"));
  });
});
