import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { fleetQuotas } from "../../lib/compute/fleet-quotas";
import { Limited, Quota, Quotas, ServiceGraph } from "../../lib/core";
import { register } from "../../lib/core/hook";
import { Dashboard, QuotaUsage } from "../../lib/observing";
import { network, synth } from "../synth";
import { ERRORS, Mill, NOTIFY, headings, orders, titled } from "./service";

const quotaOf = (resource: string, more: Partial<Quota> = {}): Quota => ({
  of: "mill wheels",
  usage: { service: "Mills", resource },
  asked: { service: "mills", code: "L-00000001" },
  source: "https://mills.example.com/quotas",
  ...more,
});
const WHEELS = quotaOf("WheelsPerRegion");

/** A pattern that the library has never heard of. */
class LimitedMill extends Mill implements Limited {
  constructor(
    scope: Construct,
    id: string,
    readonly quotas: Quotas,
  ) {
    super(scope, id, { errors: ERRORS });
    register(this);
  }
}

const mill = (stack: TerraformStack, id = "mill", quotas: Quotas = { wheels: WHEELS }) =>
  new LimitedMill(stack, id, quotas);

function watched(of: (stack: TerraformStack) => readonly Limited[]) {
  return synth((stack) => {
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(new QuotaUsage(stack, "quotas", { of: of(stack) }));
  });
}

test("four fifths of a quota that a made-up pattern takes a part of are a ticket", () => {
  const alarm = watched((stack) => [mill(stack)]).at(CloudwatchMetricAlarm, "quotas/alarms/wheels-ticket");
  expect(alarm).toMatchObject({ comparison_operator: "GreaterThanThreshold", threshold: 80, evaluation_periods: 1 });
  expect(alarm.treat_missing_data).toBe("notBreaching");
  const [share, used] = alarm.metric_query;
  expect(share).toMatchObject({ expression: "100 * used / SERVICE_QUOTA(used)", return_data: true });
  expect(used).toMatchObject({ id: "used", return_data: false });
  expect(used.metric).toMatchObject({
    namespace: "AWS/Usage",
    metric_name: "ResourceCount",
    stat: "Maximum",
    dimensions: { Service: "Mills", Type: "Resource", Resource: "WheelsPerRegion", Class: "None" },
  });
});

test("a quota of which two take a part is watched once", () => {
  const stack = watched((stack) => [mill(stack, "one"), mill(stack, "two")]);
  expect(Object.keys(stack.all(CloudwatchMetricAlarm))).toEqual(["quotas/alarms/wheels-ticket"]);
});

test("classes of one resource are quotas of their own", () => {
  const spot = quotaOf("WheelsPerRegion", { usage: { ...WHEELS.usage, class: "Spot" } });
  const stack = watched((stack) => [mill(stack, "mill", { wheels: WHEELS, spotWheels: spot })]);
  expect(Object.keys(stack.all(CloudwatchMetricAlarm))).toEqual([
    "quotas/alarms/spot-wheels-ticket",
    "quotas/alarms/wheels-ticket",
  ]);
});

test("what is declared stands in the manifest", () => {
  const { constructs } = synth((stack) => void mill(stack)).manifest;
  expect(constructs.find(({ path }) => path === "test/mill")?.quotas).toEqual({ wheels: WHEELS });
});

test("the dashboard of a service shows the quotas of its parts, each once, with the line from which to ask for more", () => {
  const stack = synth((stack) => {
    const [one, two] = [mill(stack, "one"), mill(stack, "two")];
    new Dashboard(stack, "dashboard", { of: new ServiceGraph(stack, "flour", { runs: one, needs: [two] }) });
  });
  const drawn = headings(stack).filter((heading) => /quota/i.test(heading));
  expect(drawn).toEqual(["## Quotas of account and region", "Mill wheels: per cent of the quota"]);
  const { metrics, annotations } = titled(stack, "Mill wheels: per cent of the quota").properties;
  expect(JSON.stringify(metrics)).toContain("100 * used / SERVICE_QUOTA(used)");
  expect(JSON.stringify(annotations)).toContain('"value":80');
});

test("the dashboard of a service without quotas has no row of them", () => {
  const stack = synth((stack) => {
    const runs = new Mill(stack, "mill", { errors: ERRORS });
    new Dashboard(stack, "dashboard", { of: new ServiceGraph(stack, "flour", { runs }) });
  });
  expect(headings(stack).join()).not.toMatch(/quota/i);
});

test("a fleet and its load balancer take parts of four quotas", () => {
  const stack = synth((stack) => {
    const { alarms, entrance, fleet } = orders(stack);
    alarms.watch(new QuotaUsage(stack, "quotas", { of: [entrance, fleet] }));
  });
  const ids = Object.keys(stack.all(CloudwatchMetricAlarm)).filter((path) => path.startsWith("quotas/"));
  expect(ids.sort()).toEqual(
    ["load-balancers", "processors", "scaling-groups", "target-groups"].map((id) => `quotas/alarms/${id}-ticket`),
  );
});

test.each([
  ["m7g.large", ["scalingGroups", "processors"]],
  ["c7i-flex.large", ["scalingGroups", "processors"]],
  ["inf2.xlarge", ["scalingGroups"]],
  ["g6.xlarge", ["scalingGroups"]],
])("instances of the type %s take parts of %j", (instanceType, names) => {
  expect(Object.keys(fleetQuotas({ instanceType, network: network(), image: "ami-0a1b2c3d4e5f60718" }))).toEqual(names);
});

test("fails on nothing that takes a part of a quota", () => {
  expect(() => watched(() => [])).toThrow("'of' must name what takes a part of a quota");
  expect(() => watched((stack) => [mill(stack, "mill", {})])).toThrow("'of' must name what takes a part of a quota");
});

test("fails on two quotas by one name", () => {
  const other = { wheels: quotaOf("WheelsPerMill") };
  expect(() => watched((stack) => [mill(stack, "one"), mill(stack, "two", other)])).toThrow(
    '\'of.wheels\' must be one quota, got ["Mills/WheelsPerRegion/None","Mills/WheelsPerMill/None"]',
  );
});
