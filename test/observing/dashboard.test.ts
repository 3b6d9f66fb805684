import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { TerraformStack } from "cdktf";
import { Alarms, Tunings } from "../../lib/alerting";
import { ServiceGraph, Signals, waive } from "../../lib/core";
import { Dashboard, Logs } from "../../lib/observing";
import { ErrorBudget, Slo } from "../../lib/slo";
import { synth, synthAll } from "../synth";
import { ERRORS, Mill, NOTIFY, headings, metric, orders, texts, titled, widgets } from "./service";

/** A mill of some signals, on a dashboard. */
function mill<S extends Signals>(signals: S, tunings?: Tunings<S>) {
  return synth((stack) => {
    const runs = new Mill(stack, "mill", signals);
    new Dashboard(stack, "dashboard", { of: new ServiceGraph(stack, "flour", { runs }) });
    if (tunings) new Alarms(stack, "alarms", { notify: NOTIFY }).watch(runs, tunings as Tunings<Signals>);
  });
}

/** Orders with two objectives and their budgets; the dashboard is the first thing that is made of them. */
function fill(stack: TerraformStack): void {
  const { graph, alarms, entrance, fleet, database } = orders(stack);
  new Dashboard(stack, "dashboard", { of: graph, runbooks: "https://runbooks.example.com/" });
  const { availability, latency } = entrance.indicators;
  const slos = [
    new Slo(stack, "availability", { objective: 99.9, of: graph, indicator: availability, alarms }),
    new Slo(stack, "latency", { objective: 99, of: graph, indicator: latency, within: "300 milliseconds", alarms }),
  ];
  new ErrorBudget(stack, "budget", { of: slos, alarms });
  alarms.watch(entrance);
  alarms.watch(fleet);
  alarms.watch(database, { cpu: { page: 98 } });
}

const whole = synth(fill);

test("objective and budget come first, then what rings and what happened, then each part, then quotas and runbooks", () => {
  const order = headings(whole).filter((heading) => !/^[A-Z](?!larms|eployments|udget|urn)/.test(heading));
  expect(order).toEqual([
    "# orders",
    "### availability",
    "Budget left: availability",
    "Budget over time: availability",
    "Burn rate: availability (1 spends just the budget)",
    "### latency",
    "Budget left: latency",
    "Budget over time: latency",
    "Burn rate: latency (1 spends just the budget)",
    "Alarms",
    "Deployments and other events",
    "## entrance",
    "## fleet",
    "## database",
    "## Quotas of account and region",
    "## Runbooks",
  ]);
});

test("a budget is a number, and a course with the steps of its policy", () => {
  const left = titled(whole, "Budget left: availability").properties;
  expect(left).toMatchObject({ view: "singleValue", region: "eu-west-1" });
  expect(left.metrics).toEqual([
    [
      "SreConstructs/ErrorBudget",
      "BudgetRemaining",
      "Objective",
      "test-availability",
      { stat: "Minimum", id: "left", label: "left" },
    ],
  ]);
  const { horizontal } = titled(whole, "Budget over time: availability").properties.annotations;
  expect(horizontal.map(({ label, value }: never) => [label, value])).toEqual([
    ["ticket, 50 % spent", 50],
    ["ticket, 75 % spent", 25],
    ["ticket, 100 % spent", 0],
  ]);
});

test("the burn rate stands on the scale of the factors that page", () => {
  const { metrics, annotations } = titled(whole, "Burn rate: availability (1 spends just the budget)").properties;
  const [burn] = metrics[0];
  expect(burn.expression).toBe(
    "IF(FILL(total1_1, 0) + FILL(total2_1, 0) > 0, " +
      "(FILL(bad1_1, 0) + FILL(bad2_1, 0)) / (FILL(total1_1, 0) + FILL(total2_1, 0)) / 0.001, 0)",
  );
  const drawn = metrics.filter(([each]: never[]) => typeof each === "object");
  expect(drawn.map(([{ label, period }]: never[]) => [label, period])).toEqual([
    ["5 minutes", 300],
    ["1 hour", 3600],
    ["6 hours", 21_600],
    ["1 day", 86_400],
  ]);
  expect(annotations.horizontal.map(({ value, color }: never) => [value, color])).toEqual([
    [14.4, "#d62728"],
    [6, "#d62728"],
    [3, "#ff7f0e"],
  ]);
});

test("a latency burns by the share of requests that take longer than promised", () => {
  const { metrics } = titled(whole, "Burn rate: latency (1 spends just the budget)").properties;
  expect(metrics[0][0].expression).toBe("(100 - good_1) / 100 / 0.01");
  expect(metrics[1].pop()).toMatchObject({ stat: "PR(:0.3)", period: 300, visible: false });
});

