import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { load, loadAll } from "js-yaml";
import { Manifest } from "../../lib/review/manifest";
import { openSlo } from "../../lib/review/slo/open-slo";
import { prometheusRules } from "../../lib/review/slo/prometheus";
import { sloReports } from "../../lib/review/slo/reports";
import { Slo } from "../../lib/slo";
import { Config, inFolder, synth } from "../synth";
import { service } from "./service";

let manifest!: Manifest;
beforeAll(() => {
  ({ manifest } = synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    const { availability, millis, freshness, counted } = gate.indicators;
    new Slo(stack, "availability", { objective: 99.9, of: orders, indicator: availability, alarms });
    new Slo(stack, "fast", { objective: 99, of: orders, indicator: millis, within: "300 milliseconds", alarms });
    new Slo(stack, "fresh", { objective: 99, of: orders, indicator: freshness, alarms });
    new Slo(stack, "counted", { objective: 99.9, of: orders, indicator: counted, alarms });
  }));
});

const documents = (kind?: string) =>
  (loadAll(openSlo(manifest)) as Config[]).filter((each) => kind === undefined || each.kind === kind);
const slo = (name: string) => documents("SLO").find(({ metadata }) => metadata.name === name)!.spec as Config;

test("every document has a version, a kind, a name that is one, and a spec", () => {
  const kinds = documents().map(({ kind }) => kind);
  expect([...new Set(kinds)]).toEqual(["Service", "AlertNotificationTarget", "SLO", "AlertPolicy"]);
  for (const { apiVersion, metadata, spec } of documents()) {
    expect(apiVersion).toBe("openslo/v1");
    expect(metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(Object.keys(spec).length).toBeGreaterThan(0);
  }
});

test("no two documents of a kind have one name", () => {
  const names = documents().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
});

test("each objective names a service, targets and policies that are there", () => {
  const names = (kind: string) => documents(kind).map(({ metadata }) => metadata.name);
  for (const { spec } of documents("SLO")) {
    expect(names("Service")).toContain(spec.service);
    expect(spec.alertPolicies.length).toBeGreaterThan(0);
    for (const { alertPolicyRef } of spec.alertPolicies) expect(names("AlertPolicy")).toContain(alertPolicyRef);
  }
  for (const { spec } of documents("AlertPolicy")) {
    expect(spec.conditions).toHaveLength(1);
    for (const { targetRef } of spec.notificationTargets) expect(names("AlertNotificationTarget")).toContain(targetRef);
  }
});

test("durations are those of OpenSLO, and shares are below 1", () => {
  for (const { spec } of documents("SLO")) {
    expect(spec.timeWindow).toEqual([{ duration: expect.stringMatching(/^\d+[mhdwMQY]$/), isRolling: true }]);
    expect(spec.objectives[0].target).toBeLessThan(1);
    expect(spec.description.length).toBeLessThanOrEqual(1050);
  }
});

test("a ratio counts bad and all, and has no bound", () => {
  const { indicator, objectives, budgetingMethod } = slo("availability");
  expect(budgetingMethod).toBe("Occurrences");
  expect(objectives).toEqual([{ displayName: "availability", target: 0.999 }]);
  const { bad } = indicator.spec.ratioMetric;
  expect(bad.metricSource.spec.sumOf.map(({ metricName }: Config) => metricName)).toEqual(["Failed", "Refused"]);
});

test("a latency has its bound in the unit of its metric", () => {
  expect(slo("fast").objectives).toEqual([{ displayName: "latency", op: "lte", value: 300, target: 0.99 }]);
  expect(slo("fast").indicator.spec.thresholdMetric.metricSource.spec.metricName).toBe("Millis");
});

test("freshness is counted in minutes", () => {
  expect(slo("fresh")).toMatchObject({
    budgetingMethod: "Timeslices",
    objectives: [{ op: "lte", value: 600, target: 0.99, timeSliceTarget: 1, timeSliceWindow: "1m" }],
  });
});

test("an annotation says which windows belong together", () => {
  const { metadata } = documents("SLO").find(({ metadata: { name } }) => name === "counted")!;
  expect(metadata.annotations["sre-constructs/windows"]).toBe("1h/5m@14.4,6h/30m@6,1d/2h@3,3d/6h@1");
  const conditions = documents("AlertPolicy")
    .filter(({ metadata: { name } }) => name.startsWith("counted-"))
    .map(({ spec }) => spec.conditions[0].spec.condition);
  expect(conditions.map(({ threshold, lookbackWindow }) => [threshold, lookbackWindow])).toEqual([
    [14.4, "1h"],
    [14.4, "5m"],
    [6, "6h"],
    [6, "30m"],
    [3, "1d"],
    [3, "2h"],
    [1, "3d"],
    [1, "6h"],
  ]);
});

const rules = () => {
  const { groups } = load(prometheusRules(manifest)!) as Config;
  return groups.flatMap((group: Config) => group.rules) as Config[];
};
const recorded = (name: string) => rules().find(({ record }) => record === name)!.expr as string;

test("an alert has the thresholds of the workbook: factor times budget, to the last digit", () => {
  const burns = rules().filter(({ alert }) => alert === "ErrorBudgetBurns");
  const compared = burns.map(({ expr, labels }) => [
    labels.severity,
    [...expr.matchAll(/ratio_rate(\w+)\{slo="test-counted"\} > ([\d.]+)/g)].map(([, window, above]) => [
      window,
      Number(above),
    ]),
  ]);
  expect(Object.fromEntries(compared)).toEqual({
    page: [
      ["1h", 14.4 / 1000],
      ["5m", 14.4 / 1000],
      ["6h", 6 / 1000],
      ["30m", 6 / 1000],
    ],
    ticket: [
      ["1d", 3 / 1000],
      ["2h", 3 / 1000],
      ["3d", 1 / 1000],
      ["6h", 1 / 1000],
    ],
  });
  for (const { expr } of burns) expect(expr).not.toMatch(/\d{8,}/);
});

test("every window that an alert reads is recorded", () => {
  const records = rules().flatMap(({ record }) => record ?? []);
  const read = rules().flatMap(({ expr }) => [...expr.matchAll(/slo:[\w:]+/g)].map(([name]) => name));
  for (const name of read) expect(records).toContain(name);
});

test("nothing is divided by no traffic, and no failures yet are none", () => {
  expect(recorded("slo:error:ratio_rate5m")).toBe(
    '(sum(rate(http_requests_total{job="orders",code=~"5.."}[5m])) or vector(0)) / ' +
      '(sum(rate(http_requests_total{job="orders"}[5m])) > 0)',
  );
});

test("the whole period is weighed by traffic: sums of events, no mean of ratios", () => {
  expect(recorded("slo:error:ratio_30d")).toBe(
    'sum_over_time(slo:bad:rate5m{slo="test-counted"}[30d]) / (sum_over_time(slo:events:rate5m{slo="test-counted"}[30d]) > 0)',
  );
  expect(recorded("slo:budget:remaining_ratio")).toBe('1 - slo:error:ratio_30d{slo="test-counted"} / 0.001');
});

test("a long window is guarded by failures, and no dip starts a timer anew", () => {
  const [page] = rules().filter(({ labels, alert }) => alert && labels.severity === "page");
  const failed = 'sum(increase(http_requests_total{job="orders",code=~"5.."}[1h]))';
  expect(page.expr).toContain(`and on () ${failed} > 1.5`);
  expect(page).not.toHaveProperty("for");
});

test("a ticket waits while a page is on, and for its own slowest short window afterwards", () => {
  const [page, ticket] = rules().filter(({ alert }) => alert === "ErrorBudgetBurns");
  expect(page.expr).not.toContain("unless");
  expect(ticket.expr).toContain(
    'unless on () count_over_time(ALERTS{alertname="ErrorBudgetBurns",alertstate="firing",severity="page",slo="test-counted"}[6h])',
  );
});

test("a metric that is gone pages, since nobody would be paged any more, and each alert leads to its runbook", () => {
  const blind = rules().find(({ alert }) => alert === "ObjectiveIsBlind")!;
  expect(blind.expr).toBe('absent(slo:events:rate5m{slo="test-counted"})');
  expect(blind.labels.severity).toBe("page");
  for (const { alert, annotations } of rules()) {
    if (alert) expect(annotations.runbook_url).toBe("https://r.org/counted/burn.md");
  }
});

test("objectives whose paths begin alike have names of their own, also where those are cut", () => {
  const groups = ["availability", "correctness"].map((end) => `test/${"checkout-of-the-market-".repeat(2)}${end}`);
  const cut = { ...manifest, objectives: groups.map((path) => ({ ...manifest.objectives[3], path })) };
  const { groups: made } = load(prometheusRules(cut)!) as Config;
  expect(new Set(made.map(({ name }: Config) => name)).size).toBe(4);
  const names = (loadAll(openSlo(cut)) as Config[]).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^\w+ [a-z0-9-]{1,63}$/);
});

