import { DeclaredAlarm, DeclaredConstruct, DeclaredService, Manifest } from "../manifest";
import { table } from "../markdown";
import { ELSEWHERE, levelsOf } from "../on-call";
import { told } from "../recovery/reckon";
import { weakestOf } from "../recovery/report";
import { outcomesOf } from "../recovery/rule";
import { isTold } from "../runbook/escalate";
import { runbookPath } from "../runbook/path";
import type { DeclaredSignal } from "../runbooks";
import { dashboardLinks } from "../runbook/queries";
import { promised } from "../slo/words";
import { diagram, label } from "./diagram";

/** `service.md`: what each service of a stack is made of, how good it must be, what it survives and who is told. */
export function servicePage(manifest: Manifest): Record<string, string> {
  const { stack, services } = manifest;
  if (services.length === 0) return {};
  return { "service.md": [`# ${stack}`, ...services.map((service) => section(manifest, service))].join("\n\n") + "\n" };
}

function section(manifest: Manifest, service: DeclaredService): string {
  const { stack } = manifest;
  return [
    `## ${label(service.path, stack)}`,
    diagram(service, stack),
    ...titled("Objectives", objectives(manifest, service)),
    ...titled("As the budget is spent", policy(manifest, service)),
    ...titled("Recovery", recovery(manifest, service)),
    ...titled("What it is made of", parts(manifest, service)),
    ...titled("Dashboards", dashboardLinks(manifest, service.path, "")),
    ...titled("On call", onCall(manifest)),
    ...titled("It comes back in this order", order(service, stack)),
    ...titled("Who is told", alarms(manifest, service)),
  ].join("\n\n");
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join("\n")];
}

function objectives({ stack, objectives: all }: Manifest, { path }: DeclaredService): string[] {
  const rows = all
    .filter(({ service }) => service === path)
    .map((objective) => {
      const names = Object.values(objective.alarms).map((name) => `\`${name}\``);
      const page = `[runbook](runbooks/${runbookPath(stack, objective.path, "burn")})`;
      return [label(objective.path, stack), promised(objective), names.join(", ") || "none here", page];
    });
  return table(["objective", "promise", "alarms", "when it burns"], rows);
}

function policy({ budgets, objectives: all }: Manifest, { path }: DeclaredService): string[] {
  const own = new Set(all.filter(({ service }) => service === path).map((objective) => objective.path));
  const steps = budgets
    .filter(({ objectives: of }) => of.some((each) => own.has(each.path)))
    .flatMap(({ policy }) => policy);
  const rows = steps.map(({ spent, urgency, who, does, releases }) => [`${spent} %`, urgency, who, does, releases]);
  return table(["spent", "urgency", "who", "does", "releases"], rows);
}

function recovery({ recoveries, alarms: rung }: Manifest, { path }: DeclaredService): string[] {
  const rows = recoveries
    .filter(({ of }) => of === path)
    .flatMap((declared) =>
      outcomesOf(declared, rung).map((outcome) => {
        const { scenario, goal, lost, rto, rpo } = outcome;
        const gives = lost.length > 0 ? ["never", "all"] : [told(rto), told(rpo)];
        return [scenario, goal.rto, gives[0], goal.rpo, gives[1], weakestOf(outcome)];
      }),
    );
  const lines = table(["loss of", "RTO", "reckoned", "RPO", "reckoned", "rests on"], rows);
  return lines.length === 0 ? [] : [...lines, "", "The derivation stands in [recovery.md](recovery.md)."];
}

function parts({ constructs, stack }: Manifest, service: DeclaredService): string[] {
  const rows = constructsOf(service).map((path) => {
    const construct = constructs.find((each) => each.path === path);
    return [
      label(path, stack),
      construct?.is ?? "in another stack",
      role(service, path),
      slaOf(construct),
      survives(construct),
    ];
  });
  return table(["part", "is", "the service", "its provider promises", "comes back from the loss of"], rows);
}

/** Every part of the service and of the services it needs, then what it only prefers. */
function constructsOf({ recoveryOrder, edges }: DeclaredService): string[] {
  return [...new Set([...recoveryOrder.flat().reverse(), ...edges.map(({ to }) => to)])];
}

function role({ entrance, runs, prefers }: DeclaredService, path: string): string {
  if (path === entrance) return "is entered here";
  if (runs.includes(path)) return "runs here";
  const soft = prefers.find(({ on }) => on === path);
  return soft ? `prefers it: ${soft.because}` : "needs it";
}

function slaOf(construct: DeclaredConstruct | undefined): string {
  const { value, condition } = (construct?.sla ?? {}) as { value?: number; condition?: string };
  return value === undefined ? "nothing known" : `${value} % (${condition})`;
}

function survives(construct: DeclaredConstruct | undefined): string {
  return Object.keys(construct?.recovers ?? {}).join(", ") || "nothing known";
}

function alarms({ alarms: all, constructs, stack }: Manifest, service: DeclaredService): string[] {
  const own = new Set(constructsOf(service));
  const link = (path: string, signal: string | undefined) =>
    `[${label(path, stack)} ${signal}](runbooks/${runbookPath(stack, path, signal)})`;
  const rows = (["page", "ticket"] as const).flatMap((urgency) => [
    ...grouped(all.filter((alarm) => own.has(alarm.path) && alarm.urgency === urgency)).map(
      ([{ path, signal }, names]) => {
        return [urgency, link(path, signal), names.map((name) => `\`${name}\``).join(", ")];
      },
    ),
    ...constructs
      .filter(({ path, kept }) => own.has(path) && kept.watched !== undefined)
      .flatMap(({ path, signals }) =>
        eventsOf(signals, urgency).map((name) => [urgency, link(path, name), "an event"]),
      ),
  ]);
  return table(["urgency", "signal", "alarm"], rows);
}

/** The alarms of each signal: a zone has one of its own. */
function grouped(alarms: readonly DeclaredAlarm[]): (readonly [DeclaredAlarm, string[]])[] {
  const found = new Map<string, readonly [DeclaredAlarm, string[]]>();
  for (const alarm of alarms) {
    if (alarm.signal === undefined) continue;
    const key = `${alarm.path} ${alarm.signal}`;
    found.set(key, [alarm, [...(found.get(key)?.[1] ?? []), alarm.name]]);
  }
  return [...found.values()];
}

/** The signals that people are told of as they happen, by an urgency. */
function eventsOf(signals: DeclaredConstruct["signals"], urgency: "page" | "ticket"): string[] {
  return Object.entries((signals ?? {}) as Record<string, DeclaredSignal>)
    .filter(([, signal]) => "event" in signal.measure && (signal.urgency ?? "ticket") === urgency)
    .map(([name]) => name);
}

function onCall(manifest: Manifest): string[] {
  const levels = manifest.onCall.flatMap((each) => [
    `\`${each.path}\` tells, in this order:`,
    "",
    ...levelsOf(each),
    "",
  ]);
  const lines = levels.length > 0 ? levels : [ELSEWHERE, ""];
  return isTold(manifest) ? [...lines, "How an incident is led: [incident response](incident-response.md)."] : levels;
}

function order({ recoveryOrder }: DeclaredService, stack: string): string[] {
  return recoveryOrder.map((step, index) => `${index + 1}. ${step.map((path) => label(path, stack)).join(", ")}`);
}