test("minutes of freshness have no share: what is measured is drawn, and where it gets bad", () => {
  const indicator = {
    kind: "freshness",
    counts: "minutes",
    metric: metric("Age", "Maximum"),
    bad: "above",
    threshold: 900,
    unit: "seconds",
  } as const;
  const stack = synth((stack) => {
    const of = new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill", {}, { fresh: indicator }) });
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    new Slo(stack, "fresh", { objective: 99, of, indicator, alarms });
    new Dashboard(stack, "dashboard", { of });
  });
  const { metrics, annotations, period } = titled(stack, "Freshness: fresh").properties;
  expect(metrics).toEqual([["Own/Service", "Age", { stat: "Maximum", id: "value" }]]);
  expect(annotations.horizontal).toEqual([{ label: "a bad minute above", value: 900, color: "#7f7f7f" }]);
  expect(period).toBe(60);
});

test("a part that the library has never heard of gets its four golden signals, in rows of their own", () => {
  const stack = mill({
    full: { ...ERRORS, kind: "saturation", means: "the silo is full" },
    lost: ERRORS,
    torn: { ...ERRORS, means: "sacks are torn" },
    slow: { ...ERRORS, kind: "latency", means: "grinding takes long" },
    idle: { ...ERRORS, kind: "traffic", means: "no corn comes" },
  });
  const charts = widgets(stack).filter(({ type }) => type === "metric");
  const top = charts[0].y;
  expect(charts.map(({ properties, x, y }) => [properties.title, x, y - top])).toEqual([
    ["Grinding takes long", 0, 0],
    ["No corn comes", 0, 6],
    ["Orders are lost", 0, 12],
    ["Sacks are torn", 6, 12],
    ["The silo is full", 0, 18],
  ]);
});

test("traffic and how long it takes are drawn from indicators, whether or not somebody is told of them", () => {
  const requests = titled(whole, "Requests (availability)").properties;
  expect(requests.metrics[0][0]).toMatchObject({ expression: "FILL(total1, 0) + FILL(total2, 0)", label: "requests" });
  const taken = titled(whole, "How long requests take (latency)").properties;
  expect(taken.metrics.map((entry: never[]) => entry[entry.length - 1]["stat"])).toEqual(["p50", "p90", "p99"]);
});

test("zones are lines of one chart", () => {
  const zones = Object.fromEntries(
    ["eu-west-1a", "eu-west-1b"].map((zone) => [
      zone,
      { math: { expression: "most - used", metrics: { most: metric(`Most${zone}`), used: metric(`Used${zone}`) } } },
    ]),
  );
  const { metrics } = titled(mill({ lost: { ...ERRORS, measure: { zones } } }), "Orders are lost").properties;
  expect(metrics.map((entry: never[]) => entry[entry.length - 1])).toEqual([
    { expression: "most_eu_west_1a - used_eu_west_1a", id: "value_eu_west_1a", label: "eu-west-1a" },
    { stat: "Sum", id: "most_eu_west_1a", visible: false },
    { stat: "Sum", id: "used_eu_west_1a", visible: false },
    { expression: "most_eu_west_1b - used_eu_west_1b", id: "value_eu_west_1b", label: "eu-west-1b" },
    { stat: "Sum", id: "most_eu_west_1b", visible: false },
    { stat: "Sum", id: "used_eu_west_1b", visible: false },
  ]);
});

test("a share is drawn as it is alarmed on", () => {
  const ratio = { bad: [metric("Lost")], total: [metric("Ground")], minimum: 50 };
  const { metrics } = titled(mill({ lost: { ...ERRORS, measure: { ratio } } }), "Orders are lost").properties;
  expect(metrics[0][0].expression).toBe("IF(FILL(total1, 0) >= 50, 100 * (FILL(bad1, 0)) / (FILL(total1, 0)), 0)");
});

test("what rings is drawn in its colour: the pattern's numbers while nobody watches, then those of the alarms", () => {
  const signals = { lost: { ...ERRORS, page: 50, ticket: 10, unit: "sacks", period: "5 minutes" } } as const;
  const lines = (stack: ReturnType<typeof mill>) => titled(stack, "Orders are lost").properties.annotations?.horizontal;
  expect(lines(mill(signals))).toEqual([
    { label: "page above", value: 50, color: "#d62728" },
    { label: "ticket above", value: 10, color: "#ff7f0e" },
  ]);
  expect(lines(mill(signals, { lost: { page: 99 } })).map(({ value }: never) => value)).toEqual([99, 10]);
  expect(lines(mill(signals, { lost: { waived: "counted by hand" } }))).toBeUndefined();
  expect(titled(mill(signals), "Orders are lost").properties).toMatchObject({
    period: 300,
    yAxis: { left: { label: "sacks" } },
  });
});

