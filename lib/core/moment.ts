/** What a restore goes back to: a moment that people find, or the newest that there is. */
export type RestoreTo = "moment" | "newest";

/**
 * Sets what the commands after it are given, once for all that a plan restores, however late each is begun. Seconds, since no
 * two systems write `date` alike; the CLI takes both.
 */
export const MOMENT =
  "Is the last good moment kept already? Then go on with that: all that is restored goes back to one. Else find it in the logs, and keep it for the commands below, in seconds since 1970 or as 2026-03-31T02:10:00Z; half an hour ago is: `MOMENT=$(($(date +%s) - 1800))`.";
