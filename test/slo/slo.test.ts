import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import Ajv from "ajv";
import fc from "../property";
import { PageAlarm, waive } from "../../lib/core";
import schema from "../../lib/review/manifest.schema.json";
import { Slo, SloProps } from "../../lib/slo";
import { Config, Setting, Synthesized, synth } from "../synth";
import { Gate, PAGE, TICKET, service } from "./service";

type Name = keyof Gate["indicators"];

function slo(props: Partial<SloProps> = {}, name: Name = "availability", setting: Setting = {}): Synthesized {
  return synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    const indicator = gate.indicators[name];
    new Slo(stack, "availability", { objective: 99.9, of: orders, indicator, alarms, ...props });
  }, setting);
}

const children = (stack: Synthesized) => stack.all(CloudwatchMetricAlarm);
const expressionOf = (alarm: Config) => alarm.metric_query[0].expression as string;

test("each window is an alarm of its own that acts by nothing", () => {
  const alarms = children(slo());
  expect(
    Object.entries(alarms).map(
      ([
        path,
        {
          metric_query: [, first],
          threshold,
        },
      ]) => [path, first.metric.period, threshold],
    ),
  ).toEqual([
    ["availability/page-1h", 3600, 0.0144],
    ["availability/page-30m", 1800, 0.006],
    ["availability/page-5m", 300, 0.0144],
    ["availability/page-6h", 21600, 0.006],
    ["availability/ticket-1d", 86400, 0.003],
    ["availability/ticket-2h", 7200, 0.003],
  ]);
  for (const alarm of Object.values(alarms)) {
    expect(alarm).toMatchObject({
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      treat_missing_data: "notBreaching",
    });
    expect(alarm).not.toHaveProperty("alarm_actions");
  }
});

test("no threshold of the plan has the noise of floating point", () => {
  const thresholds = Object.values(children(slo({ objective: 99.95 }))).map(({ threshold }) =>
    JSON.stringify(threshold),
  );
  expect(thresholds).toEqual(["0.0072", "0.003", "0.0072", "0.003", "0.0015", "0.0015"]);
});

test("names of windows hold no threshold, so that another objective changes in place", () => {
  const names = (objective: number) => Object.values(children(slo({ objective }))).map(({ alarm_name }) => alarm_name);
  expect(names(99.9)).toEqual(names(99.5));
});

test("a long window is guarded by failures, a short one only minds an empty total", () => {
  const alarms = children(slo());
  const failed = "FILL(bad1, 0) + FILL(bad2, 0)";
  const all = "FILL(total1, 0) + FILL(total2, 0)";
  expect(expressionOf(alarms["availability/page-1h"])).toBe(`IF(${failed} >= 2, (${failed}) / (${all}), 0)`);
  expect(expressionOf(alarms["availability/page-5m"])).toBe(`IF(${all} > 0, (${failed}) / (${all}), 0)`);
  const three = children(slo({ minimumFailures: 3 }))["availability/page-6h"];
  expect(expressionOf(three)).toContain(">= 3");
});

