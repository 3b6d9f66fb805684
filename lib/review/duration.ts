/** Units a {@link Duration} is said in, in milliseconds: whole numbers, so that none is rounded. */
const MILLISECONDS = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

type Unit = keyof typeof MILLISECONDS;

/** A length of time as people say it: `"300 milliseconds"`, `"30 seconds"`, `"1 hour"`, `"35 days"`. */
export type Duration = `${number} ${Unit | `${Unit}s`}`;

const FORM = /^(\d+(?:\.\d+)?) (millisecond|second|minute|hour|day)s?$/;

/**
 * The duration in seconds.
 *
 * @throws where the text is not a number and a unit, such as `"30 seconds"`
 */
export function seconds(duration: Duration): number {
  const [, count, unit] = FORM.exec(duration) ?? [];
  if (count === undefined)
    throw new Error(`a duration is a number and a unit, such as "30 seconds", got "${duration}"`);
  return (Number(count) * MILLISECONDS[unit as Unit]) / MILLISECONDS.second;
}

/** The duration in minutes. */
export function minutes(duration: Duration): number {
  return seconds(duration) / 60;
}

/** Seconds said in the largest unit that holds them whole: `120` is `"2 minutes"`. */
export function inWords(length: number): Duration {
  const whole = Math.round(length * MILLISECONDS.second);
  const unit =
    (["day", "hour", "minute", "second"] as const).find((name) => whole % MILLISECONDS[name] === 0 && whole > 0) ??
    (whole > 0 && whole < MILLISECONDS.second ? "millisecond" : "second");
  const count = whole / MILLISECONDS[unit];
  return `${count} ${unit}${count === 1 ? "" : "s"}` as Duration;
}

/** How long it takes to move that much at a rate, in whole seconds; a hair above a second is none more. */
export function moving(gib: number, gibPerHour: number): Duration {
  return inWords(Math.ceil(Number(((gib / gibPerHour) * 3600).toFixed(3))));
}

/** Seconds in the short form of rules and names: `5m`, `1h`, `30d`. */
export function inShort(length: number): string {
  if (length % 86_400 === 0) return `${length / 86_400}d`;
  return length % 3600 === 0 ? `${length / 3600}h` : `${length / 60}m`;
}
