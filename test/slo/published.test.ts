import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { seconds } from "../../lib/core";
import { prometheusRules } from "../../lib/review/slo/prometheus";
import { Period, Slo } from "../../lib/slo";
import { PERIODS, budgetOf, burnOf, pairsOf } from "../../lib/slo/burn-windows";
import { decimal, numberOf } from "../../lib/slo/fraction";
import { Config, inFolder, synth } from "../synth";
import { service } from "./service";

/**
 * What Sloth writes for 99.9 % over 30 days: its `1 - objective` is 0.0009999999999999432.
 *
 * @see https://github.com/slok/sloth/blob/0e395d81513ff701f5d27b7aa47d794cb764fd5e/examples/_gen/getting-started.yml
 */
const SLOTH = [
  ["page", "1h", 14.4],
  ["page", "5m", 14.4],
  ["page", "6h", 6],
  ["page", "30m", 6],
  ["ticket", "1d", 3],
  ["ticket", "2h", 3],
  ["ticket", "3d", 1],
  ["ticket", "6h", 1],
] as const;

/**
 * The same over 28 days, without the window that fires inside the budget: 0.9333333333333333 over three days.
 *
 * @see https://github.com/slok/sloth/blob/0e395d81513ff701f5d27b7aa47d794cb764fd5e/internal/alert/alert_test.go
 */
const SLOTH_28 = [
  ["page", "1h", 13.44],
  ["page", "5m", 13.44],
  ["page", "6h", 5.6],
  ["page", "30m", 5.6],
  ["ticket", "1d", 2.8],
  ["ticket", "2h", 2.8],
] as const;

/** The rules of a Prometheus for an objective. */
function rulesFor(objective: number, period: Period): string {
  const { manifest } = synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    new Slo(stack, "counted", { objective, of: orders, indicator: gate.indicators.counted, alarms, period });
  });
  return prometheusRules(manifest)!;
}

/** Every comparison of a window with a threshold in the rules that alert. */
function compared(objective: number, period: Period): unknown[] {
  const { groups } = load(rulesFor(objective, period)) as Config;
  const rules = groups.flatMap((group: Config) => group.rules) as Config[];
  return rules
    .filter(({ alert }) => alert === "ErrorBudgetBurns")
    .flatMap(({ expr, labels }) =>
      [...expr.matchAll(/ratio_rate(\w+)\{[^}]*\} > ([\d.]+)/g)].map(([, window, above]) => [
        labels.severity,
        window,
        Number(above),
      ]),
    );
}

const OBJECTIVES = [99, 99.5, 99.9, 99.95, 99.99];

test.each(
  OBJECTIVES.flatMap((objective): [number, Period, typeof SLOTH | typeof SLOTH_28][] => [
    [objective, "30 days", SLOTH],
    [objective, "28 days", SLOTH_28],
  ]),
)("at %d %% over %s a Prometheus gets the windows and factors that Sloth writes", (objective, period, sloth) => {
  const budget = numberOf(budgetOf(objective));
  const expected = sloth.map(([urgency, window, factor]) => [urgency, window, expect.closeTo(factor * budget, 12)]);
  expect(compared(objective, period)).toEqual(expected);
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool) console.warn("promtool is not installed (Debian: prometheus): the rules are not checked by it");

(hasPromtool ? test : test.skip)("promtool takes the rules of each of these objectives", () => {
  inFolder((folder) => {
    for (const objective of OBJECTIVES) {
      for (const period of PERIODS) {
        writeFileSync(join(folder, `${objective}-${period}.yaml`), rulesFor(objective, period));
      }
    }
    const { stdout, stderr } = spawnSync("promtool", ["check", "rules", ...readdirSync(folder)], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(stderr).toBe("");
    expect(stdout.match(/SUCCESS/g)).toHaveLength(OBJECTIVES.length * PERIODS.length);
  });
});

/** The rows of a table of the page on objectives, each cell without its marks. */
function rowsUnder(heading: string): string[][] {
  const page = readFileSync(join(__dirname, "../../docs/objectives.md"), "utf8");
  const [, section = ""] = page.split(`\n## ${heading}\n`);
  const lines = section.split("\n## ")[0].split("\n");
  return lines
    .filter((line) => /^\| /.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test.each<[Period]>([["7 days"], ["28 days"], ["30 days"], ["90 days"]])(
  "the page tells the windows of %s as they are",
  (period) => {
    const told = rowsUnder("Windows").find(([first]) => first === period);
    const factors = pairsOf(period, "3 days").map(({ urgency, long, short, spends }) => {
      const burn = burnOf({ urgency, long: seconds(long), short: seconds(short!), spends }, 99.9, seconds(period));
      const factor = decimal(burn.factor);
      return numberOf(burn.factor) < 1 ? "–" : `${factor} (${spends} %)`;
    });
    expect(told).toEqual([period, ...factors]);
  },
);

/**
 * Pyrra takes factors of its own and stretches the windows of 28 days to the period, in whole minutes.
 *
 * @see https://github.com/pyrra-dev/pyrra/blob/1ba95afbf90b2311cb9332b1633cf09218b7de9f/slo/rules.go (Windows)
 */
const PYRRA = [
  { factor: 14, long: 1 / 672, short: 1 / 8064, wait: 1 / 20_160 },
  { factor: 7, long: 1 / 112, short: 1 / 1344, wait: 1 / 2688 },
  { factor: 2, long: 1 / 28, short: 1 / 336, wait: 1 / 672 },
  { factor: 1, long: 1 / 7, short: 1 / 112, wait: 1 / 224 },
];

test("the page tells what Pyrra does over 30 days as Pyrra has it", () => {
  const minutes = (share: number) => Math.round(share * 30 * 1440);
  const expected = PYRRA.map(({ factor, long, short, wait }) => {
    const spent = (100 * factor * minutes(long)) / (30 * 1440);
    return [String(factor), ...[long, short, wait].map((each) => `${minutes(each)} minutes`), `${spent.toFixed(1)} %`];
  });
  const told = rowsUnder("Pyrra").filter(([, , third]) => third !== undefined && /minutes$/.test(third));
  expect(told.map((cells) => cells.slice(0, 5))).toEqual(expected);
});

test("the page tells the names of what a Prometheus records and alerts on, and their labels", () => {
  const { groups } = load(rulesFor(99.9, "30 days")) as Config;
  const rules = groups.flatMap((group: Config) => group.rules) as Config[];
  const own = rowsUnder("Names").map(([, here]) => [...here.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const [, , hour, period, objective, budget, events, burns, blind, labels, severities] = own;
  const records = rules.flatMap(({ record }) => record ?? []);
  for (const [name] of [hour, period, objective, budget, events]) expect(records).toContain(name);
  const alerts = rules.filter(({ alert }) => alert);
  expect(new Set(alerts.map(({ alert }) => alert))).toEqual(new Set([...burns, ...blind]));
  for (const each of alerts) expect(Object.keys(each.labels)).toEqual(labels);
  expect(new Set(alerts.map((each) => each.labels.severity))).toEqual(new Set(severities));
});
