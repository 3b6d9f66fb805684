import { Sla } from "../../core/declarations";
import { Duration } from "../../core/duration";
import { Fault } from "../../core/fault";
import { Figure } from "../../core/figure";
import { MOMENT } from "../../core/moment";
import { Recoveries, Recovery } from "../../core/recovery";
import { GIB_PER_HOUR, restoreTime } from "../../core/restore";
import { ASYNCHRONOUS, storedAcrossZones } from "../../core/stored";

const GLOBAL = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html";
const STORED = storedAcrossZones(
  "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/disaster-recovery-resiliency.html",
);

/** How the regions of a table agree. */
export interface Regions {
  readonly replicas: readonly string[];
  readonly strong: boolean;
}

/** What a restore needs to know of a table. */
interface RestorableTable {
  readonly name: string;
  readonly region: string;
  readonly sizeGib: number;
}

function pointInTime({ name, region, sizeGib }: RestorableTable): Recovery {
  const restored = `${name}-restored`;
  const at = `--region ${region} --table-name ${restored}`;
  return {
    mechanism: "point-in-time restore",
    rpo: {
      value: "5 minutes",
      basis: "vendor-typical",
      source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
    },
    rto: restoreTime(sizeGib),
    selfHealing: false,
    gibPerHour: GIB_PER_HOUR,
    steps: [
      MOMENT,
      `Restore beside what is there: \`aws dynamodb restore-table-to-point-in-time --region ${region} --source-table-name ${name} --target-table-name ${restored} --restore-date-time "$MOMENT"\`.`,
      `Wait for it: \`until aws dynamodb wait table-exists ${at}; do sleep 30; done\`.`,
      "The restored table has no tags, alarms, scaling, stream, expiry or replicas: compare it with the plan.",
      "Copy the good items back, or let the service read the restored table by its name.",
    ],
  };
}

/** The replica is there and takes writes: what it takes is to send requests there, which is counted once a service. */
function replica({ replicas, strong }: Regions): Recovery {
  const at: Figure<Duration> = strong
    ? {
        value: "0 seconds",
        basis: "configured",
        source: `${GLOBAL} (strong: written in two regions before it is answered)`,
      }
    : {
        value: "5 seconds",
        basis: "vendor-typical",
        source: `${GLOBAL} (usually a second or less; nobody promises it)`,
      };
  return {
    mechanism: mechanismOf(strong),
    rpo: at,
    rto: { value: "0 seconds", basis: "configured", source: `${replicas.join(", ")} reads and writes all the time` },
    selfHealing: true,
    ...(!strong && { floor: { rpo: ASYNCHRONOUS } }),
    steps: [`Nothing has to be done: the table in ${replicas.join(" or ")} is read and written as ever.`],
  };
}

function mechanismOf(strong: boolean): string {
  return strong ? "strongly consistent replica" : "eventually consistent replica";
}

/** How a table comes back: a lost zone heals, a lost region needs a replica, bad data a restore. */
export function tableRecovers(regions: Regions, table: RestorableTable): Recoveries {
  return {
    instance: [STORED],
    zone: [STORED],
    ...(regions.replicas.length > 0 && { region: [replica(regions)] }),
    // A replica has the bad write within a second.
    corruption: [pointInTime(table)],
  };
}

/** What AWS promises of a table, in one region or in several. */
export function tableSla({ replicas }: Regions): Sla {
  const several = replicas.length > 0;
  return {
    value: several ? 99.999 : 99.99,
    basis: "sla",
    condition: several ? "a replica in another region" : "one region",
    source: "https://aws.amazon.com/dynamodb/sla/",
    asOf: "2026-11-01",
  };
}

/** A table in several regions is tested by keeping them apart. */
export function tableFaults({ replicas, strong }: Regions, tableArn: string): { readonly pausedReplication?: Fault } {
  if (replicas.length === 0) return {};
  return {
    pausedReplication: {
      scenario: "region",
      mechanism: mechanismOf(strong),
      action: "aws:dynamodb:global-table-pause-replication",
      parameters: { duration: "PT10M" },
      target: { key: "Tables", resourceType: "aws:dynamodb:global-table", arns: [tableArn], selection: "ALL" },
      region: { regions: replicas },
      does: `writes are not replicated between this region and ${replicas.join(", ")} for ten minutes`,
    },
  };
}