test("a signal of seconds is drawn by the minute: a widget knows no less", () => {
  const stack = mill({ lost: { ...ERRORS, period: "10 seconds" } });
  expect(titled(stack, "Orders are lost").properties.period).toBe(60);
});

test("what is declared and watched after the dashboard is on it", () => {
  const page = titled(whole, "The database is short of CPU").properties.annotations.horizontal[0];
  expect(page).toEqual({ label: "page above", value: 98, color: "#d62728" });
});

test("the state of all alarms of the service is one widget, what acts before what only counts", () => {
  const { alarms, sortBy } = titled(whole, "Alarms").properties;
  const ofTheService = whole.manifest.alarms.filter(({ path }) => path !== "test/alarms/lost-events");
  const names = ofTheService.map(({ name }) => `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`);
  expect([...alarms].sort()).toEqual([...new Set(names)].sort());
  expect(sortBy).toBe("stateUpdatedTimestamp");
  expect(alarms.indexOf(names.find((name) => name.endsWith("availability-page")))).toBeLessThan(
    alarms.indexOf(names.find((name) => name.endsWith("database-cpu-ticket"))),
  );
});

test("more alarms than CloudWatch takes in one widget are in two", () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`lost${index}`, { ...ERRORS, page: 1 }]));
  const alarms = widgets(mill(many, {})).filter(({ type }) => type === "alarm");
  expect(alarms.map(({ properties }) => properties.alarms.length)).toEqual([100, 1]);
});

test("events are drawn by the rules that match them, whoever made these", () => {
  const { metrics } = titled(whole, "Deployments and other events").properties;
  expect(metrics).toContainEqual([
    "AWS/Events",
    "TriggeredRules",
    "RuleName",
    "test-fleet-refresh-failed",
    { stat: "Sum", id: "event2", label: "fleet: a rollout failed, or is being rolled back" },
  ]);
});

test("logs that belong to the service tell which version answers", () => {
  const stack = synth((stack) => {
    const of = new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill") });
    new Dashboard(stack, "dashboard", { of, also: [new Logs(stack, "logs")] });
  });
  const { type, properties } = titled(stack, "which version answers, and since when");
  expect(type).toBe("log");
  expect(properties.query).toMatch(/^SOURCE '\/services\/test-logs' \| stats count\(\*\) as lines by version/);
  expect(texts(stack)).toContain("Logs, belongs to the service.");
});

test("a service that tells of no deployment is told how to", () => {
  expect(texts(mill({ lost: ERRORS }))).toContain("No part tells of any: name a Logs");
});

test("a part says what it is to the service, and why it is preferred", () => {
  const stack = synth((stack) => {
    const [silo, scale] = ["silo", "scale"].map((id) => new Mill(stack, id, { lost: ERRORS }));
    const prefers = [{ on: scale, because: "sacks are not weighed" }];
    const of = new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill"), needs: [silo], prefers });
    new Dashboard(stack, "dashboard", { of, title: "Flour" });
  });
  expect(texts(stack)).toContain("# Flour\n- runs: `mill`\n- needs: `silo`\n- prefers `scale`: sacks are not weighed");
  expect(texts(stack)).toContain("## silo\nMill, without it the service is down.");
  expect(texts(stack)).toContain("## scale\nMill, preferred: sacks are not weighed.");
});

test("what another service needs is a part as well, where this one needs that service", () => {
  const stack = synth((stack) => {
    const [silo, mill, bakery] = ["silo", "mill", "bakery"].map((id) => new Mill(stack, id, { lost: ERRORS }));
    const flour = new ServiceGraph(stack, "flour", { runs: mill, needs: [silo] });
    const of = new ServiceGraph(stack, "bread", { runs: bakery, needs: [flour] });
    new Dashboard(stack, "dashboard", { of });
  });
  expect(
    headings(stack)
      .filter((heading) => heading.startsWith("## "))
      .sort(),
  ).toEqual(["## bakery", "## mill", "## silo"]);
  expect(texts(stack)).toContain("## silo\nMill, without it the service is down, through another one.");
});

test("an objective that a Prometheus counts says where to look", () => {
  const prometheus = { bad: 'lost_total{job="mill"}', total: 'ground_total{job="mill"}' };
  const stack = synth((stack) => {
    const of = new ServiceGraph(stack, "flour", { runs: new Mill(stack, "mill") });
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    const indicator = { kind: "availability", counts: "sacks", prometheus } as const;
    new Slo(stack, "whole", { objective: 99, of, indicator, alarms });
    new Dashboard(stack, "dashboard", { of });
  });
  expect(texts(stack)).toContain("Counted by Prometheus: its rules stand in `slo/`.");
  expect(headings(stack)).not.toContain("Burn rate: whole (1 spends just the budget)");
});

