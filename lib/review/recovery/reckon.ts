import { Duration, inWords, seconds } from "../duration";
import { DeclaredRecovery, Reckoned, RecoveringComponent, SCENARIOS, Way } from "./declared";
import { withMeasured } from "./measured";
import { Choice, Term, endOf, lengthOf, longestPath, scheduled } from "./schedule";

type Scenario = (typeof SCENARIOS)[number];

/** What the mechanisms of a service give after one loss. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly goal: { readonly rto: Duration; readonly rpo: Duration };
  /** Components that have no way back at all. */
  readonly lost: readonly string[];
  /** Seconds until the service is back, and the terms of the longest path, in order. They add up. */
  readonly rto: number;
  readonly path: readonly Term[];
  /** Every component, when it begins to come back and when it is back. */
  readonly schedule: readonly Term[];
  /** Seconds of the newest data that are lost, and whose way back loses them. */
  readonly rpo: number;
  readonly rpoOf?: { readonly path: string; readonly way: Way };
  readonly meetsRto: boolean;
  readonly meetsRpo: boolean;
}

/**
 * Reckons when a service is back after a loss:
 *
 *     detection + decision, once, unless every mechanism acts by itself
 *     + the longest path of (recovery + scale-up) over what needs what
 *
 * Of a component's ways back, those that lose too much are out; of the others the fastest counts. A service that can do
 * without people is reckoned both ways, and the faster one counts.
 */
export function reckon(declared: DeclaredRecovery, scenario: Scenario, noticed: Reckoned): Outcome {
  const goal = declared.goals[scenario] ?? { rto: "0 seconds", rpo: "0 seconds" };
  const concerned = declared.components.filter((component) => isConcerned(component, scenario));
  const ways = new Map(concerned.map((component) => [component.path, waysOf(component, scenario, declared)]));
  const lost = concerned.filter(({ path }) => ways.get(path)?.length === 0).map(({ path }) => path);
  const allowed = new Map([...ways].map(([path, each]) => [path, losingLittle(each, seconds(goal.rpo))]));
  const prepared: readonly Term[] = preparation(declared, noticed);
  const results = [
    scheduled(declared, choose(allowed, true), []),
    scheduled(declared, choose(allowed, false), prepared),
  ].filter((result) => result.choices.length === ways.size - lost.length);
  const { choices, schedule } = results.reduce((best, each) =>
    endOf(each.schedule) < endOf(best.schedule) ? each : best,
  );
  const worst = [...choices].sort((a, b) => seconds(b.way.rpo.value) - seconds(a.way.rpo.value))[0];
  const rto = endOf(schedule);
  const rpo = worst ? seconds(worst.way.rpo.value) : 0;
  return {
    scenario,
    goal,
    lost,
    rto,
    path: longestPath(declared, schedule),
    schedule,
    rpo,
    rpoOf: worst,
    meetsRto: lost.length === 0 && rto <= seconds(goal.rto),
    meetsRpo: lost.length === 0 && rpo <= seconds(goal.rpo),
  };
}

/** What holds no data cannot hold bad data; every other loss concerns everything. */
function isConcerned({ holdsData, recovers }: RecoveringComponent, scenario: Scenario): boolean {
  return scenario !== "corruption" || holdsData || recovers.corruption !== undefined;
}

function waysOf({ path, recovers }: RecoveringComponent, scenario: Scenario, { measured }: DeclaredRecovery): Way[] {
  return (recovers[scenario] ?? []).map((way) => withMeasured(path, way, measured));
}

/** The ways back that lose no more than is allowed; where all lose more, those that lose least. */
function losingLittle(ways: readonly Way[], allowed: number): Way[] {
  const least = Math.min(...ways.map(({ rpo }) => seconds(rpo.value)));
  return ways.filter(({ rpo }) => seconds(rpo.value) <= Math.max(allowed, least));
}

/** The fastest way back of each component, of those that act by themselves or of all. */
function choose(ways: ReadonlyMap<string, readonly Way[]>, selfHealing: boolean): Choice[] {
  return [...ways].flatMap(([path, each]) => {
    const possible = each.filter((way) => !selfHealing || way.selfHealing);
    if (possible.length === 0) return [];
    return [{ path, way: possible.reduce((best, way) => (lengthOf(way) < lengthOf(best) ? way : best)) }];
  });
}

function preparation({ decision }: DeclaredRecovery, noticed: Reckoned): Term[] {
  const detected = seconds(noticed.value);
  return [
    { what: "detection", from: 0, to: detected, figure: noticed },
    { what: "decision", from: detected, to: detected + seconds(decision.value), figure: decision },
  ];
}

/** Seconds for people: `"105 minutes"`, `"77 minutes 10 seconds"`. */
export function told(length: number): string {
  const [minutes, rest] = [Math.floor(length / 60), Math.round(length % 60)];
  return rest === 0 || minutes < 2 ? inWords(Math.round(length)) : `${inWords(minutes * 60)} ${inWords(rest)}`;
}
