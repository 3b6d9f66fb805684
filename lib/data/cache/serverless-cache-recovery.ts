import { Recoveries, Recovery } from "../../core/recovery";
import { CacheEngine, Holding } from "./cache-props";
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

/** What a restore needs to know of a cache without nodes. */
interface RestorableServerless {
  readonly name: string;
  readonly region: string;
  readonly engine: CacheEngine;
  readonly majorEngineVersion: string;
  readonly holds: Holding;
  readonly userGroup: string;
  readonly maxGb: number;
  readonly maxEcpuPerSecond: number;
}

function fromSnapshot(of: RestorableServerless): Recovery {
  const { name, region, engine, majorEngineVersion, userGroup, maxGb, maxEcpuPerSecond } = of;
  const restored = `${name.slice(0, 31)}-restored`;
  const has = (what: string) =>
    `$(aws elasticache describe-serverless-caches --region ${region} --serverless-cache-name ${name} --query 'ServerlessCaches[0].${what}' --output text)`;
  return snapshotRestore(maxGb, [
    `Find the last good snapshot, and keep its ARN for the commands below; this is the newest one: \`SNAPSHOT=$(aws elasticache describe-serverless-cache-snapshots --region ${region} --serverless-cache-name ${name} --query 'sort_by(ServerlessCacheSnapshots,&CreateTime)[-1].ARN' --output text)\`.`,
    `Restore beside what is there: \`aws elasticache create-serverless-cache --region ${region} --serverless-cache-name ${restored} --engine ${engine} --major-engine-version ${majorEngineVersion} --snapshot-arns-to-restore "$SNAPSHOT" --subnet-ids ${has("SubnetIds")} --security-group-ids ${has("SecurityGroupIds")} --kms-key-id ${has("KmsKeyId")} --user-group-id ${userGroup} --cache-usage-limits 'DataStorage={Maximum=${maxGb},Unit=GB},ECPUPerSecond={Maximum=${maxEcpuPerSecond}}'\`.`,
    `Wait until it is available: \`until aws elasticache describe-serverless-caches --region ${region} --serverless-cache-name ${restored} --query 'ServerlessCaches[0].Status' --output text | grep available; do sleep 30; done\`.`,
    "Let the service use its endpoint; compare it with the plan.",
  ]);
}

/** How a cache without nodes comes back: from a lost zone by itself; from bad values as any cache. */
export function serverlessRecovers(of: RestorableServerless): Recoveries {
  const { holds } = of;
  const others = otherZones(holds);
  return {
    instance: [others],
    zone: [others],
    corruption: [holds === "copies" ? FORGOTTEN : fromSnapshot(of)],
  };
}