test("both windows of a pair must burn, and any pair pages", () => {
  const { alarm_rule } = slo().at(CloudwatchCompositeAlarm, "availability/page");
  const ids = [
    ...alarm_rule.matchAll(/ALARM\("\$\{aws_cloudwatch_metric_alarm\.\w+?_(page|ticket)-(\w+?)_\w+\.alarm_name\}"\)/g),
  ];
  expect(ids.map(([, , window]) => window)).toEqual(["1h", "5m", "6h", "30m"]);
  expect(alarm_rule.replace(/ALARM\("[^"]*"\)/g, "x")).toBe("(x AND x) OR (x AND x)");
});

test("the page pages, and the ticket behind it keeps still for as long as its window takes to get quiet", () => {
  const stack = slo();
  expect(stack.at(CloudwatchCompositeAlarm, "availability/page")).toMatchObject({
    alarm_name: "test-availability-page",
    alarm_actions: [PAGE],
    ok_actions: [PAGE],
  });
  expect(stack.at(CloudwatchCompositeAlarm, "availability/ticket")).toMatchObject({
    alarm_actions: [TICKET],
    actions_suppressor: {
      alarm: expect.stringMatching(/aws_cloudwatch_composite_alarm\.availability_page_\w+\.alarm_name/),
      wait_period: 60,
      extension_period: 7200,
    },
  });
});

test("three days are asked for, and hold the ticket back for longer", () => {
  const stack = slo({ slowest: "3 days" });
  expect(children(stack)["availability/ticket-3d"]).toMatchObject({ threshold: 0.001, evaluation_periods: 1 });
  expect(children(stack)["availability/ticket-3d"].metric_query[1].metric.period).toBe(259_200);
  expect(stack.at(CloudwatchCompositeAlarm, "availability/ticket").actions_suppressor.extension_period).toBe(21_600);
});

test("the page is one of those that rollbacks and stop conditions act on, and says that it is composite", () => {
  let pages: PageAlarm[] = [];
  synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    new Slo(stack, "availability", { objective: 99.9, of: orders, indicator: gate.indicators.availability, alarms });
    pages = alarms.pages;
  });
  expect(pages.map(({ name, kind }) => [name, kind])).toEqual([["test-availability-page", "composite"]]);
});

test("the person called reads what was promised, how fast it goes and where to read on", () => {
  const { alarm_description } = slo().at(CloudwatchCompositeAlarm, "availability/page");
  expect(alarm_description).toBe(
    "test/orders: 99.9 % of requests over 30 days are good. On where 2 % of its budget goes in 1 hour, 14.4 times too " +
      "fast. On where 5 % of its budget goes in 6 hours, 6 times too fast.\nRunbook: https://r.org/availability/burn.md",
  );
});

test.each<[Name, string]>([
  ["latency", "PR(:0.3)"],
  ["millis", "PR(:300)"],
])("%s asks for the share within 300 milliseconds in the unit of the metric", (name, statistic) => {
  const alarms = children(slo({ within: "300 milliseconds", objective: 99 }, name));
  const { metric_query: queries } = alarms["availability/page-1h"];
  expect(queries[0].expression).toBe("IF((100 - good) / 100 * count > 1.5, (100 - good) / 100, 0)");
  expect(queries.slice(1).map(({ id, metric }: Config) => [id, metric.stat])).toEqual([
    ["good", statistic],
    ["count", "SampleCount"],
  ]);
  expect(expressionOf(alarms["availability/page-5m"])).toBe("(100 - good) / 100");
});

test("freshness counts minutes: M of N is their share", () => {
  const alarms = children(slo({ objective: 99 }, "freshness"));
  expect(alarms["availability/page-1h"]).toMatchObject({
    metric_name: "Age",
    statistic: "Maximum",
    period: 60,
    evaluation_periods: 60,
    // 14.4 % of 60 minutes are 8.64.
    datapoints_to_alarm: 9,
    threshold: 600,
    comparison_operator: "GreaterThanThreshold",
  });
  expect(alarms["availability/ticket-1d"]).toMatchObject({ evaluation_periods: 1440, datapoints_to_alarm: 44 });
});

test("what a Prometheus counts has no alarm in CloudWatch", () => {
  const stack = slo({}, "counted");
  expect([children(stack), stack.all(CloudwatchCompositeAlarm)]).toEqual([{}, {}]);
  expect(stack.manifest.objectives[0]).toMatchObject({ alarms: {}, target: "0.999" });
});

