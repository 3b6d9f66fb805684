import { Duration, moving } from "./duration";
import { Figure } from "./figure";

/** What a restore moves in an hour where nobody has measured it. */
export const GIB_PER_HOUR: Figure = {
  value: 100,
  basis: "assumed",
  source: "default of sre-constructs; a restore test measures it",
};

/** How long a restore of that size takes. */
export function restoreTime(sizeGib: number): Figure<Duration> {
  return {
    value: moving(sizeGib, GIB_PER_HOUR.value),
    basis: "assumed",
    source: `${sizeGib} GiB at ${GIB_PER_HOUR.value} GiB an hour`,
  };
}
