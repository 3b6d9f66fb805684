import { ListedFigure, Manifest } from "./manifest";
import { table } from "./summary";

/** Months after which a source has to be read again. */
export const OLDEST = 18;

/** A figure, how old it is and how often it stands in the manifests. */
export interface AgedFigure extends ListedFigure {
  /** Full months since its source was last read; nothing where it does not age. */
  readonly months?: number;
  readonly places: number;
}

/**
 * The figures that declarations rest on, once each, oldest first; those that follow from settings do not age, and stand
 * last. `on` is a day, YYYY-MM-DD.
 */
export function agedFigures(manifests: readonly Pick<Manifest, "figures">[], on: string): AgedFigure[] {
  const same = new Map<string, ListedFigure[]>();
  for (const figure of manifests.flatMap(({ figures }) => figures)) {
    const key = JSON.stringify([figure.of, figure.value, figure.basis, figure.source, figure.asOf]);
    same.set(key, [...(same.get(key) ?? []), figure]);
  }
  return [...same.values()]
    .map((figures) => {
      const [{ asOf }] = figures;
      return { ...figures[0], places: figures.length, ...(asOf !== undefined && { months: monthsBetween(asOf, on) }) };
    })
    .sort((a, b) => (a.asOf ?? LAST).localeCompare(b.asOf ?? LAST));
}

/** After every day. */
const LAST = "9999";

/** Those whose source nobody has read for too long. */
export function outdated(figures: readonly AgedFigure[]): AgedFigure[] {
  return figures.filter(({ months }) => months !== undefined && months >= OLDEST);
}

/** One row a figure, with its source at the end. */
export function figuresTable(figures: readonly AgedFigure[]): string {
  const rows = figures.map(({ of, value, basis, months, path, places }) => [
    `${of} of ${path}${places > 1 ? ` and ${places - 1} more` : ""}`,
    String(value),
    basis,
    months === undefined ? "-" : `${months} months`,
  ]);
  const sources = ["source", "------", ...figures.map(({ source }) => source)];
  const lines = table([["figure", "value", "basis", "age"], ...rows]).split("\n");
  return lines.map((line, index) => `${line}  ${sources[index]}`).join("\n");
}

/** Full months from one day to another, both YYYY-MM-DD. */
function monthsBetween(from: string, to: string): number {
  const [a, b] = [from, to].map((day) => day.split("-").map(Number));
  return (b[0] - a[0]) * 12 + b[1] - a[1] - (b[2] < a[2] ? 1 : 0);
}
