import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { Experiments } from "../../lib/chaos";
import {
  DEVELOPMENT,
  Fault,
  Figure,
  Protected,
  Recovery,
  ServiceGraph,
  Signal,
  Sla,
  register,
  waive,
} from "../../lib/core";
import { QuotaUsage } from "../../lib/observing";
import { Backups, Objectives } from "../../lib/recovery";
import { Slo } from "../../lib/slo";
import { NOTIFY } from "../alerting/mill";
import { synth } from "../synth";

const METRIC = { namespace: "Own/Mill", name: "Depth", statistic: "Maximum" };
const SIGNAL: Signal = { kind: "saturation", means: "it is full", measure: { metric: METRIC }, bad: "above", page: 5 };
const figure = <T>(value: T, more: Partial<Figure<T>> = {}): Figure<T> => {
  return { value, basis: "measured", source: "game day of March", ...more };
};
const WAY: Recovery = {
  mechanism: "spare wheel",
  rpo: figure("0 seconds"),
  rto: figure("5 minutes"),
  selfHealing: false,
};
const SLA: Sla = { ...figure(99.9), condition: "two wheels" };
const HELD: Protected = { type: "S3", arn: "arn:aws:s3:::flour", backUp: true, by: [] };
const FAULT: Fault = { scenario: "instance", action: "aws:ec2:stop-instances", does: "a wheel stops" };
const EVENT = { event: { source: ["own.mill"], detailType: ["Jam"] } };

/** A pattern of somebody else, as it comes: it may declare anything. */
class Mill extends Construct {
  constructor(scope: Construct, declared: object) {
    super(scope, "mill");
    register(this);
    Object.assign(this, declared);
  }
}

/** In a posture that lets broken promises pass: what is malformed fails all the same. */
function declaring(declared: object, also: (stack: TerraformStack, mill: Mill) => void = () => undefined) {
  return synth((stack) => also(stack, new Mill(stack, declared)), { posture: DEVELOPMENT });
}

const signal = (more: object) => ({ signals: { depth: { ...SIGNAL, ...more } } });
const event = (more: object) => ({ signals: { depth: { ...SIGNAL, page: undefined, measure: EVENT, ...more } } });
const way = (more: object) => ({ recovers: { zone: [{ ...WAY, ...more }] } });

