import { Manifest, Verdict } from "./manifest";

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
  return [table([header, ...rows]), ...notes(manifests)].join("\n");
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
