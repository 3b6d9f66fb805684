import { Duration, inWords } from "../core/duration";
import { Figure } from "../core/figure";
import { Recovery } from "../core/recovery";

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

/**
 * How a service recovers that keeps what it is given in three zones by itself, before it answers.
 *
 * The RTO is what its clients see: requests that hit the lost zone fail, and are sent again.
 */
export function storedAcrossZones(source: string): Recovery {
  return {
    mechanism: "storage across zones",
    rpo: { value: "0 seconds", basis: "vendor-typical", source },
    rto: { value: "30 seconds", basis: "assumed", source: "clients try again; a game day measures it" },
    selfHealing: true,
  };
}

/** What no measurement of a replica that is told afterwards can get below. */
export const ASYNCHRONOUS: Figure<Duration> = {
  value: "1 second",
  basis: "assumed",
  source: "a write is answered before the replica has it",
};