const REFUSED: Record<string, [declared: object, message: string]> = {
  "a signal that means nothing": [signal({ means: " " }), "'signals.depth.means' must be what a breach means"],
  "a name that no link holds": [
    { signals: { "full up": SIGNAL } },
    "'signals.full up' must be named by letters, digits",
  ],
  "a kind that nobody knows": [signal({ kind: "depth" }), "'signals.depth.kind' must be one of latency, traffic"],
  "no measure": [signal({ measure: undefined }), "'signals.depth.measure' must be given, got nothing"],
  "two measures": [
    signal({ measure: { metric: METRIC, ...EVENT } }),
    "'signals.depth.measure' must be one of metric, ratio, math, event or zones, and one only",
  ],
  "a statistic that nobody knows": [
    signal({ measure: { metric: { ...METRIC, statistic: "median" } } }),
    "'signals.depth.measure.metric.statistic' must be a statistic",
  ],
  "a share of nothing": [
    signal({ measure: { ratio: { bad: [METRIC], total: [], minimum: 1 } } }),
    "'signals.depth.measure.ratio.total' must name at least one metric",
  ],
  "a minimum below nothing": [
    signal({ measure: { ratio: { bad: [METRIC], total: [METRIC], minimum: -1 } } }),
    "'signals.depth.measure.ratio.minimum' must be at least 0, got -1",
  ],
  "no zone": [signal({ measure: { zones: {} } }), "'signals.depth.measure.zones' must name at least one zone"],
  "an event a zone": [
    signal({ measure: { zones: { "eu-west-1a": EVENT } } }),
    "'signals.depth.measure.zones.eu-west-1a' must be",
  ],
  "a side that is none": [signal({ bad: "over" }), "'signals.depth.bad' must be one of above, below"],
  "a threshold that is no number": [signal({ page: NaN }), "'signals.depth.page' must be a value, got NaN"],
  "a threshold as a text": [signal({ page: "5" }), `'signals.depth.page' must be a number, got "5"`],
  "a threshold without end": [signal({ page: Infinity }), "'signals.depth.page' must be a number, got Infinity"],
  "a page before its ticket": [
    signal({ page: 5, ticket: 10 }),
    "'signals.depth.page' must be at least the ticket threshold 10, got 5; tune both, or leave one out",
  ],
  "more breaches than periods": [
    signal({ breaches: "5 of 3" }),
    `'signals.depth.breaches' must ask for at most all of the periods it looks at, got "5 of 3"; write "3 of 5"`,
  ],
  "a period that CloudWatch has not": [
    signal({ period: "90 seconds" }),
    `'signals.depth.period' must be 10, 20, 30 seconds or whole minutes`,
  ],
  "silence that means nothing": [signal({ missing: "fine" }), "'signals.depth.missing' must be one of breaching"],
  "a unit that is none": [signal({ unit: 5 }), "'signals.depth.unit' must be a text, got 5"],
  "an urgency beside thresholds": [
    signal({ urgency: "page" }),
    `'signals.depth.urgency' must be left out, got "page"; it is for events`,
  ],
  "an event with a threshold": [
    event({ page: 5 }),
    `'signals.depth.page' must be left out of an event: each one is a breach, got 5; say its urgency: "page" or "ticket"`,
  ],
  "an event that looks back": [event({ breaches: "1 of 1" }), "'signals.depth.breaches' must be left out of an event"],
  "an event from nowhere": [
    event({ measure: { event: { source: [], detailType: ["Jam"] } } }),
    "'signals.depth.measure.event.source' must name at least one, got []",
  ],
  "steps that are no list": [signal({ firstSteps: "look" }), "'signals.depth.firstSteps' must be a list"],
  "a loss that nobody knows": [
    { recovers: { flood: [WAY] } },
    `'recovers' must be one of instance, zone, region, corruption, account, got "flood"`,
  ],
  "a figure without a source": [
    way({ rto: { value: "5 minutes", basis: "assumed" } }),
    "'recovers.zone[0].rto.source' must be given, got nothing",
  ],
  "a basis that is none": [
    way({ rto: figure("5 minutes", { basis: "hoped" as never }) }),
    "'recovers.zone[0].rto.basis' must be one of sla, configured, measured, vendor-typical, assumed",
  ],
  "a loss of less than nothing": [way({ rpo: figure("-5 minutes") }), "'recovers.zone[0].rpo.value' must be a number"],
  "a duration as a number": [way({ rto: figure(300) }), "'recovers.zone[0].rto.value' must be a number and a unit"],
  "a day that is none": [
    way({ rto: figure("5 minutes", { asOf: "March 2026" }) }),
    "'recovers.zone[0].rto.asOf' must be a day, YYYY-MM-DD",
  ],
  "a restore that moves nothing": [
    way({ gibPerHour: figure(0) }),
    "'recovers.zone[0].gibPerHour.value' must be a number above 0, got 0",
  ],
  "one mechanism twice": [
    { recovers: { zone: [WAY, WAY] } },
    `'recovers.zone' must name each mechanism once, got ["spare wheel","spare wheel"]`,
  ],
  "more than always": [{ sla: { ...SLA, value: 101 } }, "'sla.value' must be between 0 and 100, got 101"],
  "an availability as a text": [{ sla: { ...SLA, value: "99.9" } }, "'sla.value' must be a number above 0"],
  "a promise on no condition": [{ sla: figure(99.9) }, "'sla.condition' must be given"],
  "data that is not backed up, without a reason": [
    { protects: [{ ...HELD, backUp: false }] },
    "'protects[0].backUp' must be",
  ],
  "data of no size": [{ protects: [{ ...HELD, sizeGib: 0 }] }, "'protects[0].sizeGib' must be a number above 0"],
  "data that nothing is said to keep": [{ protects: [{ ...HELD, by: undefined }] }, "'protects[0].by' must be given"],
  "an indicator of nothing": [
    { indicators: { good: { kind: "availability", counts: "bags", bad: [], total: [METRIC] } } },
    "'indicators.good.bad' must name at least one metric",
  ],
  "an indicator that is none": [{ indicators: { good: { kind: "availability" } } }, "'indicators.good' must be"],
  "a fault found twice": [
    {
      faults: {
        stop: { ...FAULT, target: { key: "Wheels", resourceType: "own", selection: "ALL", arns: ["a"], tags: {} } },
      },
    },
    "'faults.stop.target' must be found by ARNs or by tags, not by both",
  ],
  "a fault of no action": [{ faults: { stop: { ...FAULT, action: "" } } }, "'faults.stop.action' must not be empty"],
  "a question to no log": [{ queries: { jams: { asks: "jams", query: "stats" } } }, "'queries.jams.logGroups' must be"],
  "a procedure without steps": [{ procedures: { mend: { title: "Mend", why: "worn" } } }, "'procedures.mend.steps'"],
  "growth that is never done": [{ grows: figure("8m") }, "'grows.value' must be a number and a unit"],
  "a fence that cannot be seen": [{ fence: { steps: ["shut it"] } }, "'fence.holds' must be given"],
};

