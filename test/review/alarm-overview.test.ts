import { alarmBills, alarmsByService, incidents } from "../../lib/review/alarm-overview";
import { alarmBill } from "../../lib/review/alarms/cost";
import { AlarmConfig } from "../../lib/review";
import { summary } from "../../lib/review/summary";
import { Manifest } from "../../lib/review/manifest";
import { METRIC, composite, onBand, onQueries, query, watched } from "./alarm-configs";

const bill = (metrics: AlarmConfig[], composites: AlarmConfig[] = []) => {
  const byName = (configs: AlarmConfig[]) => Object.fromEntries(configs.map((config, index) => [`a${index}`, config]));
  return alarmBill({
    aws_cloudwatch_metric_alarm: byName(metrics),
    aws_cloudwatch_composite_alarm: byName(composites),
  });
};

test.each<[string, AlarmConfig[], AlarmConfig[], string]>([
  ["nothing", [], [], "0.00"],
  ["an alarm on one metric", [METRIC], [], "0.10"],
  ["an alarm that looks every ten seconds", [{ ...METRIC, period: 10 }], [], "0.30"],
  ["a composite", [], [composite("TRUE")], "0.50"],
  ["each metric of a sum", [onQueries([watched("m1 + m2"), query("m1"), query("m2")])], [], "0.20"],
  ["the two sides of a band beside its metric", [onBand()], [], "0.30"],
  [
    "six windows of four metrics, and the two composites over them",
    Array(6).fill(onQueries([watched("m1 + m2 + m3 + m4"), ...["m1", "m2", "m3", "m4"].map((id) => query(id))])),
    [composite("TRUE"), composite("TRUE")],
    "3.40",
  ],
])("%s costs its price a month", (_, metrics, composites, usd) => {
  expect(bill(metrics, composites).usdPerMonth).toBe(usd);
});

const alarm = (path: string, urgency: "page" | "ticket", signal?: string) => ({
  name: `${path}-${urgency}`,
  address: `aws_cloudwatch_metric_alarm.${path}`,
  path,
  urgency,
  notifies: true,
  ...(signal && { signal, seconds: 60 }),
});

const MANIFEST = {
  stack: "shop",
  services: [
    {
      path: "shop/orders",
      entrance: "shop/door",
      runs: ["shop/fleet"],
      needs: ["shop/database"],
      prefers: [],
      edges: [],
    },
    { path: "shop/bills", runs: ["shop/clerk"], needs: ["shop/database"], prefers: [], edges: [] },
  ],
  objectives: [
    {
      path: "shop/availability",
      service: "shop/orders",
      indicator: { kind: "availability" },
      objective: 99.9,
      budget: "0.001",
      period: "30 days",
    },
    { path: "shop/latency", service: "shop/orders", indicator: { kind: "latency" }, budget: "0.1", period: "30 days" },
  ],
  budgets: [{ path: "shop/budget", objectives: [{ path: "shop/availability" }] }],
  recoveries: [],
  alarms: [
    alarm("shop/door", "page", "errorShare"),
    alarm("shop/door", "ticket", "latency"),
    alarm("shop/door", "ticket"),
    alarm("shop/database", "ticket", "cpu"),
    alarm("shop/availability", "page", "burn"),
    alarm("shop/budget", "ticket", "spent"),
    alarm("shop/backups", "ticket", "failedJobs"),
  ],
  alarmBill: { standard: 7, highResolution: 0, composites: 1, usdPerMonth: "1.20" },
} as unknown as Manifest;

test("a service has the alarms of its parts, its objectives and their budgets; the rest is told as well", () => {
  expect(alarmsByService([MANIFEST])).toEqual([
    ["alarms of", "pages", "tickets"],
    ["shop/orders", "2", "3"],
    ["shop/bills", "0", "1"],
    ["shop, in no service", "0", "1"],
  ]);
});

test("what costs nothing is not listed", () => {
  const free = { ...MANIFEST, alarmBill: { ...MANIFEST.alarmBill, usdPerMonth: "0.00" } };
  expect(alarmBills([free])).toEqual([]);
  expect(alarmBills([MANIFEST, free])).toEqual([
    ["cost of alarms", "metrics", "high resolution", "composites", "USD a month"],
    ["shop", "7", "0", "1", "1.20"],
  ]);
});

/** A database that is back after ten minutes by itself. */
const RECOVERY = {
  path: "shop/objectives",
  of: "shop/orders",
  owner: "on call",
  decision: { value: "15 minutes", basis: "assumed", source: "test" },
  goals: { zone: { rto: "1 hour", rpo: "0 seconds", detection: "5 minutes" } },
  components: [
    {
      path: "shop/database",
      is: "Postgres",
      holdsData: true,
      recovers: {
        zone: [
          {
            mechanism: "failover",
            rto: { value: "10 minutes", basis: "assumed", source: "test" },
            rpo: { value: "0 seconds", basis: "assumed", source: "test" },
            selfHealing: true,
          },
        ],
      },
    },
  ],
  edges: [],
  measured: [],
} as const;

test("a budget says how many losses spend it, each as long as its recovery takes", () => {
  const manifest = { ...MANIFEST, recoveries: [RECOVERY] } as unknown as Manifest;
  expect(incidents([manifest])).toEqual([
    ["error budget", "outage that spends it", "loss of", "takes", "incidents"],
    // 0.001 × 30 days are 43.2 minutes.
    ["shop/availability 99.9 %", "43 minutes 12 seconds", "zone", "10 minutes", "4.3"],
  ]);
});

test("a budget without an objective of recovery says that nobody knows; latency spends none by an outage", () => {
  expect(incidents([MANIFEST]).slice(1)).toEqual([
    ["shop/availability 99.9 %", "43 minutes 12 seconds", "unknown: no recovery objective", "-", "-"],
  ]);
});

test("the summary of a synthesis prints all three, and nothing of what is not there", () => {
  const full = { ...MANIFEST, resources: {}, waivers: [], verdicts: [], recoveries: [RECOVERY] } as unknown as Manifest;
  const lines = summary([full]).split("\n");
  for (const first of ["alarms of", "cost of alarms", "error budget"]) {
    expect(lines.filter((line) => line.startsWith(`${first} `))).toHaveLength(1);
  }
  expect(lines.find((line) => line.startsWith("shop/orders "))).toMatch(/^shop\/orders +2 +3$/);
  const bare = { ...full, services: [], objectives: [], budgets: [], alarms: [], recoveries: [] };
  const none = { ...bare, alarmBill: { ...MANIFEST.alarmBill, usdPerMonth: "0.00" } } as unknown as Manifest;
  expect(summary([none]).split("\n")).toHaveLength(3);
});
