import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { IConstruct } from "constructs";
import { resolveSignal } from "../lib/alerting/resolve-signal";
import { Fleet } from "../lib/compute";
import { Metric, MetricMeasure, Signal, Watchable, isWatchable, setPlace } from "../lib/core";
import { Aurora, Cache, FileSystem, Postgres } from "../lib/data";
import { FirstAid } from "../lib/parts/first-aid";
import { instruction } from "../lib/review/runbook/shell";
import { DOCUMENTED } from "./data-sources/documented-metrics";
import { exampleNames } from "./plans/examples";
import { example } from "./plans/plans";
import { inFolder, network } from "./synth";
import { load } from "./tools";

const LIB = join(__dirname, "../lib");

/** An alarm that AWS recommends. */
interface Recommended {
  readonly dimensions: readonly string[];
  readonly statistic: string;
  readonly period: number;
  readonly breaches: string;
  readonly operator: string;
  readonly threshold?: number;
  readonly missing: string;
}

/** What AWS publishes about its metrics, by namespace and name. */
const PUBLISHED = JSON.parse(readFileSync(join(__dirname, "data-sources/aws-metrics.json"), "utf8")) as Record<
  string,
  Record<string, { readonly unit?: string; readonly recommended?: readonly Recommended[] }>
>;

/** Every class of the library that has signals. */
const WATCHABLE = readdirSync(LIB, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(LIB, entry.name, "index.ts")))
  .flatMap(({ name }) => Object.values(load<Record<string, unknown>>(`../lib/${name}`)))
  .filter(
    (each): each is () => Watchable => typeof each === "function" && each.prototype && "signals" in each.prototype,
  );

/** Patterns in forms that no example shows. */
function others(app: App): void {
  const stack = new TerraformStack(app, "others");
  setPlace(stack, { account: "111122223333", region: "eu-west-1" });
  new Postgres(stack, "database", { network: network(), instanceClass: "db.t4g.medium" });
  const { stringValue: password } = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
  const second = { region: "eu-central-1", network: network("abc", "eu-central-1") };
  new Postgres(stack, "followed", { network: network(), replicateTo: second, password });
  new Aurora(stack, "global", { engine: "postgresql", network: network(), globalWith: second, password });
  new Aurora(stack, "bills", { engine: "mysql", network: network(), serverless: { minCapacity: 1, maxCapacity: 8 } });
  new Cache(stack, "pages", { network: network(), shards: 4, nodeType: "cache.m7g.xlarge" });
  new FileSystem(stack, "files", { network: network(), throughput: "bursting", replicateTo: second });
  const metric = { namespace: "Own/Service", name: "BacklogPerInstance", statistic: "Average" };
  const sizes = { min: 6, max: 6, scaleOn: { metric, target: 10 } };
  new Fleet(stack, "fleet", { network: network(), image: "ami-0a1b2c3d4e5f60718", ...sizes });
}

/** Every pattern of the library, as the examples show it. */
function everyPattern(outdir: string): Watchable[] {
  const app = new App({ outdir });
  for (const name of exampleNames()) example(app, name);
  others(app);
  return app.node
    .findAll()
    .filter(isWatchable)
    .filter((each) => WATCHABLE.some((known) => known === (each.constructor as unknown)));
}

/** One signal, and where it stands. */
interface Row {
  readonly of: IConstruct;
  readonly name: string;
  readonly signal: Signal;
}

let patterns: Watchable[] = [];
let rows: Row[] = [];
beforeAll(() => {
  patterns = inFolder(everyPattern);
  rows = patterns.flatMap((of) => Object.entries(of.signals).map(([name, signal]) => ({ of, name, signal })));
});

/** The signals of which something does not hold, and what: an empty list is a whole catalogue. */
const faults = (judge: (row: Row) => readonly (string | undefined)[]) => {
  const found = rows.flatMap((row) =>
    judge(row).flatMap((fault) => (fault === undefined ? [] : [`${row.of.constructor.name}.${row.name}: ${fault}`])),
  );
  return [...new Set(found)];
};

