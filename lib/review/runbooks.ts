import { DeclaredAlarm, DeclaredConstruct, Manifest } from "./manifest";
import { procedurePage, proceduresOf } from "./procedures";
import { pageOf } from "./runbook-page";
import { folderOf, runbookPath } from "./runbook/path";
import { queriesPage } from "./runbook/queries";
import { promised } from "./slo/words";

export { runbookPath };

/** A signal as the manifest has it. */
export interface DeclaredSignal {
  readonly kind: string;
  readonly means: string;
  readonly measure: Readonly<Record<string, unknown>>;
  readonly bad: "above" | "below";
  readonly unit?: string;
  readonly urgency?: "page" | "ticket";
  readonly period?: string;
  readonly firstSteps?: readonly string[];
  readonly rationale?: string;
  readonly source?: string;
}

/** One alarmed signal of one construct. */
export interface RunbookEntry {
  readonly stack: string;
  readonly construct: DeclaredConstruct;
  readonly name: string;
  readonly signal: DeclaredSignal;
  readonly alarms: readonly DeclaredAlarm[];
}

/**
 * A page for each signal that somebody is told of and for each procedure, the questions to the logs, and an index of all,
 * also of the pages of objectives: file names below `runbooks` and their Markdown.
 */
export function runbooks(manifest: Manifest): Record<string, string> {
  const { stack } = manifest;
  const entries = entriesOf(manifest);
  const pages = Object.fromEntries([
    ...entries.map((entry) => [pathOf(entry), pageOf(manifest, entry)]),
    ...proceduresOf(manifest).map((entry) => [pathOf({ stack, ...entry }), procedurePage(manifest, entry)]),
  ]) as Record<string, string>;
  const queries = queriesPage(manifest);
  const rows = [...rowsOfSignals(entries), ...rowsOfProcedures(manifest), ...rowsOfObjectives(manifest)];
  if (rows.length + Object.keys(queries).length === 0) return {};
  return { "README.md": index(manifest, rows, Object.keys(queries)), ...pages, ...queries };
}

/** The signals of a stack that somebody is told of. */
function entriesOf({ stack, constructs, alarms }: Manifest): RunbookEntry[] {
  return constructs.flatMap((construct) =>
    Object.entries((construct.signals ?? {}) as Record<string, DeclaredSignal>).flatMap(([name, signal]) => {
      const own = alarms.filter((alarm) => alarm.path === construct.path && alarm.signal === name);
      const told = own.length > 0 || ("event" in signal.measure && construct.kept.watched !== undefined);
      return told ? [{ stack, construct, name, signal, alarms: own }] : [];
    }),
  );
}

function pathOf({ stack, construct, name }: Pick<RunbookEntry, "stack" | "construct" | "name">): string {
  return runbookPath(stack, construct.path, name);
}

/** A line of the index, under the construct that it is of. */
interface Row {
  readonly path: string;
  readonly line: string;
}

function rowsOfSignals(entries: readonly RunbookEntry[]): Row[] {
  return entries.map((entry) => ({
    path: entry.construct.path,
    line: `- [${entry.name}](${pathOf(entry)}): ${entry.signal.means} (${urgencies(entry)})`,
  }));
}

function rowsOfProcedures(manifest: Manifest): Row[] {
  return proceduresOf(manifest).map((entry) => ({
    path: entry.construct.path,
    line: `- [${entry.name}](${pathOf({ stack: manifest.stack, ...entry })}): ${entry.procedure.title} (procedure)`,
  }));
}

function rowsOfObjectives({ stack, objectives, budgets }: Manifest): Row[] {
  return [
    ...objectives.map((objective) => {
      const told = Object.keys(objective.alarms).join(", ") || "told by a Prometheus";
      const line = `- [burn](${runbookPath(stack, objective.path, "burn")}): ${promised(objective)} (${told})`;
      return { path: objective.path, line };
    }),
    ...budgets.map(({ path }) => ({
      path,
      line: `- [spent](${runbookPath(stack, path, "spent")}): an error budget is spent (budget)`,
    })),
  ];
}

function index({ stack, alarms, objectives }: Manifest, rows: readonly Row[], others: readonly string[]): string {
  const folders = [...new Set(rows.map(({ path }) => folderOf(stack, path)))];
  const sections = folders.map((folder) => {
    const own = rows.filter(({ path }) => folderOf(stack, path) === folder).map(({ line }) => line);
    return [`## ${folder}`, "", ...own].join("\n");
  });
  const isLed = alarms.length + objectives.length > 0;
  const more = [
    ...(isLed ? ["How an incident is led: [incident response](../incident-response.md)."] : []),
    ...others.map((path) => `What can be asked of the logs: [saved queries](${path}).`),
  ];
  return [`# Runbooks of ${stack}`, ...more, ...sections].join("\n\n") + "\n";
}

function urgencies({ alarms }: RunbookEntry): string {
  return [...new Set(alarms.map(({ urgency }) => urgency))].join(", ") || "event";
}
