/** A day of the week. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

export type Day = (typeof DAYS)[number];

/** Hours of some days, by the clock on the wall of their time zone. */
export interface Hours {
  /** @default - every day */
  readonly days?: readonly Day[];
  /** `"09:00"`. */
  readonly from: string;
  /** `"17:00"`; on the next day where it is not after `from`. */
  readonly to: string;
}

/** A part of the week, in minutes since Monday 00:00; it ends after it begins, and may reach into the next week. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 24 * 60;
export const WEEK = 7 * DAY;

/** `"09:30"` in minutes. */
export function minuteOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** How long the hours of one day last, in minutes. */
export function lengthOf({ from, to }: Hours): number {
  const length = minuteOf(to) - minuteOf(from);
  return length > 0 ? length : length + DAY;
}

/** The parts of the week that hours cover, one a day. */
export function spansOf(hours: Hours): Span[] {
  return (hours.days ?? DAYS).map((day) => {
    const from = DAYS.indexOf(day) * DAY + minuteOf(hours.from);
    return { from, to: from + lengthOf(hours) };
  });
}

/** The parts of the week that none of the hours cover; nothing stands for around the clock. */
export function gapsIn(layers: readonly (Hours | undefined)[]): Span[] {
  if (layers.includes(undefined)) return [];
  // What reaches into the next week covers the beginning of this one.
  const spans = layers
    .flatMap((hours) => (hours ? spansOf(hours) : []))
    .flatMap(({ from, to }) =>
      to > WEEK
        ? [
            { from, to: WEEK },
            { from: 0, to: to - WEEK },
          ]
        : [{ from, to }],
    )
    .sort((a, b) => a.from - b.from);
  const gaps: Span[] = [];
  let covered = 0;
  for (const { from, to } of [...spans, { from: WEEK, to: WEEK }]) {
    if (from > covered) gaps.push({ from: covered, to: from });
    covered = Math.max(covered, to);
  }
  return joined(gaps);
}

/** A gap over the end of the week is one, not two. */
function joined(gaps: readonly Span[]): Span[] {
  const [first, ...others] = gaps;
  const last = others.at(-1);
  if (first?.from !== 0 || last?.to !== WEEK) return [...gaps];
  return [...others.slice(0, -1), { from: last.from, to: WEEK + first.to }];
}

/** A part of the week as people say it: `friday 17:00 to monday 09:00`. */
export function tellSpan({ from, to }: Span): string {
  if (to - from === WEEK) return "all week";
  return `${tellMinute(from)} to ${tellMinute(to)}`;
}

function tellMinute(minute: number): string {
  const within = minute % WEEK;
  const clock = [Math.floor((within % DAY) / 60), within % 60].map((part) => String(part).padStart(2, "0"));
  return `${DAYS[Math.floor(within / DAY)]} ${clock.join(":")}`;
}
