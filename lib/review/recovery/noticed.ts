import { inWords } from "../duration";
import { DeclaredAlarm } from "../manifest";
import { DeclaredRecovery, Reckoned, RecoveryGoal } from "./declared";

/** Where nothing pages: somebody looks, or is told by a user. */
const UNWATCHED: Reckoned = {
  value: "15 minutes",
  basis: "assumed",
  source: "default of sre-constructs: no page watches what others are reached by; state detection, or watch it",
};

/** What takes its alarms with it. */
const SILENCING: readonly string[] = ["region", "account"];

const SILENCED: Reckoned = {
  value: "15 minutes",
  basis: "assumed",
  source:
    "default of sre-constructs: alarms are lost with their region; state detection, or let a RegionFailover ask from outside",
};

/**
 * How long until somebody knows of a loss: as the objective states, else until the fastest page rings of what nothing
 * else needs, where every loss is felt. Of the loss of a region only an alarm in another one tells.
 */
export function noticedAfter(
  { components, edges, goals }: DeclaredRecovery,
  scenario: string,
  alarms: readonly DeclaredAlarm[],
): Reckoned {
  const goal: Partial<RecoveryGoal> = goals[scenario as keyof typeof goals] ?? {};
  if (goal.detection) return { value: goal.detection, basis: "configured", source: "stated as detection" };
  const needed = new Set(edges.filter(({ hard }) => hard).map(({ to }) => to));
  const outermost = components.map(({ path }) => path).filter((path) => !needed.has(path));
  const pages = alarms.filter((alarm) => {
    const { path, urgency, seconds } = alarm;
    return urgency === "page" && seconds !== undefined && survives(alarm, scenario) && outermost.includes(path);
  });
  if (pages.length === 0) return SILENCING.includes(scenario) ? SILENCED : UNWATCHED;
  const first = pages.reduce((fastest, each) => ((each.seconds ?? 0) < (fastest.seconds ?? 0) ? each : fastest));
  return {
    value: inWords(first.seconds ?? 0),
    basis: "configured",
    source: `the alarm ${first.name} (period × evaluation periods)`,
  };
}

/** Whether an alarm is still there to ring after a loss. */
export function survives({ region }: Pick<DeclaredAlarm, "region">, scenario: string): boolean {
  return !SILENCING.includes(scenario) || (scenario === "region" && region !== undefined);
}
