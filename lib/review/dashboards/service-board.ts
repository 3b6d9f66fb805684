import { DeclaredService } from "../manifest";
import { DeclaredObjective } from "../slo/declared";
import { Board, Cell, Line, Row, inRows, text } from "./board";
import { below, constructRows, indicatorCells, runbookLinks } from "./construct-rows";
import { DeclaredDashboard, Slice } from "./declared";
import { objectiveCells } from "./objective-cells";
import { quotaCells } from "./quota-cells";
import { Shown, Sited, alarmCells } from "./slices";

/** What a dashboard shows, from declarations alone: the same data make the same board. */
export function boardOf(dashboard: DeclaredDashboard, slices: readonly Slice[]): Board {
  const found = new Shown(dashboard, slices);
  const rows =
    dashboard.shows === "service" ? found.services.flatMap((each) => serviceRows(found, each)) : overview(found);
  return { name: dashboard.name, title: dashboard.title, rows };
}

/** A part of a service, and what it is to it. */
interface Part {
  readonly path: string;
  readonly role: string;
}

/** The parts of a service: entrance, what runs, what it needs, near and far, what it prefers, what belongs to it. */
export function partsOf(service: DeclaredService, also: readonly string[]): Part[] {
  const { entrance, runs, edges, recoveryOrder, needs } = service;
  const hard = recoveryOrder.flat();
  const parts = [
    ...(entrance === undefined ? [] : [{ path: entrance, role: "the entrance" }]),
    ...runs.map((path) => ({ path, role: "runs the service" })),
    ...needs.filter((path) => hard.includes(path)).map((path) => ({ path, role: "without it the service is down" })),
    ...hard.map((path) => ({ path, role: "without it the service is down, through another one" })),
    ...edges
      .filter(({ hard: isHard }) => !isHard)
      .map(({ to, because }) => ({ path: to, role: `preferred: ${because ?? "the service is worse without it"}` })),
    ...also.map((path) => ({ path, role: "belongs to the service" })),
  ];
  return parts.filter(({ path }, index) => parts.findIndex((each) => each.path === path) === index);
}

/** Objective and budget first, then what rings and what happened, then the golden signals of each part. */
function serviceRows(found: Shown, { declared: service }: Sited<DeclaredService>): Row[] {
  const parts = partsOf(service, found.dashboard.also);
  const paths = parts.map(({ path }) => path);
  const objectives = found.objectivesOf(service.path);
  const told = alarmsOf(found, paths, objectives);
  const links = paths.flatMap((path) => runbookLinks(found, path));
  const quotas = quotaCells(found, paths);
  return [
    [text(`# ${found.dashboard.title}`, ...madeOf(service), ...missing(found))],
    ...objectives.flatMap((objective) => inRows(objectiveCells(found, objective))),
    ...inRows([...alarmCells("Alarms", told, 12), ...deployments(found, paths)]),
    ...parts.flatMap(({ path, role }) => constructRows(found, path, role)),
    ...(quotas.length > 0 ? [[text("## Quotas of account and region")], ...inRows(quotas)] : []),
    ...(links.length > 0 ? [[text("## Runbooks", ...links)]] : []),
  ];
}

/** What rings for a service: alarms of its parts, of its objectives and of their budgets, each once. */
function alarmsOf(found: Shown, paths: readonly string[], objectives: readonly Sited<DeclaredObjective>[]) {
  const promised = objectives.flatMap(({ declared }) => found.alarmsOfObjective(declared));
  const all = [...promised, ...found.alarmsOf(paths)];
  return [...new Map(all.map((alarm) => [alarm.declared.name, alarm])).values()];
}

function madeOf({ entrance, runs, needs, prefers }: DeclaredService): string[] {
  const list = (paths: readonly string[]) => paths.map((path) => `\`${below(path)}\``).join(", ");
  return [
    ...(entrance === undefined ? [] : [`- entrance: ${list([entrance])}`]),
    `- runs: ${list(runs)}`,
    ...(needs.length > 0 ? [`- needs: ${list(needs)}`] : []),
    ...prefers.map(({ on, because }) => `- prefers ${list([on])}: ${because}`),
  ];
}

/** What is left out, by reason. */
function missing({ dashboard }: Shown): string[] {
  const names = new Map<string, string[]>();
  for (const { path, name, because } of dashboard.leftOut) {
    const reason = `\`${path}\`: ${because}`;
    names.set(reason, [...(names.get(reason) ?? []), ...(name === undefined ? [] : [name])]);
  }
  const lines = [...names].map(([reason, of]) => `- ${reason}${of.length > 0 ? ` (${of.join(", ")})` : ""}`);
  return lines.length > 0 ? ["", "Not drawn here:", ...lines] : [];
}

/** The namespace of EventBridge: how often a rule matched. */
const EVENTS = { namespace: "AWS/Events", name: "TriggeredRules", statistic: "Sum" } as const;

/**
 * What changed, and when: events that rules match, and the queries that show deployments. Annotations would be fixed
 * dates.
 */
function deployments(found: Shown, paths: readonly string[]): Cell[] {
  const happened = found.dashboard.rules.filter(({ path }) => paths.includes(path));
  const lines = happened.map(({ path, rule, says }, index): Line => {
    const metric = { ...EVENTS, dimensions: { RuleName: rule } };
    return { id: `event${index + 1}`, label: `${below(path)}: ${says}`, metric, shown: true };
  });
  const title = "Deployments and other events";
  const events: Cell[] =
    lines.length === 0
      ? []
      : [
          {
            widget: { kind: "chart", title, region: found.region, period: 60, lines, thresholds: [] },
            width: 12,
            height: 6,
          },
        ];
  const asked = paths.flatMap((path) => queryCells(found, path));
  if (events.length + asked.length > 0) return [...events, ...asked];
  const markdown = `### ${title}\nNo part tells of any: name a Logs in \`also\`, which shows what version answers, or give a part an event rule.`;
  return [{ widget: { kind: "text", markdown }, width: 12, height: 6 }];
}

function queryCells(found: Shown, path: string): Cell[] {
  const sited = found.construct(path);
  if (!sited) return [];
  return Object.entries(sited.declared.queries ?? {}).flatMap(([name, { asks, query, logGroups, shows }]) => {
    if (shows !== "deployments" || found.whyNot(path, name)) return [];
    const widget = { kind: "query", title: asks, region: sited.site.region, query, logGroups } as const;
    return [{ widget, width: 12, height: 6 }];
  });
}

/** Of each service: objectives and budgets, what rings, and what its users feel. */
function overview(found: Shown): Row[] {
  return [
    [text(`# ${found.dashboard.title}`, ...missing(found))],
    ...found.services.flatMap(({ declared: service }) => {
      const parts = partsOf(service, []).map(({ path }) => path);
      const objectives = found.objectivesOf(service.path);
      const told = alarmsOf(found, parts, objectives);
      const doors = service.entrance === undefined ? service.runs : [service.entrance];
      const felt = doors.flatMap((path) => {
        const sited = found.construct(path);
        return sited && !found.whyNot(path) ? indicatorCells(found, sited) : [];
      });
      return [
        [text(`## ${below(service.path)}`, ...madeOf(service))],
        ...objectives.flatMap((objective) => inRows(objectiveCells(found, objective))),
        ...inRows([...alarmCells("Alarms", told, 12), ...felt]),
      ];
    }),
  ];
}
