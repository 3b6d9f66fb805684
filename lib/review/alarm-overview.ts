import { Duration, seconds } from "./duration";
import { DeclaredAlarm, DeclaredService, Manifest } from "./manifest";
import { outcomesOf } from "./recovery/rule";
import { told } from "./recovery/reckon";
import { DeclaredObjective } from "./slo/declared";

/** Rows of a table, the first its header; nothing where there is nothing to tell. */
type Rows = string[][];

const REST = "in no service";

/** How many alarms each service has, by urgency; what two services need counts for both. */
export function alarmsByService(manifests: readonly Manifest[]): Rows {
  const rows = manifests.flatMap((manifest) => {
    const owners = manifest.services.map((service) => ({ path: service.path, parts: partsOf(service, manifest) }));
    const owned = new Set(owners.flatMap(({ parts }) => [...parts]));
    const rest = manifest.alarms.filter(({ path }) => !owned.has(path));
    return [
      ...owners.map(({ path, parts }) => [path, ...counted(manifest.alarms.filter((alarm) => parts.has(alarm.path)))]),
      ...(rest.length > 0 ? [[`${manifest.stack}, ${REST}`, ...counted(rest)]] : []),
    ];
  });
  return headed(["alarms of", "pages", "tickets"], rows);
}

/** What the alarms of each stack cost. */
export function alarmBills(manifests: readonly Manifest[]): Rows {
  const rows = manifests
    .filter(({ alarmBill }) => Number(alarmBill.usdPerMonth) > 0)
    .map(({ stack, alarmBill: { standard, highResolution, composites, usdPerMonth } }) => [
      stack,
      ...[standard, highResolution, composites].map(String),
      usdPerMonth,
    ]);
  return headed(["cost of alarms", "metrics", "high resolution", "composites", "USD a month"], rows);
}

/** How many losses of each kind spend the error budget of an objective, each as long as its recovery is reckoned to take. */
export function incidents(manifests: readonly Manifest[]): Rows {
  const rows = manifests.flatMap(({ objectives, recoveries, alarms }) =>
    objectives
      .filter(({ indicator }) => indicator.kind !== "latency")
      .flatMap((objective) => {
        const budget = seconds(objective.period as Duration) * Number(objective.budget);
        const start = [`${objective.path} ${objective.objective} %`, told(budget)];
        const outcomes = recoveries
          .filter(({ of }) => of === objective.service)
          .flatMap((declared) => outcomesOf(declared, alarms))
          .filter(({ rto, lost }) => rto > 0 && lost.length === 0);
        if (outcomes.length === 0) return [[...start, "unknown: no recovery objective", "-", "-"]];
        return outcomes.map(({ scenario, rto }) => [...start, scenario, told(rto), (budget / rto).toFixed(1)]);
      }),
  );
  return headed(["error budget", "outage that spends it", "loss of", "takes", "incidents"], rows);
}

/** The constructs of a service, and the objectives and budgets that speak for it. */
function partsOf(service: DeclaredService, { objectives, budgets }: Manifest): ReadonlySet<string> {
  const promised = (objective: DeclaredObjective) => objective.service === service.path;
  const own = objectives.filter(promised).map(({ path }) => path);
  const kept = budgets.filter((budget) => budget.objectives.some(({ path }) => own.includes(path)));
  const { entrance, runs, needs, prefers } = service;
  return new Set([
    ...(entrance === undefined ? [] : [entrance]),
    ...runs,
    ...needs,
    ...prefers.map(({ on }) => on),
    ...own,
    ...kept.map(({ path }) => path),
  ]);
}

function counted(alarms: readonly DeclaredAlarm[]): string[] {
  // The composite of the tickets of a construct speaks for alarms that are counted already.
  const own = alarms.filter(({ signal }) => signal !== undefined);
  return (["page", "ticket"] as const).map((each) => String(own.filter(({ urgency }) => urgency === each).length));
}

function headed(header: string[], rows: Rows): Rows {
  return rows.length > 0 ? [header, ...rows] : [];
}