test("each signal that somebody is told of leads to its runbook, where a browser can open one", () => {
  expect(texts(whole)).toContain("[freeStorage](https://runbooks.example.com/database/freeStorage.md)");
  expect(texts(whole)).not.toContain("creditBalance](");
  expect(texts(mill({ lost: { ...ERRORS, page: 1 } }, {}))).toContain("- **mill**: lost: `mill/lost.md`");
});

test("the same input gives the same bytes", () => {
  expect(synth(fill).the(CloudwatchDashboard).dashboard_body).toBe(whole.the(CloudwatchDashboard).dashboard_body);
});

test("what AWS assigns is left to Terraform, and nothing of the process is left in the body", () => {
  const body = whole.the(CloudwatchDashboard).dashboard_body;
  expect(body).toContain('"LoadBalancer","${aws_lb.entrance_');
  expect(body).not.toMatch(/TfToken|\[object/);
});

describe("parts in other stacks", () => {
  function shown(region = "eu-west-1") {
    const far: { graph?: ReturnType<typeof orders> } = {};
    return synthAll(
      {
        far: (stack) => {
          far.graph = orders(stack);
          far.graph.alarms.watch(far.graph.database);
        },
        near: (stack) => {
          const { database, entrance } = far.graph!;
          const runs = new Mill(stack, "mill", { lost: ERRORS });
          const of = new ServiceGraph(stack, "flour", { runs, needs: [database, entrance] });
          new Dashboard(stack, "dashboard", { of });
        },
      },
      { region },
    );
  }

  test("what is known at synthesis is drawn, with its alarms", () => {
    const { near } = shown();
    const { metrics, annotations } = titled(
      near,
      "The database is running out of disk; when it is full, it stops",
    ).properties;
    expect(metrics[0].slice(0, 4)).toEqual(["AWS/RDS", "FreeStorageSpace", "DBInstanceIdentifier", "far-database"]);
    expect(annotations.horizontal[0].label).toBe("page below");
    expect(titled(near, "Alarms").properties.alarms).toContain(
      "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:far-database-free-storage-page",
    );
  });

  test("what AWS assigns there is left out, and the dashboard says so", () => {
    const { near } = shown();
    expect(headings(near)).not.toContain("Requests fail");
    expect(texts(near)).toMatch(
      /- `far\/entrance`: AWS assigns arn_suffix in another stack \(errorShare, noTarget, .*availability/,
    );
  });

  test("no stack waits for another because of a dashboard", () => {
    const { near } = shown();
    expect(near.manifest.dependsOn).toEqual([]);
    expect(near.the(CloudwatchDashboard).dashboard_body).not.toContain("${");
  });
});

test("a metric that an expression of Terraform finds is left out: a body cannot hold it", () => {
  const dimensions = { Mill: '${lookup(local.mills, "north")}' };
  const stack = mill({ lost: { ...ERRORS, measure: { metric: { ...metric("Lost"), dimensions } } } });
  expect(headings(stack)).not.toContain("Orders are lost");
  expect(texts(stack)).toContain("- `test/mill`: it is measured by an expression of Terraform (lost)");
});

test("fails where the place is not known: an alarm has an address", () => {
  const app = () =>
    synth((stack) => {
      const bare = new TerraformStack(stack.node.root as never, "bare");
      new Dashboard(bare, "dashboard", { of: new ServiceGraph(bare, "flour", { runs: new Mill(bare, "mill") }) });
    });
  expect(app).toThrow("bare/dashboard: 'place' must be known");
});

describe("more than CloudWatch takes", () => {
  const zones = Object.fromEntries(
    Array.from({ length: 26 }, (_, zone) => [`zone-${zone}`, { metric: metric(`${zone}`) }]),
  );
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`lost${index}`, { ...ERRORS, measure: { zones } }]),
  );
  const crowd = (excused: boolean) => () =>
    synth(
      (stack) => {
        const runs = new Mill(stack, "mill", many);
        waive(runs, "watched", { waived: "a test" });
        const dashboard = new Dashboard(stack, "dashboard", { of: new ServiceGraph(stack, "flour", { runs }) });
        if (excused) waive(dashboard, "valid-dashboard", { waived: "AWS raised our quota" });
      },
      { checks: true },
    );

  test("fails at synthesis, with the way out", () => {
    expect(crowd(false)).toThrow(
      "test/dashboard/Resource: 'metrics' must be at most 2500, got 2600; split the service, or show parts of it",
    );
  });

  test("is excused by a sentence", () => {
    expect(crowd(true)().warnings).toContain("valid-dashboard is waived: AWS raised our quota");
  });
});
