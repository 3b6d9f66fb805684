import { DeclaredAlarm, DeclaredConstruct, DeclaredService, Manifest } from "./manifest";
import { procedurePage, proceduresOf } from "./procedures";
import { section } from "./markdown";
import { pageOf } from "./runbook-page";
import { isTold } from "./runbook/escalate";
import { folderOf, runbookPath } from "./runbook/path";
import { queriesPage } from "./runbook/queries";
import { servicesAround } from "./service/dependents";
import { promised } from "./slo/words";

export { runbookPath };

/** A signal as the manifest has it. */
export interface DeclaredSignal {
  readonly kind: string;
  readonly means: string;
  readonly measure: Readonly<Record<string, unknown>>;
  readonly bad: "above" | "below";
  /** Where its alarms stand. @default - in the region of the stack */
  readonly region?: string;
  readonly unit?: string;
  readonly urgency?: "page" | "ticket";
  readonly period?: string;
  readonly firstSteps?: readonly string[];
  readonly mitigate?: readonly string[];
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
 * A page for each signal that somebody is told of and for each procedure, the questions to the logs, and an index of the
 * stack and of each service, also of the pages of objectives: file names below `runbooks` and their Markdown.
 */
export function runbooks(manifest: Manifest): Record<string, string> {
  const { stack } = manifest;
  const entries = entriesOf(manifest);
  const pages = Object.fromEntries([
    ...entries.map((entry) => [pathOf(entry), pageOf(manifest, entry)]),
    ...proceduresOf(manifest).map((entry) => [pathOf({ stack, ...entry }), procedurePage(manifest, entry)]),
  ]) as Record<string, string>;
  const queries = queriesPage(manifest);
  const rows = rowsOf(manifest, entries);
  if (rows.length + Object.keys(queries).length === 0) return {};
  const indices = manifest.services.map((service) => [
    serviceIndexPath(stack, service.path),
    serviceIndex(manifest, service, rows),
  ]);
  const all = index(manifest, rows, Object.keys(queries));
  return { "README.md": all, ...Object.fromEntries(indices), ...pages, ...queries };
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

/** A line of an index, under the construct that it is of. */
interface Row {
  readonly path: string;
  readonly name: string;
  readonly file: string;
  readonly says: string;
  /** Whether somebody is woken by it. */
  readonly pages: boolean;
}

function rowsOf(manifest: Manifest, entries: readonly RunbookEntry[]): Row[] {
  const { stack, objectives, budgets } = manifest;
  return [
    ...entries.map((entry) => {
      const says = `${entry.signal.means} (${urgencies(entry)})`;
      return { path: entry.construct.path, name: entry.name, file: pathOf(entry), says, pages: isPage(entry) };
    }),
    ...proceduresOf(manifest).map(({ construct, name, procedure }) => {
      const file = pathOf({ stack, construct, name });
      return { path: construct.path, name, file, says: `${procedure.title} (procedure)`, pages: false };
    }),
    ...objectives.map((objective) => {
      const told = Object.keys(objective.alarms).join(", ") || "told by a Prometheus";
      const file = runbookPath(stack, objective.path, "burn");
      const pages = objective.alarms.page !== undefined;
      return { path: objective.path, name: "burn", file, says: `${promised(objective)} (${told})`, pages };
    }),
    ...budgets.map(({ path }) => {
      const file = runbookPath(stack, path, "spent");
      return { path, name: "spent", file, says: "an error budget is spent (budget)", pages: false };
    }),
  ];
}

/** The index of a stack: of its services, then of every construct. */
function index(manifest: Manifest, rows: readonly Row[], others: readonly string[]): string {
  const { stack, services, place } = manifest;
  const account = place ? ` account ${place.account}` : " the account";
  const more = [
    `The commands take AWS's command line, version 2, and a role that may read${account}; \`aws sts get-caller-identity\` says which you have.`,
    ...(isTold(manifest) ? ["How an incident is led: [incident response](../incident-response.md)."] : []),
    ...others.map((path) => `What can be asked of the logs: [saved queries](${path}).`),
    ...services.map(
      ({ path }) => `All of \`${folderOf(stack, path)}\`: [its runbooks](${serviceIndexPath(stack, path)}).`,
    ),
  ];
  const paths = [...new Set(rows.map(({ path }) => path))];
  const woken = rows.filter(({ pages }) => pages).map((row) => line(row, `${folderOf(stack, row.path)} ${row.name}`));
  return (
    [`# Runbooks of ${stack}`, ...more, ...section("What pages", woken), ...sections(stack, paths, rows)].join("\n\n") +
    "\n"
  );
}

/** The index of one service: its promises first, then its parts, data last. */
function serviceIndex(manifest: Manifest, service: DeclaredService, rows: readonly Row[]): string {
  const { stack } = manifest;
  const around = [...new Set(rows.map(({ path }) => path))].filter((path) =>
    servicesAround(manifest, path).includes(service),
  );
  const order = service.recoveryOrder.flat().reverse();
  const isPromise = (path: string) => manifest.objectives.some((objective) => objective.path === path);
  const others = around.filter((path) => !order.includes(path) && !isPart(service, path));
  const promises = [...others.filter(isPromise), ...others];
  const parts = [...order.filter((path) => around.includes(path)), ...around.filter((path) => isPart(service, path))];
  const paths = [...new Set([...promises, ...parts])];
  const title = `# Runbooks of ${folderOf(stack, service.path)}`;
  const page = "What it is made of, must keep and survives: [the service](../../service.md).";
  return [title, page, ...sections(stack, paths, rows, "../")].join("\n\n") + "\n";
}

function isPart({ edges }: DeclaredService, path: string): boolean {
  return edges.some(({ from, to }) => from === path || to === path);
}

function serviceIndexPath(stack: string, path: string): string {
  return `${folderOf(stack, path)}/README.md`;
}

function sections(stack: string, paths: readonly string[], rows: readonly Row[], up = ""): string[] {
  return paths.map((path) => {
    const own = rows.filter((row) => row.path === path).map((row) => line(row, row.name, up));
    return [`## ${folderOf(stack, path)}`, "", ...own].join("\n");
  });
}

function line({ file, says }: Row, name: string, up = ""): string {
  return `- [${name}](${up}${file}): ${says}`;
}

function isPage({ alarms, signal }: RunbookEntry): boolean {
  return alarms.length > 0 ? alarms.some(({ urgency }) => urgency === "page") : signal.urgency === "page";
}

function urgencies({ alarms, signal }: RunbookEntry): string {
  return [...new Set(alarms.map(({ urgency }) => urgency))].join(", ") || `${signal.urgency ?? "ticket"}, by an event`;
}