test.each(Object.entries(REFUSED))(
  "fails in every posture where somebody's pattern declares %s",
  (_, [declared, message]) => {
    expect(() => declaring(declared)).toThrow(`test/mill: ${message}`);
  },
);

/** What somebody's construct may well have under the name of a declaration, and means something else by. */
const UNRELATED: Record<string, object> = {
  "signals of processes, as a list": { signals: ["SIGTERM", "SIGINT"] },
  "signals of processes, by name": { signals: { stop: "SIGTERM", reload: { number: 1 } } },
  "signals that it sends by a method": { signals: () => undefined },
  "signals that listeners are kept of": { signals: new Map([["ready", { kind: "once" }]]) },
  "queries of Athena": { queries: { top: { query: "SELECT 1", database: "mill" } } },
  "queries as texts": { queries: { top: "SELECT 1" } },
  "faults that it has counted": { faults: 3 },
  "faults by code": { faults: { E17: "the stone is hot" } },
  "quotas of a usage plan": { quotas: { basic: { limit: 1000, period: "DAY" } } },
  "procedures of a database": { procedures: { grind: { language: "SQL" } } },
  "an indicator light": { indicators: { red: { pin: 4 } } },
  "an agreement by name": { sla: "gold" },
  "what it protects from": { protects: ["flood"], recovers: ["data"] },
  "what it grows": { grows: "barley" },
  "a fence of posts": { fence: { posts: 12 } },
};

test.each(Object.entries(UNRELATED))("%s are no declaration, and nobody asks for them", (_, members) => {
  expect(declaring(members).manifest.constructs).toEqual([]);
});

const MISTAKEN: Record<string, [declared: object, message: string]> = {
  "signals as a list": [{ signals: [SIGNAL] }, "'signals' must be an object, each part under its name"],
  "one signal beside a text": [{ signals: { depth: SIGNAL, weight: "much" } }, "'signals.weight' must be a Signal"],
  "a way back that is no list": [{ recovers: { zone: WAY } }, "'recovers.zone' must be a list"],
  "data that is no list": [{ protects: HELD }, "'protects' must be a list"],
  "a question without its logs": [{ queries: { jams: { asks: "jams" } } }, "'queries.jams"],
  "a promise with nothing but a number": [{ sla: { value: 99.9 } }, "'sla.basis' must be given"],
};

test.each(Object.entries(MISTAKEN))("fails where it looks like a declaration: %s", (_, [declared, message]) => {
  expect(() => declaring(declared)).toThrow(`test/mill: ${message}`);
});

test("fails with all that is malformed at once", () => {
  const declared = { ...signal({ bad: "over" }), sla: { ...SLA, value: 101 } };
  expect(() => declaring(declared)).toThrow(/'signals\.depth\.bad'[^]*'sla\.value'/);
});

test("fails where a malformed signal is watched, before any alarm is made of it", () => {
  const watching = (stack: TerraformStack, mill: Mill) =>
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill as never);
  expect(() => declaring(signal({ bad: "over" }), watching)).toThrow("test/mill: 'signals.depth.bad' must be one of");
});

