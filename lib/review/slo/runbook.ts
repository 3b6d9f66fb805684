import { inWords } from "../duration";
import { Manifest } from "../manifest";
import { indented, section, table } from "../markdown";
import { begunBy, escalation } from "../runbook/escalate";
import { rollback } from "../runbook/mitigate";
import { runbookPath } from "../runbook/path";
import { lookups } from "../runbook/queries";
import { onNow, statesOf } from "../runbook/shell";
import { monthOf } from "../runbook/values";
import { DeclaredBudget, DeclaredBurn, DeclaredObjective } from "./declared";
import { SEEN, promised, spentInAnHour } from "./words";

/** A page for each objective and each budget policy: file names below `runbooks` and their Markdown. */
export function objectivePages(manifest: Manifest): Record<string, string> {
  const { stack, objectives, budgets } = manifest;
  return Object.fromEntries([
    ...objectives.map((objective) => [runbookPath(stack, objective.path, "burn"), burnPage(manifest, objective)]),
    ...budgets.map((budget) => [runbookPath(stack, budget.path, "spent"), spentPage(manifest, budget)]),
  ]);
}

function burnPage(manifest: Manifest, objective: DeclaredObjective): string {
  const { path, windows, alarms } = objective;
  const names = Object.values(alarms);
  const children = windows.flatMap((each) => (each.alarms ? Object.values(each.alarms) : []));
  const needs = neededBy(manifest, objective);
  return page(`The error budget of ${path} burns`, [
    `${objective.service} promised that ${promised(objective)}. ${spentInAnHour(objective)}`,
    ...section("First checks", [
      "1. Did something go out just before? Roll it back; ask why afterwards.",
      ...(needs.length > 0
        ? [`2. Is something down that the service needs? ${needs.map((each) => `\`${each}\``).join(", ")}`]
        : []),
      `${needs.length > 0 ? 3 : 2}. Is it still going on? Only while the short window burns as well.`,
      ...["", "What is on in the whole stack:", "", onNow(manifest)],
      ...(children.length > 0 ? ["", "Which window burns:", "", statesOf(manifest, children)] : []),
    ]),
    ...section("Mitigate", rollback(manifest, path)),
    ...section("Escalate", escalation(manifest, begunBy(windows.some(isPage) ? "page" : "ticket"))),
    ...section("It is over when", [
      ...(names.length > 0
        ? ["The alarms are OK again:", "", statesOf(manifest, names)]
        : ["The alerts are resolved, and the remaining budget no longer falls."]),
    ]),
    ...section("Dashboards and queries", lookups(manifest, path)),
    ...section("Who is told when", [
      ...burnTable(windows),
      ...(children.length > 0 ? ["", `To that come ${SEEN}.`] : []),
    ]),
    ...policyOf(manifest, objective),
  ]);
}

function isPage({ urgency }: DeclaredBurn): boolean {
  return urgency === "page";
}

function burnTable(windows: readonly DeclaredBurn[]): string[] {
  return table(
    ["", "long window", "short window", "share of bad events above", "times too fast", "a total outage rings after"],
    windows.map(({ urgency, long, short, threshold, factor, firesAfter }) => [
      urgency,
      long,
      short,
      `${perCent(threshold)} %`,
      factor,
      inWords(Math.ceil(firesAfter)),
    ]),
  );
}

function spentPage(manifest: Manifest, { path, objectives, policy }: DeclaredBudget): string {
  const names = objectives.flatMap(({ alarms }) => Object.values(alarms));
  return page(`An error budget that ${path} keeps is spent`, [
    "No alarm looks back for weeks: a scheduled function reckons what is left of each budget, every hour.",
    ...section("What is done, by whom", policyTable(policy)),
    ...section("What is left", [
      "In per cent, day by day, the last one now; below 0 it is overspent:",
      ...objectives.flatMap((each) => left(manifest, each)),
    ]),
    ...section("It is over when", [
      "The bad days have left the period, or the objective was changed in writing.",
      ...(names.length > 0 ? ["", statesOf(manifest, names)] : []),
    ]),
    ...section("Dashboards and queries", lookups(manifest, path)),
  ]);
}

/** What is left of a budget, and where to read what spends it. */
function left(manifest: Manifest, { path, metric }: DeclaredBudget["objectives"][number]): string[] {
  const page = `../${runbookPath(manifest.stack, path, "burn")}`;
  return ["", `- \`${path}\` ([what spends it](${page})):`, "", indented(monthOf(manifest, metric))];
}

function policyOf({ stack, budgets }: Manifest, { path }: DeclaredObjective): string[] {
  const budget = budgets.find(({ objectives }) => objectives.some((each) => each.path === path));
  if (!budget) return [];
  const link = `../${runbookPath(stack, budget.path, "spent")}`;
  return section("When the budget is spent", [...policyTable(budget.policy), "", `More: [what is left](${link}).`]);
}

function policyTable(policy: DeclaredBudget["policy"]): string[] {
  return table(
    ["spent", "who", "does", "releases"],
    policy.map(({ spent, who, does, releases }) => [`${spent} %`, who, does, releases]),
  );
}

function neededBy({ services }: Manifest, { service }: DeclaredObjective): string[] {
  const found = services.find(({ path }) => path === service);
  return [...new Set(found?.edges.filter(({ hard }) => hard).map(({ to }) => to) ?? [])];
}

function perCent(share: string): number {
  return Number((Number(share) * 100).toPrecision(6));
}

function page(title: string, parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}
