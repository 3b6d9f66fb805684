import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53RecoverycontrolconfigRoutingControl as Control } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-routing-control";
import { Route53RecoverycontrolconfigSafetyRule as SafetyRule } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-safety-rule";
import { RegionFailover, RegionFailoverProps, RoutingControls, RoutingControlsProps } from "../../lib/traffic";
import { synth } from "../synth";

const REGIONS = ["eu-west-1", "eu-central-1"];
const endpoints = Object.fromEntries(REGIONS.map((region) => [region, { dnsName: `${region}.example.net` }]));
const domain = { name: "orders.example.com", zoneId: "Z0123456789" };

function planned(props: Partial<RoutingControlsProps> = {}, failover: Partial<RegionFailoverProps> = {}) {
  return synth((stack) => {
    const worthItsPrice = "a drill each quarter";
    const { switches } = new RoutingControls(stack, "controls", { regions: REGIONS, worthItsPrice, ...props });
    new RegionFailover(stack, "failover", { domain, endpoints, switches, ...failover });
  });
}

test("each region has a switch, and the last one cannot be switched off", () => {
  const plan = planned();
  expect(Object.keys(plan.all(Control)).sort()).toEqual([
    "controls/control-eu-central-1",
    "controls/control-eu-west-1",
  ]);
  const { asserted_controls: asserted, rule_config: rule } = plan.the(SafetyRule);
  expect(asserted).toHaveLength(2);
  expect(rule).toEqual({ type: "ATLEAST", threshold: 1, inverted: false });
});

test("a region serves while it is healthy and switched on", () => {
  const plan = planned();
  expect(plan.at(Route53HealthCheck, "failover/switch-eu-west-1")).toMatchObject({
    type: "RECOVERY_CONTROL",
    routing_control_arn: expect.stringContaining("controls_control-eu-west-1"),
  });
  expect(plan.at(Route53HealthCheck, "failover/health-eu-west-1")).toMatchObject({
    type: "CALCULATED",
    child_health_threshold: 2,
    child_healthchecks: [expect.stringContaining("healthz"), expect.stringContaining("switch-eu-west-1")],
  });
});

test.each<[string, Partial<RoutingControlsProps>, string]>([
  ["one region", { regions: ["eu-west-1", "eu-west-1"] }, "'regions' must be at least two regions"],
  ["what is no region", { regions: ["home", "away"] }, "'regions' must be regions such as eu-west-1"],
  [
    "a price that nobody justifies",
    { worthItsPrice: " " },
    "'worthItsPrice' must be a sentence, got \" \"; a cluster costs",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => planned(props)).toThrow(message);
});

test("fails where a region has no switch", () => {
  expect(() =>
    planned({}, { switches: { "eu-west-1": "arn:aws:route53-recovery-control::1:controlpanel/1" } }),
  ).toThrow("'switches' must have one of each region");
});
