import { Duration } from "./duration";
import { Figure } from "./figure";
import { Recovery } from "./recovery";

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