test("the manifest has the objective, and fits its schema", () => {
  const { manifest } = slo({ expectedRequestsPerHour: 5000 });
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(manifest.objectives[0]).toMatchObject({
    path: "test/availability",
    service: "test/orders",
    measures: { path: "test/gate", indicator: "availability" },
    target: "0.999",
    budget: "0.001",
    alarms: { page: "test-availability-page", ticket: "test-availability-ticket" },
  });
  expect(manifest.objectives[0].windows[0]).toEqual({
    urgency: "page",
    long: "1 hour",
    short: "5 minutes",
    spends: 2,
    factor: "14.4",
    threshold: "0.0144",
    firesAfter: 51.84,
    alarms: { long: "test-availability-page-1h", short: "test-availability-page-5m" },
  });
});

test("what is measured says which objective watches it", () => {
  const { manifest } = slo({ within: "300 milliseconds" }, "latency");
  expect(manifest.constructs.find(({ path }) => path === "test/gate")!.kept).toEqual({
    "objective on latency": "test/availability",
  });
});

test("an indicator from elsewhere is measured all the same", () => {
  const bad = [{ namespace: "Own/Canary", name: "Failed", statistic: "Sum" }];
  const total = [{ namespace: "Own/Canary", name: "Runs", statistic: "Sum" }];
  const { manifest } = slo({ indicator: { kind: "availability", counts: "runs", bad, total } });
  expect(manifest.objectives[0]).not.toHaveProperty("measures");
});

test("a quiet service learns which windows a single failure would burn, and what to do", () => {
  const { warnings, manifest } = slo({ expectedRequestsPerHour: 20 }, "availability", { checks: true });
  expect(manifest.verdicts.find(({ safeguard }) => safeguard === "enough-traffic")).toMatchObject({
    outcome: "warned",
  });
  expect(warnings).toContainEqual(
    "test/availability: 'expectedRequestsPerHour' must be at least 70, or a single failure burns the windows of 1h, 6h, " +
      "got 20; minimumFailures holds back what is fewer than 2; send synthetic traffic, measure several services as one, " +
      "let clients try again, or promise 99.65",
  );
});

test("the objective that it is told to promise is not burnt by a single failure", () => {
  const told = (objective: number) => slo({ objective, expectedRequestsPerHour: 20 }).warnings.join();
  expect(told(99.65)).not.toContain("expectedRequestsPerHour");
  expect(told(99.66)).toContain("expectedRequestsPerHour");
});

test("a busy service is told nothing", () => {
  expect(slo({ expectedRequestsPerHour: 70 }).warnings).toEqual([]);
});

test("fails where a window can never fire, unless somebody says why it may be missing", () => {
  const low = (reason?: string) =>
    synth(
      (stack) => {
        const { gate, orders, alarms } = service(stack);
        const indicator = gate.indicators.availability;
        const made = new Slo(stack, "availability", { objective: 90, of: orders, indicator, alarms });
        if (reason) waive(made, "burn-window", { waived: reason });
      },
      { checks: true },
    );
  expect(() => low()).toThrow(
    "test/availability: 'objective' must be above 93.06, or the window of 1h can never fire, got 90",
  );
  const waived = low("six hours are fast enough for a batch");
  expect(Object.keys(children(waived))).not.toContain("availability/page-1h");
  expect(Object.keys(children(waived))).toContain("availability/page-6h");
});

