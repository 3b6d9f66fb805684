import { ListedFigure } from "../../lib/review/manifest";
import { agedFigures, figuresTable, outdated } from "../../lib/review/figures";

const figure = (path: string, props: Partial<ListedFigure> = {}): ListedFigure => ({
  path,
  of: "sla",
  value: 99.95,
  basis: "sla",
  source: "https://aws.amazon.com/rds/sla/",
  asOf: "2026-01-15",
  ...props,
});
const aged = (on: string, ...figures: ListedFigure[]) => agedFigures([{ figures }], on);

test.each([
  ["2026-01-15", 0],
  ["2026-02-14", 0],
  ["2026-02-15", 1],
  ["2027-07-14", 17],
  ["2027-07-15", 18],
])("on %s a figure of 15 January 2026 is %d months old", (on, months) => {
  expect(aged(on, figure("a"))[0].months).toBe(months);
});

test("a source that nobody has read for 18 months is outdated, from that day on", () => {
  expect(outdated(aged("2027-07-14", figure("a")))).toEqual([]);
  expect(outdated(aged("2027-07-15", figure("a"))).map(({ path }) => path)).toEqual(["a"]);
});

test("the oldest stands first, and what follows from settings last: it does not age", () => {
  const configured = figure("c", { of: "recovers.zone", basis: "configured", asOf: undefined });
  const found = aged("2030-01-01", configured, figure("a", { value: 1 }), figure("b", { asOf: "2025-12-31" }));
  expect(found.map(({ path }) => path)).toEqual(["b", "a", "c"]);
  expect(outdated(found).map(({ path }) => path)).toEqual(["b", "a"]);
});

test("a figure that stands in every stack is one row", () => {
  const found = agedFigures(
    [{ figures: [figure("dev/database")] }, { figures: [figure("prod/database")] }],
    "2026-12-01",
  );
  expect(figuresTable(found).split("\n").slice(2)).toEqual([
    "sla of dev/database and 1 more  99.95    sla  10 months  https://aws.amazon.com/rds/sla/",
  ]);
});
