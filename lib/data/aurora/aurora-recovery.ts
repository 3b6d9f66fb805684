import { Sla } from "../../core/declarations";
import { Duration } from "../../core/duration";
import { Figure } from "../../core/figure";
import { Zone } from "../../core/network";
import { Recoveries, Recovery } from "../../core/recovery";
import {
  RestorableAurora,
  Standby,
  stepsBacktrack,
  stepsBeside,
  stepsFromRegion,
  stepsInOtherZone,
  stepsToRegion,
} from "./aurora-steps";
import { RdsFaults, clusterFaults } from "../rds/rds-faults";
import { pointInTime } from "../rds/rds-recovery";

const HA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html";
const GLOBAL =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html";

/** The storage is in three zones, whatever becomes of the instances. */
const NOTHING: Figure<"0 seconds"> = {
  value: "0 seconds",
  basis: "vendor-typical",
  source: `${HA} (six copies in three zones)`,
};

const FAILOVER: Recovery = {
  mechanism: "failover to a reader",
  rpo: NOTHING,
  rto: { value: "60 seconds", basis: "vendor-typical", source: `${HA} (under 60 seconds, often under 30)` },
  selfHealing: true,
};

/** What making an instance takes, from the vendor's word for an instance that is made again. */
const NEW_INSTANCE: Figure<"10 minutes"> = {
  value: "10 minutes",
  basis: "vendor-typical",
  source: `${HA} (less than 10 minutes)`,
};

const MADE_AGAIN: Recovery = {
  mechanism: "the writer is made again",
  rpo: NOTHING,
  rto: NEW_INSTANCE,
  selfHealing: true,
};

function inAnotherZone(of: RestorableAurora): Recovery {
  return {
    mechanism: "a writer in another zone",
    rpo: NOTHING,
    rto: NEW_INSTANCE,
    selfHealing: false,
    steps: stepsInOtherZone(of),
  };
}

function backtrack(of: RestorableAurora): Recovery {
  const source =
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html (to the second, in minutes)";
  return {
    mechanism: "backtrack",
    rpo: { value: "1 second", basis: "vendor-typical", source },
    rto: { value: "10 minutes", basis: "assumed", source },
    selfHealing: false,
    steps: stepsBacktrack(of),
  };
}

/** The lag is a second, and nobody promises it. */
export const GLOBAL_RPO: Figure<Duration> = {
  value: "5 seconds",
  basis: "vendor-typical",
  source: `${GLOBAL} (usually a second)`,
};

function otherRegion(of: RestorableAurora, follower: Standby): Recovery {
  return {
    mechanism: "failover of the global database",
    rpo: GLOBAL_RPO,
    rto: follower.waiting
      ? { value: "5 minutes", basis: "vendor-typical", source: `${GLOBAL} (minutes)` }
      : {
          value: "15 minutes",
          basis: "vendor-typical",
          source: `${GLOBAL} (minutes), after an instance is made there`,
        },
    selfHealing: false,
    steps: stepsToRegion(of, follower),
    failback: stepsFromRegion(of, follower),
  };
}

/**
 * How a cluster comes back: by a reader where it has one; from bad data by a restore, or wound back; from a lost region by
 * its follower.
 */
export function auroraRecovers(of: RestorableAurora): Recoveries {
  const restore = pointInTime(of.sizeGib, stepsBeside(of));
  return {
    instance: of.readers > 0 ? [FAILOVER, MADE_AGAIN] : [MADE_AGAIN],
    zone: of.readers > 0 ? [FAILOVER] : [inAnotherZone(of)],
    // A follower has the bad write within a second.
    corruption: [...(of.backtracks ? [backtrack(of)] : []), restore],
    ...(of.follower && { region: [otherRegion(of, of.follower)] }),
  };
}

/** What AWS promises of a cluster, in several zones or in one. */
export function auroraSla(readers: number): Sla {
  return {
    value: readers > 0 ? 99.99 : 99.9,
    basis: "sla",
    condition: readers > 0 ? "instances in two zones or more" : "instances in one zone",
    source: "https://aws.amazon.com/rds/aurora/sla/",
    asOf: "2026-11-01",
  };
}

/** A cluster with a reader is tested by a failover. */
export function auroraFaults(readers: number, clusterArn: string, zones: readonly Zone[]): RdsFaults {
  return readers === 0 ? {} : clusterFaults(FAILOVER.mechanism, clusterArn, zones);
}