/** Concerns read before all is judged. */
const READ: Record<string, [declared: object, message: string, read: (stack: TerraformStack, mill: never) => void]> = {
  "objectives of recovery read a time that is none": [
    way({ rto: figure("5m") }),
    "'recovers.zone[0].rto.value' must be a number and a unit",
    (stack, of) => new Objectives(stack, "objectives", { of, zone: { rto: "1 hour", rpo: "0 seconds" } }),
  ],
  "backups read data that is no list": [
    { protects: HELD },
    "'protects' must be a list",
    (stack, mill) => new Backups(stack, "backups", { of: [mill] }),
  ],
  "backups read a restore that is no list": [
    { protects: [HELD], recovers: { corruption: WAY } },
    "'recovers.corruption' must be a list",
    (stack, mill) => new Backups(stack, "backups", { of: [mill] }),
  ],
  "an objective reads a promise without a number": [
    { sla: { ...SLA, value: undefined } },
    "'sla.value' must be given",
    (stack, runs) => {
      const of = new ServiceGraph(stack, "graph", { runs });
      const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
      const indicator = { kind: "availability", counts: "bags", bad: [METRIC], total: [METRIC] } as const;
      new Slo(stack, "slo", { objective: 99, of, indicator, alarms });
    },
  ],
  "experiments read a fault that does nothing": [
    { ...way({}), faults: { stop: { ...FAULT, scenario: "zone", mechanism: "spare wheel", does: undefined } } },
    "'faults.stop.does' must be given",
    (stack, on) => new Experiments(stack, "experiments", { on, stopOn: [] }),
  ],
  "the use of quotas reads one that nobody can ask for": [
    {
      quotas: {
        wheels: { of: "wheels", usage: { service: "Mill", resource: "Wheel" }, source: "https://mill.example" },
      },
    },
    "'quotas.wheels.asked' must be given",
    (stack, mill) => new QuotaUsage(stack, "quotas", { of: [mill] }),
  ],
};

test.each(Object.entries(READ))("fails by name where %s", (_, [declared, message, read]) => {
  const made = () => declaring(declared, (stack, mill) => read(stack, mill as never));
  expect(made).toThrow(`test/mill: ${message}`);
});

test("a loss that is named and has no way back, by a condition, is none", () => {
  const { manifest } = declaring({ recovers: { zone: [WAY], region: undefined } });
  expect(manifest.constructs[0].recovers).toEqual({ zone: [WAY] });
});

test("fails where a way back is sooner than what no measurement can get below", () => {
  expect(() => declaring(way({ floor: { rto: figure("6 minutes") } }))).toThrow(
    "test/mill: 'recovers.zone[0].rto.value' must be at least its floor, 6 minutes, got \"5 minutes\"",
  );
});

test("fails where two signals would have one alarm", () => {
  const watching = (stack: TerraformStack, mill: Mill) =>
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill as never);
  expect(() => declaring({ signals: { fullUp: SIGNAL, "full-up": SIGNAL } }, watching)).toThrow(
    "test/mill: 'signals.full-up' must have a name of its own, got \"fullUp\"",
  );
});

test("fails where what is watched has charts alone, and rings for nobody", () => {
  const watching = (stack: TerraformStack, mill: Mill) =>
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill as never);
  expect(() => declaring(signal({ page: undefined }), watching)).toThrow(
    `test/mill: 'signals' must tell somebody of something, got ["depth"]; give one a threshold, such as alarms.watch(it, { "depth": { ticket: … } }); or, in place of watching it, waive(it, "watched", { waived: "why" })`,
  );
});

test("what has charts alone is watched with a threshold of who watches it, or excused from being watched", () => {
  const charts = signal({ page: undefined });
  const watched = declaring(charts, (stack, mill) =>
    new Alarms(stack, "alarms", { notify: NOTIFY }).watch(mill as never, { depth: { ticket: 3 } } as never),
  );
  expect(watched.manifest.alarms.map(({ urgency, threshold }) => [urgency, threshold])).toContainEqual(["ticket", 3]);
  const excused = declaring(charts, (_, mill) => waive(mill, "watched", { waived: "looked at by hand" }));
  expect(excused.manifest.verdicts).toContainEqual(
    expect.objectContaining({ safeguard: "watched", outcome: "waived" }),
  );
});

test("what is well-formed passes: a chart without thresholds, an event, an expression of Terraform", () => {
  const { manifest } = declaring({
    signals: {
      depth: { ...SIGNAL, page: undefined },
      jam: { ...SIGNAL, page: undefined, measure: EVENT, urgency: "page" },
      weight: { ...SIGNAL, measure: { metric: { ...METRIC, dimensions: { Mill: "${local.mill}" } } } },
    },
    recovers: { zone: [WAY] },
    sla: SLA,
    protects: [HELD],
    faults: { stop: FAULT },
  });
  const [{ path, is, kept, ...declared }] = manifest.constructs;
  expect([path, is, kept]).toEqual(["test/mill", "Mill", {}]);
  expect(Object.keys(declared)).toEqual(["signals", "recovers", "sla", "protects", "faults"]);
});
