import { Procedures } from "../../core/procedure";
import { CacheEngine } from "./cache-props";

/** What an upgrade needs to know of a cache. */
export interface UpgradableCache {
  readonly identifier: string;
  readonly region: string;
  readonly engine: CacheEngine;
  readonly family: string;
  readonly sharded: boolean;
}

/** What people do with a cache now and then. */
export function cacheProcedures({ identifier, region, engine, family, sharded }: UpgradableCache) {
  const [version, next] = family === "valkey8" ? ["9.0", "valkey9"] : ["8.1", "valkey8"];
  const on = `--region ${region} --replication-group-id ${identifier}`;
  const to = `--engine valkey --engine-version ${version} --cache-parameter-group-name default.${next}${sharded ? ".cluster.on" : ""}`;
  return {
    majorUpgrade: {
      title: engine === "redis" ? "Move to Valkey" : "Upgrade to another major version",
      why: "ElastiCache moves on to newer minor versions by itself, so Terraform leaves the version alone. A major one has another family of parameters: version and family must change in one step.",
      steps: [
        {
          do: "Take a snapshot first: there is no way back to the older version.",
          sh: `aws elasticache create-snapshot ${on} --snapshot-name ${identifier}-before-upgrade`,
        },
        {
          do: `Upgrade, here to ${version}, with the parameters that the new family has by default. It is read from all the while; writes fail for some seconds.`,
          sh: `aws elasticache modify-replication-group ${on} ${to} --apply-immediately\naws elasticache wait replication-group-available ${on}`,
        },
        {
          do: "Set `engine` and `engineVersion` to what it runs now, and apply: it gets parameters of its own again.",
        },
      ],
      source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html",
    },
  } satisfies Procedures;
}
