import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { dashboardFaults } from "../../lib/review/dashboards/valid";
import { Manifest } from "../../lib/review/manifest";
import { dashboardReport } from "../../lib/review/dashboards/report";
import { ServiceGraph } from "../../lib/core";
import { Dashboard, Logs, ServicesDashboard } from "../../lib/observing";
import { Config, synth } from "../synth";
import { ERRORS, Mill, metric, orders, widgets } from "../observing/service";

const shop = synth((stack) => {
  const { graph, alarms, entrance } = orders(stack);
  alarms.watch(entrance);
  new Dashboard(stack, "dashboard", { of: graph, also: [new Logs(stack, "logs")] });
});
const files = dashboardReport(shop.manifest);
const grafana = JSON.parse(files["dashboards/orders.json"]);

test("a stack without dashboards gets no file", () => {
  expect(dashboardReport({ dashboards: [] } as unknown as Manifest)).toEqual({});
});

test("each dashboard has two files, named after its service, or after itself", () => {
  const { manifest } = synth((stack) => {
    const of = new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill") });
    new Dashboard(stack, "dashboard", { of });
    new ServicesDashboard(stack, "all");
  });
  expect(Object.keys(dashboardReport(manifest))).toEqual([
    "dashboards/flour.json",
    "dashboards/flour.cloudwatch.json",
    "dashboards/all.json",
    "dashboards/all.cloudwatch.json",
  ]);
});

test("the manifest with its dashboards fits the published schema", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../lib/review/manifest.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(shop.manifest);
  expect(validate.errors).toBeNull();
});

test("the published body is the planned one, with addresses in words where the plan refers to them", () => {
  const planned = JSON.parse(shop.the(CloudwatchDashboard).dashboard_body);
  const inWords = JSON.stringify(planned).replace(/\$\{(aws_\w+\.[\w-]+)\.(\w+)\}/g, "<$2 of $1>");
  expect(JSON.parse(files["dashboards/orders.cloudwatch.json"])).toEqual(JSON.parse(inWords));
});

test("Grafana shows the same, at the same places", () => {
  const places = (all: Config[], of: (each: Config) => Config) => all.map((each) => Object.values(of(each)));
  const ours = places(widgets(shop), ({ x, y, width, height }) => ({ x, y, width, height }));
  expect(places(grafana.panels, ({ gridPos: { x, y, w, h } }) => ({ x, y, w, h }))).toEqual(ours);
  const titles = widgets(shop).map(({ properties }) => properties.title ?? "");
  expect(grafana.panels.map(({ title }: Config) => title)).toEqual(titles);
});

