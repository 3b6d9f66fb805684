import { inWords } from "../duration";
import { DeclaredService, Manifest } from "../manifest";
import { indented, numbered, section, table } from "../markdown";
import { begunBy, escalation } from "../runbook/escalate";
import { ELSE, plansFor, rollback } from "../runbook/mitigate";
import { runbookPath } from "../runbook/path";
import { lookups } from "../runbook/queries";
import { onNow, statesOf } from "../runbook/shell";
import { monthOf, seenBy } from "../runbook/values";
import { label } from "../service/diagram";
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
  const plans = plansFor(manifest, objective.service);
  return page(`The error budget of ${path} burns`, [
    `What users of \`${label(objective.service, manifest.stack)}\` notice fails so often that the budget is spent before its period is over.`,
    ...section("Why it matters", [`- ${promised(objective)}. ${spentInAnHour(objective)}`]),
    ...section("First checks", burnChecks(manifest, objective)),
    ...section("Mitigate", [
      ...rollback(manifest, path),
      "",
      ELSE,
      "",
      numbered([
        "Go by the page of what is on: it says how that is relieved.",
        "One part of the service alone fails: turn it off by its switch, so that the rest is good.",
        ...(plans.length > 0 ? [`Something is lost, and does not come back by itself: ${plans.join("; ")}.`] : []),
      ]),
    ]),
    ...section("Escalate", escalation(manifest, begunBy(windows.some(isPage) ? "page" : "ticket"))),
    ...section("It is over when", [
      ...(names.length > 0
        ? ["The alarms are OK again:", "", statesOf(manifest, names)]
        : ["The alerts are resolved, and the remaining budget no longer falls."]),
    ]),
    ...section("Dashboards and queries", lookups(manifest, path)),
    ...section("Who is told when", [
      ...burnTable(windows),
      ...(windows.some((each) => each.alarms) ? ["", `To that come ${SEEN}.`] : []),
    ]),
    ...policyOf(manifest, objective),
  ]);
}

/** What is on below it, how bad it is, and whether it goes on. */
function burnChecks(manifest: Manifest, objective: DeclaredObjective): string[] {
  const { windows } = objective;
  const parts = partsOf(manifest, objective).map((each) => linked(manifest, each));
  const children = windows.flatMap((each) => (each.alarms ? Object.values(each.alarms) : []));
  const short = windows.find((each) => each.alarms)?.alarms?.short;
  const steps = [
    `What else is on? Whatever rings of a part knows more than this page: go by its own.\n\n${indented(onNow(manifest))}`,
    ...(parts.length > 0 ? [`Nothing else: look at each part, from the entrance inwards: ${parts.join(", ")}.`] : []),
    ...(short === undefined ? [] : [`How much fails, and of how much?\n\n${indented(seenBy(manifest, [short]))}`]),
    ...(children.length > 0
      ? [
          `Does it go on? It does while the short window of a pair is on as well as the long one:\n\n${indented(statesOf(manifest, children))}`,
        ]
      : []),
  ];
  return [numbered(steps)];
}

/** Where its events are counted, and what the service is down without. */
function partsOf({ services }: Manifest, { service, measures }: DeclaredObjective): string[] {
  const found = services.find(({ path }) => path === service);
  const parts = found ? [found.entrance, ...found.runs, ...hardEdges(found)] : [];
  return [...new Set([...parts, measures?.path].flatMap((each) => each ?? []))];
}

function hardEdges({ edges }: DeclaredService): string[] {
  return edges.filter(({ hard }) => hard).map(({ to }) => to);
}

/** A part, with a link to its runbooks where it has some. */
function linked({ stack, alarms }: Manifest, path: string): string {
  const has = alarms.some((alarm) => alarm.path === path && alarm.signal !== undefined);
  return has ? `[${label(path, stack)}](../${runbookPath(stack, path)})` : `\`${path}\``;
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
  const own = manifest.objectives.filter((each) => objectives.some((of) => of.path === each.path));
  return page(`An error budget that ${path} keeps is spent`, [
    "No alarm looks back for weeks: a scheduled function reckons what is left of each budget, every hour.",
    ...section(
      "Why it matters",
      own.map((each) => `- \`${label(each.path, manifest.stack)}\`: ${promised(each)}. ${spentInAnHour(each)}`),
    ),
    ...section("What is left", [
      "In per cent, day by day, the last one now; below 0 it is overspent:",
      ...objectives.flatMap((each) => left(manifest, each)),
      "",
      "It falls now: go by the page of what spends it. It fell on days gone by: what was on then, and did it get its review?",
    ]),
    ...section("Mitigate", [
      "It is spent by what is past: people decide, by what is left.",
      "",
      ...policyTable(policy),
    ]),
    ...section("Escalate", [
      "It can wait for the morning. Whoever a row names is told by whoever reads this; the last one decides on exceptions, in writing.",
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

function perCent(share: string): number {
  return Number((Number(share) * 100).toPrecision(6));
}

function page(title: string, parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}