test("a stack without objectives has nothing to read of them", () => {
  expect(sloReports({ ...manifest, objectives: [] })).toEqual({});
});

test("each objective has a runbook, without an expression, an empty section or a dead link", () => {
  const pages = Object.entries(sloReports(manifest)).filter(([path]) => path.endsWith(".md"));
  expect(pages.map(([path]) => path)).toEqual([
    "runbooks/availability/burn.md",
    "runbooks/fast/burn.md",
    "runbooks/fresh/burn.md",
    "runbooks/counted/burn.md",
  ]);
  for (const [, text] of pages) {
    expect(text).not.toContain("${");
    expect(text).not.toMatch(/## .*\n+(##|$)/);
  }
});

test("the runbook says what an hour costs, and how soon an outage is known", () => {
  const text = sloReports(manifest)["runbooks/availability/burn.md"];
  expect(text).toContain("An hour in which nothing is good spends 139 % of the budget; 43.2 minutes spend all of it.");
  expect(text).toContain("| page | 1 hour | 5 minutes | 1.44 % | 14.4 | 52 seconds |");
  expect(text).toContain("--alarm-names test-availability-page test-availability-ticket");
  expect(text).toContain("`test/fleet`");
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool) console.warn("promtool is not installed (Debian: prometheus): the rules are not checked by it");

/** Runs promtool in a folder that holds the rules and, beside them, a test of rules. */
function promtool(command: "check" | "test", test?: unknown): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, "rules.yaml"), prometheusRules(manifest)!);
    writeFileSync(join(folder, "test.yaml"), JSON.stringify(test ?? {}));
    const file = command === "check" ? "rules.yaml" : "test.yaml";
    const { stdout, stderr } = spawnSync("promtool", [command, "rules", file], { encoding: "utf8", cwd: folder });
    return stdout + stderr;
  });
}

