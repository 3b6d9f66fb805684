import { DeclaredAlarm, DeclaredConstruct, Manifest } from "./manifest";
import { ProcedureEntry, procedurePage, proceduresOf } from "./procedures";
import { pageOf } from "./runbook-page";

/** A signal as the manifest has it. */
export interface DeclaredSignal {
  readonly kind: string;
  readonly means: string;
  readonly measure: Readonly<Record<string, unknown>>;
  readonly bad: "above" | "below";
  readonly unit?: string;
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

/** Where the runbook of a signal stands below the folder of runbooks: `database/freeStorage.md`. */
export function runbookPath(stack: string, path: string, signal?: string): string {
  const construct =
    path === stack ? stack : path.slice(path.indexOf(`${stack}/`) + stack.length + 1).replaceAll("/", "-");
  return signal === undefined ? `README.md#${construct.toLowerCase()}` : `${construct}/${signal}.md`;
}

/**
 * A page for each signal that somebody is told of and for each procedure, and an index: file names below `runbooks` and
 * their Markdown.
 */
export function runbooks(manifest: Manifest): Record<string, string> {
  const { stack } = manifest;
  const [entries, procedures] = [entriesOf(manifest), proceduresOf(manifest)];
  if (entries.length + procedures.length === 0) return {};
  const pages = [
    ...entries.map((entry) => [pathOf(entry), pageOf(entry)]),
    ...procedures.map((entry) => [pathOf({ stack, ...entry }), procedurePage(entry)]),
  ];
  return { "README.md": index(stack, entries, procedures), ...Object.fromEntries(pages) };
}

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

function index(stack: string, entries: readonly RunbookEntry[], procedures: readonly ProcedureEntry[]): string {
  const constructs = [...new Set([...entries, ...procedures].map(({ construct }) => construct))];
  const sections = constructs.map((construct) => {
    const rows = entries
      .filter((entry) => entry.construct === construct)
      .map((entry) => `- [${entry.name}](${pathOf(entry)}): ${entry.signal.means} (${urgencies(entry)})`);
    const done = procedures
      .filter((entry) => entry.construct === construct)
      .map((entry) => `- [${entry.name}](${pathOf({ stack, ...entry })}): ${entry.procedure.title} (procedure)`);
    return [`## ${runbookPath(stack, construct.path, "x").split("/")[0]}`, "", ...rows, ...done].join("\n");
  });
  return [`# Runbooks of ${stack}`, ...sections].join("\n\n") + "\n";
}

function urgencies({ alarms }: RunbookEntry): string {
  return [...new Set(alarms.map(({ urgency }) => urgency))].join(", ") || "event";
}
