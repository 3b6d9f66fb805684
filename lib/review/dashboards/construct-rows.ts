import { Duration, seconds } from "../duration";
import { numbered, sumOf } from "../expressions";
import { DeclaredAlarm, DeclaredConstruct } from "../manifest";
import { runbookPath } from "../runbooks";
import { capital } from "../words";
import { Cell, DrawnMetric, Row, Threshold, Widget, inRows, text } from "./board";
import { computed, linesOf } from "./lines";
import { linked } from "./links";
import { Shown, Sited } from "./slices";

/** The golden signals in the order in which a person reads them: what users feel first. */
const KINDS = ["latency", "traffic", "errors", "saturation"] as const;

type Kind = (typeof KINDS)[number];

const WIDTH = 6;
const HEIGHT = 6;
const MINUTE = 60;

interface DrawnSignal {
  readonly kind: Kind;
  readonly means: string;
  readonly measure: Readonly<Record<string, unknown>>;
  readonly bad: "above" | "below";
  readonly unit?: string;
  readonly page?: number;
  readonly ticket?: number;
  readonly period?: Duration;
  readonly region?: string;
}

/** The rows of one part of a service: what it is, then the four golden signals, each in rows of its own. */
export function constructRows(found: Shown, path: string, role: string): Row[] {
  const sited = found.construct(path);
  const why = found.whyNot(path);
  if (!sited || why)
    return [[text(`## ${below(path)}`, `${role}. ${why ?? "It declares nothing that could be drawn."}`)]];
  const cells = [...indicatorCells(found, sited), ...signalCells(found, sited)];
  return [
    [text(`## ${below(path)}`, `${sited.declared.is}, ${role}.`)],
    ...KINDS.flatMap((kind) => inRows(cells.filter((cell) => cell.kind === kind))),
  ];
}

/** A path without its stack. */
export function below(path: string): string {
  return path.split("/").slice(1).join("/") || path;
}

interface KindCell extends Cell {
  readonly kind: Kind;
}

/** Indicators say how many events there are and how long they take, whether or not a signal is made of them. */
export function indicatorCells(found: Shown, { declared, site: { region } }: Sited<DeclaredConstruct>): KindCell[] {
  return Object.entries((declared.indicators ?? {}) as Record<string, Readonly<Record<string, unknown>>>).flatMap(
    ([name, indicator]) => {
      if (found.whyNot(declared.path, name)) return [];
      const { counts } = indicator as { counts: string };
      const chart = { kind: "chart", region, period: MINUTE, thresholds: [] } as const;
      if ("total" in indicator) {
        const total = indicator.total as readonly DrawnMetric[];
        const metrics = numbered("total", total);
        const expression = sumOf("total", total.length);
        const lines = computed({ expression, metrics, id: "value", tail: "", label: counts });
        return [cell("traffic", { ...chart, title: capital(`${counts} (${name})`), lines, unit: "a minute" })];
      }
      if (!("distribution" in indicator)) return [];
      const distribution = indicator.distribution as Omit<DrawnMetric, "statistic">;
      const lines = ["p50", "p90", "p99"].map((statistic) => {
        return { id: statistic, label: statistic, metric: { ...distribution, statistic }, shown: true };
      });
      const title = capital(`how long ${counts} take (${name})`);
      return [cell("latency", { ...chart, title, lines, unit: indicator.unit as string })];
    },
  );
}

function signalCells(found: Shown, { declared, site: { region } }: Sited<DeclaredConstruct>): KindCell[] {
  const alarms = found.alarmsOf([declared.path]).map((alarm) => alarm.declared);
  return Object.entries((declared.signals ?? {}) as Record<string, DrawnSignal>).flatMap(([name, signal]) => {
    const lines = linesOf(signal.measure);
    if (lines.length === 0 || found.whyNot(declared.path, name)) return [];
    const chart: Widget = {
      kind: "chart",
      title: capital(signal.means),
      region: signal.region ?? region,
      // A widget knows whole minutes only.
      period: Math.ceil(seconds(signal.period ?? "1 minute") / MINUTE) * MINUTE,
      lines,
      thresholds: thresholdsOf(name, signal, declared, alarms),
      ...(signal.unit !== undefined && { unit: signal.unit }),
    };
    return [cell(signal.kind, chart)];
  });
}

/** What rings: the thresholds of the alarms, or what the pattern asks for while nobody watches it. */
function thresholdsOf(
  name: string,
  signal: DrawnSignal,
  { kept }: DeclaredConstruct,
  alarms: readonly DeclaredAlarm[],
): Threshold[] {
  return (["page", "ticket"] as const).flatMap((rings) => {
    const set = alarms.filter(({ signal: of, urgency }) => of === name && urgency === rings);
    const values = kept.watched ? set.map(({ threshold }) => threshold) : [signal[rings]];
    const label = `${rings} ${signal.bad}`;
    return [...new Set(values)].flatMap((value) => (value === undefined ? [] : [{ label, value, rings }]));
  });
}

/** A link to the page of each signal that somebody is told of. */
export function runbookLinks(found: Shown, path: string): string[] {
  const sited = found.construct(path);
  const { runbooks } = found.dashboard;
  if (!sited?.declared.signals || found.whyNot(path)) return [];
  const told = new Set(found.alarmsOf([path]).flatMap(({ declared: { signal } }) => signal ?? []));
  const links = Object.keys(sited.declared.signals)
    .filter((name) => told.has(name))
    .map((name) => {
      const page = runbookPath(sited.stack, path, name);
      return linked(name, runbooks === undefined ? page : `${runbooks}/${page}`);
    });
  return links.length === 0 ? [] : [`- **${below(path)}**: ${links.join(", ")}`];
}

function cell(kind: Kind, widget: Widget): KindCell {
  return { kind, widget, width: WIDTH, height: HEIGHT };
}
