import { Duration, seconds } from "../duration";
import { numbered, sumOf } from "../expressions";
import { DeclaredObjective } from "../slo/declared";
import { Cell, DrawnMetric, Threshold, Widget } from "./board";
import { computed } from "./lines";
import { linked } from "./links";
import { Shown, Sited } from "./slices";

type Chart = Extract<Widget, { kind: "chart" }>;
type Budget = NonNullable<ReturnType<Shown["budgetOf"]>>;

const HEIGHT = 6;

/** How often budgets are reckoned. */
const HOUR = 3600;

/** What was promised, how much of the budget is left, how it went, and how fast it burns. */
export function objectiveCells(found: Shown, { declared, site: { region } }: Sited<DeclaredObjective>): Cell[] {
  const cell = (width: number, widget: Widget): Cell => ({ widget, width, height: HEIGHT });
  const budget = found.budgetOf(declared.path);
  const left = budget ? remaining(declared, budget) : [];
  const course = found.whyNot(declared.path) ? undefined : (burning(declared, region) ?? freshness(declared, region));
  return [
    cell(6, { kind: "text", markdown: promise(found, declared) }),
    ...left.map((widget) => cell(widget.last ? 4 : 6, widget)),
    ...(course ? [cell(left.length > 0 ? 8 : 18, course)] : []),
  ];
}

function promise(found: Shown, objective: DeclaredObjective): string {
  const { path, objective: percent, indicator, period, within, runbook } = objective;
  const good = within === undefined ? "are good" : `take at most ${within}`;
  const steps = (found.budgetOf(path)?.policy ?? []).map(
    ({ spent, who, releases }) => `- at ${spent} % spent: ${who}; releases are ${releases}`,
  );
  const elsewhere = "prometheus" in indicator ? ["", "Counted by Prometheus: its rules stand in `slo/`."] : [];
  return [
    `### ${nameOf(objective)}`,
    `**${percent} %** of ${indicator.counts} over ${period} ${good}.`,
    ...elsewhere,
    ...(steps.length > 0 ? ["", ...steps] : []),
    "",
    linked("Runbook", runbook),
  ].join("\n");
}

/** The number, and its course against the steps of the policy. */
function remaining(objective: DeclaredObjective, { metric, policy, site: { region } }: Budget): Chart[] {
  const drawn = { statistic: "Minimum", ...metric } as unknown as DrawnMetric;
  const lines = [{ id: "left", metric: drawn, label: "left", shown: true }];
  const chart = { kind: "chart", region, period: HOUR, lines, unit: "per cent" } as const;
  const thresholds = policy.map(({ spent, urgency }): Threshold => {
    return { label: `${urgency}, ${spent} % spent`, value: 100 - spent, rings: urgency };
  });
  return [
    { ...chart, title: `Budget left: ${nameOf(objective)}`, thresholds: [], last: true },
    { ...chart, title: `Budget over time: ${nameOf(objective)}`, thresholds },
  ];
}

/**
 * How many times faster than allowed the budget burns, in each window: 1 spends just the budget, and what pages is
 * a line of the same scale.
 */
function burning(objective: DeclaredObjective, region: string): Widget | undefined {
  const burn = burnOf(objective);
  if (!burn) return undefined;
  // The shortest moves first; the long ones are what alarms look at.
  const windows = new Set([
    ...objective.windows.slice(0, 1).map(({ short }) => short),
    ...objective.windows.map(({ long }) => long),
  ]);
  const lines = [...windows].flatMap((long, index) => {
    const period = seconds(long as Duration);
    return computed({ ...burn, id: "burn", tail: `_${index + 1}`, label: long, period });
  });
  const thresholds = objective.windows.map(({ urgency, factor, long }): Threshold => {
    return { label: `${urgency}, ${long}`, value: Number(factor), rings: urgency };
  });
  const title = `Burn rate: ${nameOf(objective)} (1 spends just the budget)`;
  return { kind: "chart", title, region, period: 300, lines, thresholds };
}

/** The share of bad events over the share that may be bad. */
function burnOf({ indicator, budget, within }: DeclaredObjective) {
  const { bad, total } = indicator as Partial<Record<"bad" | "total", readonly DrawnMetric[]>>;
  if (Array.isArray(bad) && total) {
    const all = sumOf("total", total.length);
    return {
      expression: `IF(${all} > 0, (${sumOf("bad", bad.length)}) / (${all}) / ${budget}, 0)`,
      metrics: { ...numbered("bad", bad as readonly DrawnMetric[]), ...numbered("total", total) },
    };
  }
  if ("percent" in indicator) return lost(budget, { ...(indicator.percent as Unread), statistic: "Average" });
  if (!("distribution" in indicator) || within === undefined) return undefined;
  const bound = seconds(within as Duration) * (indicator.unit === "milliseconds" ? 1000 : 1);
  const statistic = `PR(:${Number(bound.toFixed(6))})`;
  return lost(budget, { ...(indicator.distribution as Unread), statistic });
}

type Unread = Omit<DrawnMetric, "statistic">;

/** The same, where a statistic is the per cent of good events. */
function lost(budget: string, good: DrawnMetric) {
  return { expression: `(100 - good) / 100 / ${budget}`, metrics: { good } };
}

/** Of minutes there is no share that an expression could reckon: what is measured, and where it gets bad. */
function freshness(objective: DeclaredObjective, region: string): Widget | undefined {
  if (objective.indicator.kind !== "freshness" || !("metric" in objective.indicator)) return undefined;
  const { metric, bad, threshold, unit } = objective.indicator as unknown as Freshness;
  return {
    kind: "chart",
    title: `Freshness: ${nameOf(objective)}`,
    region,
    period: 60,
    lines: [{ id: "value", metric, shown: true }],
    thresholds: [{ label: `a bad minute ${bad}`, value: threshold, rings: "nobody" }],
    unit,
  };
}

interface Freshness {
  readonly metric: DrawnMetric;
  readonly bad: "above" | "below";
  readonly threshold: number;
  readonly unit: string;
}

function nameOf({ path }: DeclaredObjective): string {
  return path.split("/").pop() ?? path;
}
