import { alarmBills, alarmsByService, incidents } from "./alarm-overview";
import { Manifest, Verdict } from "./manifest";
import { told } from "./recovery/reckon";
import { weakestOf } from "./recovery/report";
import { outcomesOf } from "./recovery/rule";

/** One row a stack: what was made, who is told of what, what was promised and what was given up. */
export function summary(manifests: readonly Manifest[]): string {
  const rows = manifests.map((manifest) => [
    manifest.stack,
    count(Object.values(manifest.resources)),
    String(manifest.alarms.filter(({ urgency, signal }) => urgency === "page" && signal).length),
    String(manifest.alarms.filter(({ urgency, signal }) => urgency === "ticket" && signal).length),
    String(manifest.waivers.length),
    ...(["kept", "warned", "waived"] as const).map((outcome) => String(outcomes(manifest, outcome).length)),
  ]);
  const header = ["stack", "resources", "pages", "tickets", "waivers", "kept", "warned", "waived"];
  const overviews = [alarmsByService, alarmBills, incidents].map((overview) => overview(manifests));
  const more = overviews.filter((each) => each.length > 0).flatMap((each) => ["", table(each)]);
  return [table([header, ...rows]), ...more, ...recoveries(manifests), ...notes(manifests)].join("\n");
}

/** One row an objective of recovery: what was asked, what was reckoned, and the weakest number it rests on. */
function recoveries(manifests: readonly Manifest[]): string[] {
  const rows = manifests.flatMap(({ recoveries, alarms }) =>
    recoveries.flatMap((declared) =>
      outcomesOf(declared, alarms).map((outcome) => {
        const { scenario, goal, lost, rto, rpo, meetsRto, meetsRpo } = outcome;
        const gives = lost.length > 0 ? ["never", "all"] : [told(rto), told(rpo)];
        const verdict = meetsRto && meetsRpo ? "met" : "not met";
        return [`${declared.of} ${scenario}`, goal.rto, gives[0], goal.rpo, gives[1], weakestOf(outcome), verdict];
      }),
    ),
  );
  if (rows.length === 0) return [];
  return ["", table([["recovery", "RTO", "reckoned", "RPO", "reckoned", "rests on", "verdict"], ...rows])];
}

/** Rows as columns of equal width, the first to the left, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  return [line(rows[0]), widths.map((width) => "-".repeat(width)).join("  "), ...rows.slice(1).map(line)].join("\n");
}

function notes(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((manifest) => [
    ...outcomes(manifest, "warned").map(({ message }) => `warning  ${message}`),
    ...manifest.waivers.map(
      ({ path, safeguard, waived, until }) =>
        `waived   ${path}: ${safeguard}${until ? ` until ${until}` : ""}, because ${waived}`,
    ),
  ]);
}

function outcomes({ verdicts }: Manifest, outcome: Verdict["outcome"]): Verdict[] {
  return verdicts.filter((verdict) => verdict.outcome === outcome);
}

function count(numbers: readonly number[]): string {
  return String(numbers.reduce((sum, number) => sum + number, 0));
}
