import { Duration, inWords, seconds } from "../duration";
import { DeclaredRecovery, Reckoned, RecoveringComponent, SCENARIOS, Way } from "./declared";
import { withMeasured } from "./measured";

type Scenario = (typeof SCENARIOS)[number];

/** One part of a recovery time. */
export interface Term {
  /** What takes the time: `detection`, `decision`, or the path of a component. */
  readonly what: string;
  /** The way back of a component. */
  readonly way?: Way;
  /** Seconds from the loss to the begin and the end of it. */
  readonly from: number;
  readonly to: number;
  readonly figure: Pick<Reckoned, "basis" | "source">;
}

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

/** A component and the way back that was chosen for it. */
interface Choice {
  readonly path: string;
  readonly way: Way;
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

/** How long a way back takes until it carries the load. */
export function lengthOf({ rto, scaleUp }: Way): number {
  return seconds(rto.value) + (scaleUp ? seconds(scaleUp.value) : 0);
}

function preparation({ decision }: DeclaredRecovery, noticed: Reckoned): Term[] {
  const detected = seconds(noticed.value);
  return [
    { what: "detection", from: 0, to: detected, figure: noticed },
    { what: "decision", from: detected, to: detected + seconds(decision.value), figure: decision },
  ];
}

/** Each component begins when all that it needs is back. */
function scheduled(declared: DeclaredRecovery, choices: readonly Choice[], prepared: readonly Term[]) {
  const begin = prepared[prepared.length - 1]?.to ?? 0;
  const ends = new Map<string, number>();
  const waysBack = new Map(choices.map(({ path, way }) => [path, way]));
  const endAt = (path: string): number => {
    const known = ends.get(path);
    if (known !== undefined) return known;
    const way = waysBack.get(path);
    const end = startOf(path) + (way ? lengthOf(way) : 0);
    ends.set(path, end);
    return end;
  };
  const startOf = (path: string): number => Math.max(begin, ...needsOf(declared, path).map(endAt));
  const components = choices.map(({ path, way }): Term => {
    return { what: path, way, from: startOf(path), to: endAt(path), figure: way.scaleUp ?? way.rto };
  });
  return { choices, schedule: [...prepared, ...components.sort((a, b) => a.from - b.from || a.to - b.to)] };
}

function needsOf({ edges }: DeclaredRecovery, path: string): string[] {
  return edges.filter(({ from, hard }) => hard && from === path).map(({ to }) => to);
}

function endOf(schedule: readonly Term[]): number {
  return Math.max(0, ...schedule.map(({ to }) => to));
}

/** From the last one back to the begin: each term is the one that the next had to wait for. */
function longestPath(declared: DeclaredRecovery, schedule: readonly Term[]): Term[] {
  const prepared = schedule.filter(({ way }) => way === undefined);
  const waitsFor = (term: Term, before: Term) => before.to === term.from && reaches(declared, term.what, before.what);
  const path: Term[] = [];
  let last = schedule.filter(({ way }) => way !== undefined).sort((a, b) => b.to - a.to)[0];
  while (last !== undefined) {
    const term: Term = last;
    if (term.to > term.from || path.length === 0) path.unshift(term);
    last = schedule
      .filter((before) => before.way && before !== term && waitsFor(term, before))
      .sort((a, b) => a.from - b.from)[0];
  }
  return [...prepared, ...path];
}

/** Whether one component needs another, near or far. */
function reaches(declared: DeclaredRecovery, from: string, to: string): boolean {
  const needs = needsOf(declared, from);
  return needs.includes(to) || needs.some((need) => reaches(declared, need, to));
}

/** The term of a path that takes longest. */
export function dominating(path: readonly Term[]): Term | undefined {
  return [...path].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
}

/** Seconds for people: `"105 minutes"`, `"77 minutes 10 seconds"`. */
export function told(length: number): string {
  const [minutes, rest] = [Math.floor(length / 60), Math.round(length % 60)];
  return rest === 0 || minutes < 2 ? inWords(Math.round(length)) : `${inWords(minutes * 60)} ${inWords(rest)}`;
}
