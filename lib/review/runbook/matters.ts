import { Duration, seconds } from "../duration";
import { Manifest } from "../manifest";
import type { RunbookEntry } from "../runbooks";
import { Dependent, dependentsOn } from "../service/dependents";
import { label } from "../service/diagram";
import { DeclaredObjective } from "../slo/declared";
import { promised, spentInAnHour } from "../slo/words";

/** Why a breach matters: which promise of which service it endangers, and what an hour of it spends. */
export function matters(manifest: Manifest, { construct: { path }, signal, alarms }: RunbookEntry): string[] {
  const { objectives, budgets, stack } = manifest;
  const kept = budgets.find((budget) => budget.path === path)?.objectives.map((each) => each.path);
  if (kept) return [`It keeps the error budget of ${kept.map((each) => `\`${each}\``).join(", ")}.`];
  const dependents = dependentsOn(manifest, path);
  if (dependents.length === 0) {
    return [`No service of \`${stack}\` depends on it by its graph: it spends no error budget by itself.`];
  }
  const share = shareAtThreshold(signal, alarms);
  return dependents.flatMap((dependent) => {
    const promises = objectives.filter(({ service }) => service === dependent.service.path);
    return [
      `- ${without(dependent, stack)}`,
      ...(promises.length === 0 ? ["  - No objective is declared for it."] : []),
      ...promises.map((objective) => `  - ${spends(objective, share)}`),
    ];
  });
}

function without({ service, hard, because }: Dependent, stack: string): string {
  const name = `\`${label(service.path, stack)}\``;
  if (hard) return `${name} is down without it.`;
  return because ? `${name} is worse without it: ${because}` : `${name} is worse without it.`;
}

/** The promise, with what an hour spends in which all fails, and in which as much fails as the alarm asks for. */
function spends(objective: DeclaredObjective, share: Share | undefined): string {
  const some =
    share === undefined || objective.indicator.kind === "latency"
      ? ""
      : ` At the threshold of the ${share.urgency}, an hour spends ${spent(objective, share.bad)} %.`;
  return `${promised(objective)}. ${spentInAnHour(objective)}${some}`;
}

/** Per cent of a budget that is gone after an hour in which a share of all events is bad. */
function spent({ budget, period }: DeclaredObjective, bad: number): number {
  return Number(((100 * bad * 3600) / (Number(budget) * seconds(period as Duration))).toPrecision(3));
}

interface Share {
  readonly urgency: string;
  readonly bad: number;
}

/** What a share of bad events says about the budget; another signal says nothing of how many events are bad. */
function shareAtThreshold({ measure, bad }: RunbookEntry["signal"], alarms: RunbookEntry["alarms"]): Share | undefined {
  const alarm = alarms.find(({ threshold }) => threshold !== undefined);
  if (!("ratio" in measure) || bad !== "above" || alarm?.threshold === undefined) return undefined;
  return { urgency: alarm.urgency, bad: alarm.threshold / 100 };
}