const BURNS = {
  alertname: "ErrorBudgetBurns",
  summary: "The error budget burns too fast: 99.9 % of requests over 30 days are good",
};
const BLIND = {
  alertname: "ObjectiveIsBlind",
  summary: "Nothing is counted any more: 99.9 % of requests over 30 days are good",
};

/** Replays counters, a value every 30 seconds; `told` says who is told at which minutes. */
function replayed(good: string, bad: string, told: Readonly<Record<string, string[]>>, of = BURNS): string {
  const series = (code: string, values: string) => ({
    series: `http_requests_total{job="orders",code="${code}"}`,
    values,
  });
  const alert = (severity: string) => ({
    exp_labels: { slo: "test-counted", service: "orders", severity },
    exp_annotations: { summary: of.summary, runbook_url: "https://r.org/counted/burn.md" },
  });
  return promtool("test", {
    rule_files: ["rules.yaml"],
    evaluation_interval: "30s",
    tests: [
      {
        interval: "30s",
        input_series: [series("200", good), series("500", bad)],
        alert_rule_test: Object.entries(told).map(([eval_time, severities]) => ({
          eval_time,
          alertname: of.alertname,
          exp_alerts: severities.map(alert),
        })),
      },
    ],
  });
}

const withPromtool = hasPromtool ? test : test.skip;

withPromtool("promtool takes the rules", () => {
  expect(promtool("check")).toMatch(/SUCCESS: \d+ rules found/);
});

withPromtool("a Prometheus pages two minutes into an outage at 12000 requests an hour, and five at 30", () => {
  const busy = { "60m": [], "62m": ["page"] };
  expect(replayed("0+100x120 12000x20", "0x120 0+100x20", busy)).toContain("SUCCESS");
  expect(replayed("0+0.25x120 30x20", "0x120 0+0.25x20", { "60m": [], "65m": ["page"] })).toContain("SUCCESS");
});

withPromtool("a Prometheus opens a ticket for what burns slowly, and none after a page", () => {
  // 0.4 % of all there is: above the threshold of a day, below those that page.
  expect(replayed("0+99.6x240", "0+0.4x240", { "1m": [], "60m": ["ticket"] })).toContain("SUCCESS");
  // An outage of ten minutes pages until the half hour has forgotten it; two hours still know of it.
  const short = { "65m": ["page"], "100m": ["page"], "120m": [], "150m": [] };
  const outage = ["0+100x120 12000x20 12000+100x200", "0x120 0+100x20 2000x200"] as const;
  expect(replayed(...outage, short)).toContain("SUCCESS");
});

withPromtool("a Prometheus tells of silence after a quarter of an hour, and not of a service without traffic", () => {
  const silent = { "59m": [], "80m": ["page"] };
  expect(replayed("0+100x120 _x60", "0x120 _x60", silent, BLIND)).toContain("SUCCESS");
  expect(replayed("12000x240", "0x240", { "10m": [], "80m": [], "120m": [] }, BLIND)).toContain("SUCCESS");
  expect(replayed("12000x240", "0x240", { "10m": [], "80m": [], "120m": [] })).toContain("SUCCESS");
});

withPromtool("a Prometheus tells nobody of a single failure", () => {
  const nobody = { "61m": [], "65m": [], "90m": [] };
  expect(replayed("0+0.25x240", "0x120 1x120", nobody)).toContain("SUCCESS");
});
