import { Sla } from "../core/declarations";
import { inWords } from "../core/duration";
import { Figure } from "../core/figure";
import { Recoveries, Recovery } from "../core/recovery";

const NOTHING: Figure<"0 seconds"> = {
  value: "0 seconds",
  basis: "vendor-typical",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
};

const FAILOVER: Recovery = {
  mechanism: "Multi-AZ failover",
  rpo: NOTHING,
  rto: {
    value: "120 seconds",
    basis: "vendor-typical",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html (60 to 120 seconds)",
  },
  selfHealing: true,
};

/** What a restore moves in an hour where nobody has measured it. */
const GIB_PER_HOUR: Figure = {
  value: 100,
  basis: "assumed",
  source: "default of sre-constructs; a restore test measures it",
};

function pointInTime(storageGib: number): Recovery {
  return {
    mechanism: "point-in-time restore",
    rpo: {
      value: "5 minutes",
      basis: "vendor-typical",
      source:
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html (logs are uploaded every 5 minutes)",
    },
    rto: {
      value: inWords(Math.ceil((storageGib / GIB_PER_HOUR.value) * 60) * 60),
      basis: "assumed",
      source: `${storageGib} GiB at ${GIB_PER_HOUR.value} GiB an hour`,
    },
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
  };
}

/** How an instance comes back: by its standby where it has one, else by a restore; from bad data only by a restore. */
export function postgresRecovers(standby: boolean, storageGib: number): Recoveries {
  const restore = pointInTime(storageGib);
  const fromLoss = standby ? [FAILOVER, restore] : [restore];
  return { instance: fromLoss, zone: fromLoss, corruption: [restore] };
}

/** What AWS promises of an instance, with its standby or alone. */
export function postgresSla(standby: boolean): Sla {
  return {
    value: standby ? 99.95 : 99.5,
    basis: "sla",
    condition: standby ? "Multi-AZ" : "Single-AZ",
    source: "https://aws.amazon.com/rds/sla/",
    asOf: "2026-11-01",
  };
}
