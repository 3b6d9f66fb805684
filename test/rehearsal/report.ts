import { Newer } from "./newer";
import { Gap } from "./gaps";

/** One thing that was asked, and what is wrong with the answer. */
export interface Check {
  readonly what: string;
  readonly fault?: string;
}

/** What the rehearsal of one stack found. */
export class StackReport {
  resources = 0;
  applied = 0;
  seconds = 0;
  leftOut: readonly string[] = [];
  readonly gaps = new Set<Gap>();
  readonly takenOff = new Set<Newer>();
  readonly checks: Check[] = [];

  constructor(
    readonly stack: string,
    private readonly begun: number,
  ) {}

  say(what: string): void {
    const second = Math.round((Date.now() - this.begun) / 1000);
    console.log(`${String(second).padStart(4)} s  ${this.stack}: ${what}`);
  }

  /** Does a step and keeps what became of it: a text that it gives or throws is its fault. Says whether it went well. */
  async step(what: string, run: () => Promise<unknown>): Promise<boolean> {
    const begun = Date.now();
    const fault = await Promise.resolve()
      .then(run)
      .then(
        (answer) => (typeof answer === "string" ? answer : undefined),
        (error: Error) => error.message,
      );
    this.seconds += (Date.now() - begun) / 1000;
    this.checks.push({ what, fault });
    this.say(fault === undefined ? what : `FAILED: ${what}: ${fault.split("\n").slice(0, 5).join("\n")}`);
    return fault === undefined;
  }
}

/** What is told at the end. */
export function summary(reports: readonly StackReport[], others: readonly Check[]): string {
  const head = ["stack", "resources", "applied", "left out", "gaps used", "seconds"];
  const rows = reports.map(({ stack, resources, applied, leftOut, gaps, seconds }) =>
    [stack, resources, applied, leftOut.length, gaps.size, Math.round(seconds)].map(String),
  );
  const leftOut = reports.flatMap(({ stack, leftOut: addresses }) =>
    addresses.map((address) => `  ${stack}: ${address}`),
  );
  const checks = [
    ...reports.flatMap(({ stack, checks: each }) => each.map((check) => ({ ...check, of: stack }))),
    ...others.map((check) => ({ ...check, of: "rehearsal" })),
  ];
  const failed = checks.filter(({ fault }) => fault !== undefined);
  return [
    ...table([head, ...rows]),
    ...(leftOut.length > 0 ? ["", "left out of the apply, validated and planned only:", ...leftOut] : []),
    ...(failed.length > 0 ? ["", ...failed.map(({ of, what, fault }) => `FAILED ${of}: ${what}\n${fault}`)] : []),
    "",
    `${checks.length - failed.length} passed, ${failed.length} failed`,
  ].join("\n");
}

function table(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd(),
  );
}