function metricsOf(measure: Signal["measure"]): readonly Metric[] {
  if ("zones" in measure) return Object.values(measure.zones).flatMap(metricsOf);
  if ("metric" in measure) return [measure.metric];
  if ("math" in measure) return Object.values(measure.math.metrics);
  return "ratio" in measure ? [...measure.ratio.bad, ...measure.ratio.total] : [];
}

/** The measure of one metric, also where each zone has one. */
function oneOf(measure: Signal["measure"]): MetricMeasure | undefined {
  const one = "zones" in measure ? Object.values(measure.zones)[0] : measure;
  return one && "metric" in one ? one : undefined;
}

const OWN = /^(SreConstructs|Logs)\//;

const dimensionsOf = ({ dimensions = {} }: Metric) => Object.keys(dimensions).sort().join(", ");

test("every pattern with signals stands in an example", () => {
  const shown = new Set(patterns.map(({ constructor }) => constructor.name));
  expect(WATCHABLE.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

test("each signal says what a breach means, what to do first, and where its numbers are from", () => {
  expect(
    faults(({ signal: { means, firstSteps = [], source = "" } }) => [
      means === "" || means.endsWith(".") ? "means no clause" : undefined,
      firstSteps.length === 0 ? "has no first step" : undefined,
      /^https:\/\/\S+$/.test(source) ? undefined : "has no source",
    ]),
  ).toEqual([]);
});

/** What people paste: a command of AWS, or a query to a database. */
const PASTED = /\baws [a-z0-9-]+ [a-z][a-z0-9-]*|\bSELECT /;

/** The same as faults, of what a page that somebody is told by says. */
const onPages = (judge: (said: FirstAid, named: string) => (string | undefined)[]) =>
  faults(({ of, name, signal: { measure, page, ticket, firstSteps = [], mitigate = [] } }) => {
    const isTold = "event" in measure || (page ?? ticket) !== undefined;
    return isTold ? judge({ firstSteps, mitigate }, `${of.constructor.name}.${name}`) : [];
  });

test("each signal that people are told of asks by a command, and says how the service is relieved", () => {
  const found = onPages(({ firstSteps, mitigate }) => [
    firstSteps.some((step) => PASTED.test(step)) ? undefined : "has no first step to paste",
    mitigate.length > 0 ? undefined : "does not say how the service is relieved",
  ]);
  expect(found).toEqual([]);
});

test("what is pasted holds no placeholder, and stands apart on its page", () => {
  const found = onPages(({ firstSteps, mitigate }) =>
    [...firstSteps, ...mitigate]
      .filter((step) => PASTED.test(step))
      .map((step) => {
        // What sed fills in by itself, nobody has to.
        if (/(?<!s\/)<[a-z][a-z -]*>|undefined/.test(step)) return `leaves something open: ${step}`;
        return instruction({}, step).includes("```") ? undefined : `is not set apart: ${step}`;
      }),
  );
  expect(found).toEqual([]);
});

test("each signal resolves: M of N, period and what silence means", () => {
  const failed = (row: Row) => {
    try {
      resolveSignal(row.of, row.name, row.signal, {});
    } catch (error) {
      return String(error);
    }
    return undefined;
  };
  expect(faults((row) => [failed(row)])).toEqual([]);
});

test("each signal that nobody is told of says why, or it follows from a size that is not there", () => {
  const silent = ({ signal }: Row) =>
    !("event" in signal.measure) && signal.page === undefined && signal.ticket === undefined;
  const judge = (row: Row) => (silent(row) && !row.signal.rationale ? "has no threshold, and no rationale" : undefined);
  expect(faults((row) => [judge(row)])).toEqual([]);
});

test("each metric exists, by the dimensions that it is published with", () => {
  const judge = (metric: Metric) => {
    const { namespace, name } = metric;
    // What a function or a metric filter of ours publishes is no metric of AWS.
    if (OWN.test(namespace)) return undefined;
    const published = PUBLISHED[namespace]?.[name]?.recommended?.map(({ dimensions }) => dimensions) ?? [];
    const documented = (DOCUMENTED[namespace] ?? []).filter(({ metrics }) => metrics.includes(name));
    if (!PUBLISHED[namespace]?.[name] && documented.length === 0) return `${namespace} ${name} does not exist`;
    // What a namespace publishes one metric by, it publishes its others by.
    const siblings = Object.values(PUBLISHED[namespace] ?? {}).flatMap(({ recommended = [] }) =>
      recommended.map(({ dimensions }) => dimensions),
    );
    const known = [
      ...(published.length > 0 ? published : siblings),
      ...documented.flatMap(({ dimensions }) => dimensions),
    ];
    const sets = known.map((set) => [...set].sort().join(", "));
    return sets.includes(dimensionsOf(metric)) ? undefined : `${namespace} ${name} has no ${dimensionsOf(metric)}`;
  };
  expect(faults(({ signal }) => metricsOf(signal.measure).map(judge))).toEqual([]);
});

/** Metrics that are published only where a setting is on. */
const SETTINGS: readonly (readonly [metric: RegExp, setting: RegExp])[] = [
  [/^AWS\/AutoScaling Group/, /group metrics/],
  [/^AWS\/RDS DBLoad/, /Performance Insights/],
  [/^AWS\/S3 (4xxErrors|5xxErrors|AllRequests|FirstByteLatency)$/, /request metrics/],
  [/^AWS\/S3 (ReplicationLatency|OperationsFailedReplication)$/, /replication/],
];

test("a signal on a metric that must be switched on says so: synthesis fails where it is off", () => {
  const judge = ({ signal: { measure, requires = [] } }: Row) =>
    metricsOf(measure).map(({ namespace, name }) => {
      const needed = SETTINGS.find(([metric]) => metric.test(`${namespace} ${name}`))?.[1];
      const isSaid = !needed || requires.some(({ setting }) => needed.test(setting));
      return isSaid ? undefined : `${name} needs ${needed.source}`;
    });
  expect(faults(judge)).toEqual([]);
});

test("each threshold says of what it is so many", () => {
  const judge = ({ signal: { page, ticket, unit } }: Row) =>
    (page ?? ticket) !== undefined && !unit ? "has a threshold without a unit" : undefined;
  expect(faults((row) => [judge(row)])).toEqual([]);
});

/** How the units of CloudWatch read in a threshold. */
const UNITS: readonly (readonly [unit: RegExp, words: RegExp])[] = [
  [/^Percent/, /^per cent/],
  [/^Bytes$/, /^bytes/],
  [/^Seconds$/, /^seconds/],
  [/^Milliseconds$/, /^milliseconds/],
];

test("each threshold is in the unit of its metric", () => {
  const measured = ["per cent", "bytes", "seconds", "milliseconds"];
  const judge = ({ signal: { measure, unit = "" } }: Row): string | undefined => {
    const one = "zones" in measure ? Object.values(measure.zones)[0] : measure;
    if (one && "ratio" in one) return unit.startsWith("per cent") ? undefined : `a share in '${unit}'`;
    const { metric } = oneOf(measure) ?? {};
    const published = metric && PUBLISHED[metric.namespace]?.[metric.name]?.unit;
    if (published === undefined) return undefined;
    const [, words] = UNITS.find(([name]) => name.test(published)) ?? [];
    const fits = words ? words.test(unit) : !measured.some((word) => unit.startsWith(word));
    return fits ? undefined : `'${unit}' for ${published}`;
  };
  expect(faults((row) => [judge(row)])).toEqual([]);
});

/** Of whole numbers, at most 0 is below 1. */
function meant({ operator, threshold = 0 }: Recommended): number {
  if (operator === "LessThanOrEqualToThreshold") return threshold + 1;
  return operator === "GreaterThanOrEqualToThreshold" ? threshold - 1 : threshold;
}

test("where a signal differs from what AWS recommends, it says so and why", () => {
  const judge = ({ of, name, signal }: Row): string | undefined => {
    const { metric } = oneOf(signal.measure) ?? {};
    if (metric === undefined) return undefined;
    const recommended = PUBLISHED[metric.namespace]?.[metric.name]?.recommended ?? [];
    const [same] = recommended.filter(({ dimensions }) => [...dimensions].sort().join(", ") === dimensionsOf(metric));
    if (same === undefined) return undefined;
    const { breaches, missing, periodSeconds } = resolveSignal(of, name, signal, {});
    const thresholds = [signal.ticket, signal.page].filter((threshold) => threshold !== undefined);
    const differs = [
      metric.statistic !== same.statistic && `${metric.statistic}, not ${same.statistic}`,
      `${breaches} of ${periodSeconds}` !== `${same.breaches} of ${same.period}` &&
        `${breaches} × ${periodSeconds}, not ${same.breaches} × ${same.period}`,
      missing !== same.missing && `${missing}, not ${same.missing}`,
      same.threshold !== undefined && !thresholds.includes(meant(same)) && `${thresholds}, not ${same.threshold}`,
    ].filter(Boolean);
    const isSaid = differs.length === 0 || /\bAWS\b/.test(signal.rationale ?? "");
    return isSaid ? undefined : differs.join("; ");
  };
  expect(faults((row) => [judge(row)])).toEqual([]);
});

/** What a page says of each alarm that AWS recommends, by metric and dimensions. */
function told(): Map<string, string> {
  const lines = readFileSync(join(__dirname, "../docs/alarms.md"), "utf8").split("\n");
  const cells = lines.filter((line) => line.startsWith("| `AWS/")).map((line) => line.split(/ *\| */).slice(1, -1));
  return new Map(cells.map(([metric, by, what]) => [`${metric.replaceAll("`", "")} (${by})`, what]));
}

/** Who watches each alarm that AWS recommends: by its metric and its dimensions, alone or in a formula. */
function recommended(): Map<string, string[]> {
  const watchers = (namespace: string, name: string, dimensions: readonly string[]) => {
    const same = (metric: Metric) =>
      metric.namespace === namespace &&
      metric.name === name &&
      dimensionsOf(metric) === [...dimensions].sort().join(", ");
    const found = rows.filter(({ signal }) => metricsOf(signal.measure).some(same));
    return [...new Set(found.map(({ of, name: signal }) => `${of.constructor.name}.${signal}`))].sort();
  };
  const all = Object.entries(PUBLISHED).flatMap(([namespace, metrics]) =>
    Object.entries(metrics).flatMap(([name, { recommended: alarms = [] }]) =>
      alarms.map(({ dimensions }): [string, string[]] => [
        `${namespace} ${name} (${dimensions.length > 0 ? dimensions.join(", ") : "account"})`,
        watchers(namespace, name, dimensions),
      ]),
    ),
  );
  return new Map(all);
}

test("each alarm that AWS recommends for what the library makes is watched, or the page says why not", () => {
  const page = told();
  const faults = [...recommended()].flatMap(([alarm, watchers]) => {
    const what = page.get(alarm) ?? "";
    if (watchers.length > 0) {
      const named = [...what.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name);
      const isTrue = named.length > 0 && named.every((name) => watchers.includes(name));
      return isTrue ? [] : [`${alarm}: '${what}', where ${watchers.join(", ")} watch it`];
    }
    return what.length > 20 && what.endsWith(".") ? [] : [`${alarm}: nobody watches it, and the page does not say why`];
  });
  expect(faults).toEqual([]);
  expect([...page.keys()].filter((alarm) => !recommended().has(alarm))).toEqual([]);
});

test("a signal that the page points to is there", () => {
  const names = new Set(rows.map(({ of, name }) => `${of.constructor.name}.${name}`));
  const pointed = [...told().values()].flatMap((what) =>
    [...what.matchAll(/`([A-Z]\w+\.\w+)`/g)].map(([, name]) => name),
  );
  expect(pointed.filter((name) => !names.has(name))).toEqual([]);
});
