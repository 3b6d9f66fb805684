import { numbered, shareOf } from "../expressions";
import { DrawnMetric, Line } from "./board";

/** What a signal measures, as the manifest has it. */
export type DrawnMeasure =
  | { readonly metric: DrawnMetric }
  | {
      readonly ratio: {
        readonly bad: readonly DrawnMetric[];
        readonly total: readonly DrawnMetric[];
        readonly minimum: number;
      };
    }
  | { readonly math: { readonly expression: string; readonly metrics: Readonly<Record<string, DrawnMetric>> } };

/** The lines of a measurement; one for each zone, named after it, where it is taken in each. */
export function linesOf(measure: Readonly<Record<string, unknown>>): Line[] {
  if (!("zones" in measure)) return lineOf(measure as DrawnMeasure);
  const zones = measure.zones as Readonly<Record<string, DrawnMeasure>>;
  return Object.entries(zones).flatMap(([zone, each]) => lineOf(each, zone));
}

function lineOf(measure: DrawnMeasure, zone?: string): Line[] {
  const tail = zone === undefined ? "" : `_${zone.replace(/[^A-Za-z0-9]/g, "_")}`;
  const label = zone === undefined ? {} : { label: zone };
  if ("metric" in measure) return [{ id: `value${tail}`, metric: measure.metric, shown: true, ...label }];
  if ("math" in measure) return computed({ ...measure.math, id: "value", tail, label: zone ?? "value" });
  if (!("ratio" in measure)) return [];
  const { bad, total, minimum } = measure.ratio;
  const expression = shareOf(bad.length, total.length, minimum);
  const metrics = { ...numbered("bad", bad), ...numbered("total", total) };
  return computed({ expression, metrics, id: "value", tail, label: zone ?? "per cent" });
}

/** An expression and its metrics. */
export interface Computed {
  readonly expression: string;
  readonly metrics: Readonly<Record<string, DrawnMetric>>;
  readonly id: string;
  /** What sets the ids apart from those of the same expression elsewhere in the chart. */
  readonly tail: string;
  readonly label: string;
  /** Seconds. @default - those of the chart */
  readonly period?: number;
}

/** The line of an expression, and those it is reckoned from. */
export function computed({ expression, metrics, id, tail, label, period }: Computed): Line[] {
  const ids = Object.keys(metrics);
  const own =
    ids.length === 0 ? expression : expression.replace(new RegExp(`\\b(${ids.join("|")})\\b`, "g"), `$1${tail}`);
  const length = period === undefined ? {} : { period };
  return [
    { id: `${id}${tail}`, expression: own, label, shown: true, ...length },
    ...ids.map((each) => ({ id: `${each}${tail}`, metric: metrics[each], shown: false, ...length })),
  ];
}
