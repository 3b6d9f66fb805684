import { seconds } from "../duration";
import { DeclaredRecovery, Reckoned, Way } from "./declared";

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

/** A component and the way back that was chosen for it. */
export interface Choice {
  readonly path: string;
  readonly way: Way;
}

/** How long a way back takes until it carries the load. */
export function lengthOf({ rto, scaleUp }: Way): number {
  return seconds(rto.value) + (scaleUp ? seconds(scaleUp.value) : 0);
}

/** From the strongest to the weakest: what a contract promises, what follows from settings, and what is only thought. */
export const STRENGTH = ["sla", "configured", "measured", "vendor-typical", "assumed"];

/** What the length of a way back rests on: on the weaker of its two parts, where it has two. */
function figureOf({ rto, scaleUp }: Way): Term["figure"] {
  if (!scaleUp) return rto;
  const [weaker] = [rto, scaleUp].sort((a, b) => STRENGTH.indexOf(b.basis) - STRENGTH.indexOf(a.basis));
  return { basis: weaker.basis, source: `${rto.source}; then ${scaleUp.value} to carry the load: ${scaleUp.source}` };
}

/** Each component begins when all that it needs is back; of those that begin together, what takes longest stands first. */
export function scheduled(declared: DeclaredRecovery, choices: readonly Choice[], prepared: readonly Term[]) {
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
    return { what: path, way, from: startOf(path), to: endAt(path), figure: figureOf(way) };
  });
  return { choices, schedule: [...prepared, ...components.sort((a, b) => a.from - b.from || b.to - a.to)] };
}

function needsOf({ edges }: DeclaredRecovery, path: string): string[] {
  return edges.filter(({ from, hard }) => hard && from === path).map(({ to }) => to);
}

/** When all is back. */
export function endOf(schedule: readonly Term[]): number {
  return Math.max(0, ...schedule.map(({ to }) => to));
}

/** From the last one back to the begin: each term is the one that the next had to wait for. */
export function longestPath(declared: DeclaredRecovery, schedule: readonly Term[]): Term[] {
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
