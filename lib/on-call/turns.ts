import { Hours, Span, WEEK, gapsIn, spansOf } from "./coverage";

/** People who take turns of equal length, in seconds. */
export interface Turns {
  readonly people: readonly string[];
  readonly turn: number;
  /** @default - around the clock */
  readonly hours?: Hours;
}

/**
 * Whose turns never fall into the hours of their layer, however many weeks go by: with turns of 12 hours, the day belongs to
 * one of two and the night to the other.
 *
 * @param start - The first handover, in seconds since Monday 00:00 of its week.
 */
export function neverCalled({ people, turn, hours }: Turns, start: number): string[] {
  if (!hours) return [];
  // After so long the weeks and the turns have met in each way that they ever do.
  const every = greatestDivisor(people.length * turn, WEEK * 60);
  const called = people.filter((_, index) => {
    const own = { from: start + index * turn, to: start + (index + 1) * turn };
    return spansOf(hours).some(({ from, to }) => meet(own, { from: from * 60, to: to * 60 }, every));
  });
  return [...new Set(people)].filter((person) => !called.includes(person));
}

/** Whether layers that are named later cover all hours of this one: then nobody of it is ever called. */
export function isHidden(hours: Hours | undefined, later: readonly (Hours | undefined)[]): boolean {
  const open = gapsIn(later);
  const own = hours ? spansOf(hours) : [{ from: 0, to: WEEK }];
  return !own.some((span) => open.some((gap) => meet(span, gap, WEEK)));
}

/** Whether the first of two parts of time meets the second, where it comes again and again. */
function meet(span: Span, other: Span, every: number): boolean {
  // The last time that it begins before the other one ends.
  const times = Math.ceil((other.to - span.from) / every) - 1;
  return span.to + times * every > other.from;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