test.each<[string, Partial<SloProps>, string] | [string, Partial<SloProps>, string, Name]>([
  ["a promise without a budget", { objective: 100 }, "'objective' must be between 50 and 99.9999, got 100"],
  [
    "a share in place of per cent",
    { objective: 0.999 },
    "'objective' must be between 50 and 99.9999, got 0.999; it is per",
  ],
  ["another period", { period: "14 days" as never }, "'period' must be one of 7 days, 28 days, 30 days, 90 days"],
  ["no way to page", { objective: 60 }, "'objective' must have a window that can page, got 60"],
  [
    "three days of a week",
    { period: "7 days", slowest: "3 days" },
    '\'slowest\' must be "1 day": 3d that spend 10 % of 7 days fire inside the budget, got "3 days"; look back 30 days',
  ],
  [
    "three days of four weeks",
    { period: "28 days", slowest: "3 days" },
    'got "3 days"; look back 30 days, or give windows that spend at least 10.72 %',
  ],
  [
    "a window that spends too little",
    { windows: [{ urgency: "page", long: "1 day", spends: 2 }] },
    "'windows.spends' must be at least 3.34: 1d that spend 2 % of 30 days fire inside the budget, got 2; or look back 90",
  ],
  [
    "a window that CloudWatch cannot hold",
    { windows: [{ urgency: "page", long: "8 days", spends: 50 }] },
    "'windows.long' must be 7 days at most: CloudWatch holds no longer window of requests, got \"8 days\"",
  ],
  [
    "a short window of half minutes",
    { windows: [{ urgency: "page", long: "6 minutes", spends: 2 }] },
    "'windows.short' must be whole minutes, got \"30 seconds\"",
  ],
  [
    "a short window that is none",
    { windows: [{ urgency: "page", long: "1 hour", short: "1 hour", spends: 2 }] },
    "'windows.short' must be shorter than 1 hour",
  ],
  [
    "one window twice",
    {
      windows: [
        { urgency: "page", long: "1 hour", spends: 2 },
        { urgency: "page", long: "12 hours", short: "1 hour", spends: 5 },
      ],
    },
    "'windows' must name each window of a page once, got \"1 hour\"",
  ],
  [
    "more minutes than CloudWatch holds",
    { slowest: "3 days" },
    "must be 1 day at most: CloudWatch holds no longer window of minutes",
    "freshness",
  ],
  ["a guard of nothing", { minimumFailures: 0 }, "'minimumFailures' must be between 1 and 1000, got 0"],
  ["no traffic at all", { expectedRequestsPerHour: 0 }, "'expectedRequestsPerHour' must be at least 0.01, got 0"],
  ["a latency without a bound", {}, "'within' must be a length of time, such as \"300 milliseconds\"", "latency"],
  ["a bound of nothing", { within: "0 seconds" }, "'within' must be a length of time", "latency"],
  ["a bound in another spelling", { within: "300 ms" as never }, "'within' must be a number and a unit", "latency"],
  ["a bound where nothing has a length", { within: "1 second" }, "'within' must be left out, got \"1 second\""],
])("fails on %s", (...[, props, message, name]) => {
  expect(() => slo(props, name)).toThrow(message);
});

test("any objective is refused with a mend, or made of alarms that CloudWatch takes", () => {
  const pair = fc.record({
    urgency: fc.constantFrom("page" as const, "ticket" as const),
    long: fc.integer({ min: 1, max: 200 }).map((hours) => `${hours} hours` as const),
    spends: fc.integer({ min: 1, max: 100 }),
  });
  const anything = fc.record({
    objective: fc.integer({ min: 5000, max: 9999 }).map((hundredths) => hundredths / 100),
    period: fc.constantFrom("7 days" as const, "28 days" as const, "30 days" as const, "90 days" as const),
    windows: fc.option(fc.array(pair, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    name: fc.constantFrom<Name>("availability", "freshness"),
  });
  const met = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(anything, ({ name, ...props }) => {
      let made: Synthesized;
      try {
        made = slo(props, name, { checks: true });
      } catch (error) {
        expect(String(error)).toMatch(/'[\w.]+' must .*, got /);
        met.refused++;
        return;
      }
      met.accepted++;
      for (const alarm of Object.values(children(made))) {
        const period = alarm.period ?? alarm.metric_query[1].metric.period;
        expect(period % 60).toBe(0);
        expect(period * alarm.evaluation_periods).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
        expect(alarm.datapoints_to_alarm).toBeLessThanOrEqual(alarm.evaluation_periods);
        if (alarm.metric_query) expect(alarm.threshold).toBeLessThan(1);
      }
    }),
    { numRuns: 200 },
  );
  // A generator that meets one branch only would prove half of it.
  expect(met.accepted).toBeGreaterThan(10);
  expect(met.refused).toBeGreaterThan(10);
});
