/** Units a {@link Duration} is said in, in seconds. */
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

type Unit = keyof typeof SECONDS;

/** A length of time as people say it: `"30 seconds"`, `"1 hour"`, `"35 days"`. */
export type Duration = `${number} ${Unit | `${Unit}s`}`;

const FORM = /^(\d+(?:\.\d+)?) (second|minute|hour|day)s?$/;

/**
 * The duration in seconds.
 *
 * @throws where the text is not a number and a unit, such as `"30 seconds"`
 */
export function seconds(duration: Duration): number {
  const [, count, unit] = FORM.exec(duration) ?? [];
  if (count === undefined)
    throw new Error(`a duration is a number and a unit, such as "30 seconds", got "${duration}"`);
  return Number(count) * SECONDS[unit as Unit];
}

/** The duration in minutes. */
export function minutes(duration: Duration): number {
  return seconds(duration) / SECONDS.minute;
}

/** The duration in days. */
export function days(duration: Duration): number {
  return seconds(duration) / SECONDS.day;
}

/** Seconds said in the largest unit that holds them whole: `120` is `"2 minutes"`. */
export function inWords(length: number): Duration {
  const unit =
    (["day", "hour", "minute"] as const).find((name) => length > 0 && length % SECONDS[name] === 0) ?? "second";
  const count = length / SECONDS[unit];
  return `${count} ${unit}${count === 1 ? "" : "s"}` as Duration;
}
