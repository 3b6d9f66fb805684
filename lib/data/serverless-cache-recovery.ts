import { Recoveries, Recovery } from "../core/recovery";
import { Holding } from "./cache-props";
import { FORGOTTEN, newestLost, snapshotRestore } from "./cache-recovery";

/** It is in several zones, and replicated after it is answered. */
function otherZones(holds: Holding): Recovery {
  return {
    mechanism: "copies in other zones",
    ...newestLost(holds, {
      value: "5 seconds",
      basis: "assumed",
      source:
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.corecomponents.html (replicated afterwards)",
    }),
    rto: { value: "60 seconds", basis: "assumed", source: "clients connect again; a game day measures it" },
    selfHealing: true,
  };
}

function fromSnapshot(name: string, sizeGib: number): Recovery {
  return snapshotRestore(sizeGib, [
    `Find the last good snapshot: \`aws elasticache describe-serverless-cache-snapshots --serverless-cache-name ${name}\`.`,
    "Make a cache of it beside the one that is there, with the same subnets, groups and key: `aws elasticache create-serverless-cache --snapshot-arns-to-restore`.",
    "Let the service use its endpoint; compare it with the plan.",
  ]);
}

/** How a cache without nodes comes back: from a lost zone by itself; from bad values as any cache. */
export function serverlessRecovers(name: string, holds: Holding, sizeGib: number): Recoveries {
  const others = otherZones(holds);
  return {
    instance: [others],
    zone: [others],
    corruption: [holds === "copies" ? FORGOTTEN : fromSnapshot(name, sizeGib)],
  };
}
