import { Written } from "../manifest";

/** Columns of a dashboard, in CloudWatch and in Grafana. */
export const COLUMNS = 24;

/** A metric as it is drawn. */
export interface DrawnMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions?: Readonly<Record<string, Written>>;
}

/** One entry of a chart: a metric, or an expression over others by their ids. */
export interface Line {
  readonly id: string;
  readonly label?: string;
  readonly metric?: DrawnMetric;
  readonly expression?: string;
  /** Whether it is drawn, or only reckoned with. */
  readonly shown: boolean;
  /** Seconds. @default - those of the chart */
  readonly period?: number;
}

/** A value that means something: what an alarm rings at, or the bound of what is good. */
export interface Threshold {
  readonly label: string;
  readonly value: number;
  readonly rings: "page" | "ticket" | "nobody";
}

/** What a widget shows, for any renderer. */
export type Widget =
  | { readonly kind: "text"; readonly markdown: string }
  | {
      readonly kind: "chart";
      readonly title: string;
      readonly region: string;
      /** Seconds. */
      readonly period: number;
      readonly lines: readonly Line[];
      readonly thresholds: readonly Threshold[];
      readonly unit?: string;
      /** Only the last value. @default - its course over time */
      readonly last?: true;
    }
  | { readonly kind: "alarms"; readonly title: string; readonly arns: readonly string[] }
  | {
      readonly kind: "query";
      readonly title: string;
      readonly region: string;
      readonly query: string;
      readonly logGroups: readonly Written[];
    };

/** A widget and the space it takes. */
export interface Cell {
  readonly widget: Widget;
  readonly width: number;
  readonly height: number;
}

/** Cells from left to right; the next row begins below the highest. */
export type Row = readonly Cell[];

/** A dashboard before anything renders it. */
export interface Board {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A cell and its upper left corner. */
export interface Placed extends Cell {
  readonly x: number;
  readonly y: number;
}

/** Every cell of a board with its place. */
export function placed({ rows }: Board): Placed[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const cells = row.map((cell) => {
      const at = { ...cell, x, y };
      x += cell.width;
      return at;
    });
    y += Math.max(0, ...row.map(({ height }) => height));
    return cells;
  });
}

/** Cells in as many rows as they need. */
export function inRows(cells: readonly Cell[]): Row[] {
  const rows: Cell[][] = [];
  let left = 0;
  for (const cell of cells) {
    if (cell.width > left) {
      rows.push([]);
      left = COLUMNS;
    }
    rows[rows.length - 1].push(cell);
    left -= cell.width;
  }
  return rows;
}

/** A text over the whole width, as high as its lines. */
export function text(...lines: readonly string[]): Cell {
  const markdown = lines.join("\n");
  return {
    widget: { kind: "text", markdown },
    width: COLUMNS,
    height: Math.ceil(1 + markdown.split("\n").length / 1.5),
  };
}
