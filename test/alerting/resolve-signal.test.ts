import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import fc from "../property";
import { Alarms } from "../../lib/alerting";
import { Metric, Signal, Tuning } from "../../lib/core";
import { Synthesized, synth } from "../synth";
import { ERRORS, Mill, NOTIFY } from "./mill";

const metric = (name: string, namespace = "Own/Service"): Metric => ({ namespace, name, statistic: "Sum" });

const LOST: Signal = { ...ERRORS, page: 5 };

function watched(signal: Partial<Signal>, tuning: Tuning = {}): Synthesized {
  return synth(
    (stack) => {
      const mill = new Mill(stack, "mill", { lost: { ...LOST, ...signal } });
      new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill, { lost: tuning });
    },
    { checks: true },
  );
}

test.each<[string, Tuning, string]>([
  [
    "45 seconds",
    { period: "45 seconds" },
    `'lost.period' must be 10, 20, 30 seconds or whole minutes, got "45 seconds"; write "1 minute"`,
  ],
  ["a minute and a half", { period: "1.5 minutes" }, `got "1.5 minutes"; write "2 minutes"`],
  [
    "M above N",
    { breaches: "5 of 3" },
    `'lost.breaches' must ask for at most all of the periods it looks at, got "5 of 3"; write "3 of 5"`,
  ],
  [
    "more than a day by minutes",
    { breaches: "1 of 1441" },
    `'lost.breaches' must look back at most 1 day, 1440 periods of 1 minute, got "1 of 1441"; take fewer periods`,
  ],
  [
    "more than a week by hours",
    { breaches: "1 of 169", period: "1 hour" },
    "must look back at most 7 days, 168 periods of 1 hour",
  ],
  ["more than a week", { breaches: "1 of 1", period: "8 days" }, "'lost.period' must be between 10 seconds and 7 days"],
  ["a threshold without end", { page: Infinity }, `'lost.page' must be a number, got Infinity`],
  ["a misspelt word for silence", { missing: "good" as never }, "'lost.missing' must be one of breaching"],
])("fails on a tuning of %s, in the words of the tuning", (_, tuning, message) => {
  expect(() => watched({}, tuning)).toThrow(`test/mill: `);
  expect(() => watched({}, tuning)).toThrow(message);
});

test.each<[string, Signal["measure"]]>([
  ["one metric", { metric: metric("CPUUtilization", "AWS/RDS") }],
  ["a share", { ratio: { bad: [metric("Lost")], total: [metric("Requests", "AWS/RDS")], minimum: 1 } }],
  ["math", { math: { expression: "a * 2", metrics: { a: metric("CPUUtilization", "AWS/RDS") } } }],
  ["a zone", { zones: { "eu-west-1a": { metric: metric("CPUUtilization", "AWS/RDS") } } }],
])("fails on half minutes of what AWS publishes once a minute, in %s", (_, measure) => {
  expect(() => watched({ measure }, { period: "30 seconds" })).toThrow(
    `test/mill: 'lost.period' must be whole minutes: AWS/RDS publishes once a minute, got "30 seconds"; write "1 minute"`,
  );
});

test("a metric of your own may be looked at every ten seconds", () => {
  expect(watched({}, { period: "10 seconds" }).the(CloudwatchMetricAlarm).period).toBe(10);
});

test("fails on a share of more metrics than an alarm holds, at the alarm", () => {
  const bad = Array.from({ length: 10 }, (_, index) => metric(`Lost${index}`));
  const run = () => watched({ measure: { ratio: { bad, total: [metric("Requests")], minimum: 1 } } });
  expect(run).toThrow("test/mill/alarms/lost-page: 'metric_query' must hold at most 10 metrics, got 11");
});

const UNITS = ["seconds", "minutes", "hours", "days"] as const;
const count = (max: number) => fc.integer({ min: 0, max });
const period = fc
  .tuple(fc.oneof(count(90), fc.constantFrom(1.5, 0.5)), fc.constantFrom(...UNITS))
  .map(([length, unit]) => `${length} ${unit}` as NonNullable<Tuning["period"]>);
const breaches = fc
  .oneof(fc.tuple(count(10), count(10)), fc.tuple(count(1500), count(1500)))
  .map(([m, n]) => `${m} of ${n}` as NonNullable<Tuning["breaches"]>);
const number = fc.oneof(fc.integer(), fc.double(), fc.constant(undefined));

const tunings: fc.Arbitrary<Tuning> = fc.record(
  {
    page: number,
    ticket: number,
    breaches,
    period,
    missing: fc.constantFrom("breaching", "notBreaching", "ignore", "missing"),
  },
  { requiredKeys: [] },
);

const metrics: fc.Arbitrary<Metric> = fc.record({
  namespace: fc.constantFrom("AWS/RDS", "Own/Service"),
  name: fc.constantFrom("Lost", "Late"),
  statistic: fc.constantFrom("Sum", "Average", "p99", "p99.9", "TM(10%:90%)", "PR(:0.3)", "IQM"),
  dimensions: fc.constantFrom<Metric["dimensions"][]>(undefined, {}, { Service: "orders" }),
});
const list = fc.array(metrics, { minLength: 1, maxLength: 4 });

const measures: fc.Arbitrary<Exclude<Signal["measure"], { zones: unknown } | { event: unknown }>> = fc.oneof(
  fc.record({ metric: metrics }),
  fc.record({ ratio: fc.record({ bad: list, total: list, minimum: count(100) }) }),
  fc.record({
    math: fc.record({
      expression: fc.constant("100 * FILL(a, 0) / b"),
      metrics: fc.record({ a: metrics, b: metrics }),
    }),
  }),
);

const signals: fc.Arbitrary<Signal> = fc.record({
  kind: fc.constantFrom("latency", "traffic", "errors", "saturation"),
  means: fc.constantFrom("orders are lost", "x".repeat(2000)),
  measure: fc.oneof(measures, fc.record({ zones: fc.record({ "eu-west-1a": measures, "eu-west-1b": measures }) })),
  bad: fc.constantFrom("above", "below"),
  page: fc.constant(undefined),
});

test("what any signal and any tuning make is refused in the words of the tuning, or CloudWatch takes it", () => {
  const seen = { taken: 0, refused: 0 };
  const attempt = (signal: Signal, tuning: Tuning) => {
    try {
      return watched(signal, tuning).manifest;
    } catch (error) {
      return String(error);
    }
  };
  fc.assert(
    fc.property(signals, tunings, (signal, tuning) => {
      const made = attempt(signal, tuning);
      if (typeof made === "string") {
        seen.refused++;
        expect(made).toMatch(/^Error: test\/mill: 'lost(\.\w+)?' must .*, got /);
      } else {
        seen.taken++;
        expect(made.verdicts.filter(({ safeguard }) => safeguard === "valid-alarm")).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
  // Neither side is empty talk.
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(5);
});