test("what AWS assigns is a variable in Grafana, which says where to look it up", () => {
  const names = grafana.templating.list.map(({ name }: Config) => name);
  const used = [...files["dashboards/orders.json"].matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(10);
  expect(new Set(used)).toEqual(new Set(names));
  const [balancer] = grafana.templating.list.filter(({ name }: Config) =>
    /^aws_lb_entrance_\w+_arn_suffix$/.test(name),
  );
  expect(balancer).toMatchObject({ type: "textbox", description: expect.stringMatching(/'aws_lb\.entrance_\w+'$/) });
});

test("a chart of Grafana has the metrics, expressions and thresholds of CloudWatch's", () => {
  const panel = grafana.panels.find(({ title }: Config) => title === "Requests fail");
  const [share, bad] = panel.targets;
  expect(share).toMatchObject({ metricEditorMode: 1, id: "value", hide: false, period: "60" });
  expect(share.expression).toContain("IF(FILL(total1, 0)");
  expect(bad).toMatchObject({
    metricEditorMode: 0,
    namespace: "AWS/ApplicationELB",
    metricName: "HTTPCode_Target_5XX_Count",
    statistic: "Sum",
    hide: true,
  });
  expect(panel.fieldConfig.defaults.thresholds.steps).toEqual([
    { color: "transparent", value: null },
    { color: "#ff7f0e", value: 1 },
    { color: "#d62728", value: 5 },
  ]);
});

test("a query of the logs is a table in Grafana, and alarms are named", () => {
  const logs = grafana.panels.find(({ title }: Config) => title.startsWith("which version"));
  expect(logs).toMatchObject({
    type: "table",
    targets: [{ queryMode: "Logs", logGroupNames: ["/services/test-logs"] }],
  });
  const alarms = grafana.panels.find(({ title }: Config) => title === "Alarms");
  expect(alarms.options.content).toContain("- test-entrance-error-share-page");
});

const chart = (properties: object, more: object = {}) => ({ type: "metric", width: 6, ...more, properties });
const entries = (count: number) => Array.from({ length: count }, (_, index) => ["Own", `m${index}`]);
const body = (...all: object[]) => JSON.stringify({ widgets: all });

test.each([
  ["an empty dashboard", body()],
  ["500 widgets", body(...Array.from({ length: 500 }, () => chart({ metrics: entries(5) })))],
  ["500 metrics in one widget", body(chart({ metrics: entries(500) }))],
  ["a widget at the right edge", body(chart({}, { x: 18 }))],
  ["what is known at apply only", "${jsonencode(local.body)}"],
])("CloudWatch takes %s", (_, dashboard_body) => {
  expect(dashboardFaults({ dashboard_name: "orders_prod-1", dashboard_body })).toEqual([]);
});

test.each<[string, string, string]>([
  ["a text that is no JSON", "widgets: []", "dashboardBody"],
  ["no widgets", "{}", "dashboardBody"],
  ["501 widgets", body(...Array.from({ length: 501 }, () => chart({}))), "widgets"],
  ["2501 metrics", body(...Array.from({ length: 61 }, () => chart({ metrics: entries(41) }))), "metrics"],
  ["501 metrics in one widget", body(chart({}), chart({ metrics: entries(501) })), "widgets[1].metrics"],
  [
    "101 alarms in one widget",
    body({ type: "alarm", properties: { alarms: Array(101).fill("arn") } }),
    "widgets[0].alarms",
  ],
  ["a widget over the edge", body(chart({}, { x: 19 })), "widgets[0].x + width"],
  [
    "an id twice",
    body(
      chart({
        metrics: [
          ["A", "a", { id: "m" }],
          ["A", "b", { id: "m" }],
        ],
      }),
    ),
    "widgets[0].id",
  ],
  ["an id with a capital", body(chart({ metrics: [["A", "a", { id: "M1" }]] })), "widgets[0].id"],
  ["a period of 90 seconds", body(chart({ period: 90 })), "widgets[0].period"],
])("fails on %s", (_, dashboard_body, prop) => {
  const faults = dashboardFaults({ dashboard_name: "orders", dashboard_body });
  expect(faults.map((fault) => fault.prop)).toEqual([prop]);
});

test.each(["", "orders dashboard", "orders/prod", "x".repeat(256)])("fails on the name %j", (dashboard_name) => {
  const [{ prop, mend }] = dashboardFaults({ dashboard_name, dashboard_body: body() });
  expect([prop, mend]).toEqual(["dashboardName", 'take nameOf(scope, "dashboard")']);
});

test("a dashboard of somebody else is looked at as well", () => {
  const foreign = () =>
    synth(
      (stack) => {
        new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill", {}) });
        new CloudwatchDashboard(stack, "foreign", { dashboardName: "a b", dashboardBody: body() });
      },
      { checks: true },
    );
  expect(foreign).toThrow("test/foreign: 'dashboardName' must be 1 to 255 letters");
});

test("an expression whose names begin alike is not torn", () => {
  const math = { expression: "a1 + a10", metrics: { a1: metric("A"), a10: metric("B") } };
  const zones = { "eu-west-1a": { math } };
  const stack = synth((stack) => {
    const runs = new Mill(stack, "mill", { lost: { ...ERRORS, measure: { zones } } });
    new Dashboard(stack, "dashboard", { of: new ServiceGraph(stack, "flour", { runs }) });
  });
  const [{ properties }] = widgets(stack).filter(({ type }) => type === "metric");
  expect(properties.metrics[0][0].expression).toBe("a1_eu_west_1a + a10_eu_west_1a");
});
