import { Duration, inWords } from "../core/duration";
import { Figure } from "../core/figure";

/** What a restore moves in an hour where nobody has measured it. */
export const GIB_PER_HOUR: Figure = {
  value: 100,
  basis: "assumed",
  source: "default of sre-constructs; a restore test measures it",
};

/** How long a restore of that size takes. */
export function restoreTime(sizeGib: number): Figure<Duration> {
  return {
    value: inWords(Math.ceil((sizeGib / GIB_PER_HOUR.value) * 60) * 60),
    basis: "assumed",
    source: `${sizeGib} GiB at ${GIB_PER_HOUR.value} GiB an hour`,
  };
}
