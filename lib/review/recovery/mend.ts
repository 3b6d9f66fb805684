import { inWords, seconds } from "../duration";
import { DeclaredRecovery } from "./declared";
import { Outcome } from "./reckon";
import { Term, dominating, endOf, longestPath, scheduled } from "./schedule";

/** How long something may take at most. */
export interface Shorter {
  readonly what: string;
  readonly length: number;
}

/**
 * What must take less, so that an objective is met: the longest term of the longest path, and then that of each path beside
 * it that is still too long. Nothing where it is not enough that they take no time at all.
 */
export function shorten(declared: DeclaredRecovery, { schedule, goal }: Outcome): readonly Shorter[] | undefined {
  const found: Shorter[] = [];
  let now = schedule;
  for (let excess = excessOf(now, goal); excess > 0; excess = excessOf(now, goal)) {
    const open = longestPath(declared, now).filter(({ what }) => !found.some((each) => each.what === what));
    const longest = dominating(open);
    const length = longest ? longest.to - longest.from - excess : 0;
    if (!longest || length <= 0) return undefined;
    found.push({ what: longest.what, length });
    now = again(declared, now, { what: longest.what, length });
  }
  return found;
}

function excessOf(schedule: readonly Term[], { rto }: Outcome["goal"]): number {
  return endOf(schedule) - seconds(rto);
}

/** The same recovery, in which something takes less. */
function again(declared: DeclaredRecovery, schedule: readonly Term[], { what, length }: Shorter): readonly Term[] {
  const lengthOf = (term: Term) => (term.what === what ? length : term.to - term.from);
  let end = 0;
  const prepared = schedule
    .filter(({ way }) => way === undefined)
    .map((term) => ({ ...term, from: end, to: (end += lengthOf(term)) }));
  const choices = schedule.flatMap((term) => {
    if (!term.way) return [];
    const rto = { ...term.way.rto, value: inWords(lengthOf(term)) };
    return [{ path: term.what, way: { ...term.way, rto, scaleUp: undefined } }];
  });
  return scheduled(declared, choices, prepared).schedule;
}
