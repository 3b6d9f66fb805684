import { Procedure, ProcedureStep, Procedures } from "../../core/procedure";
import { RestorableAurora } from "./aurora-steps";
import { MYSQL_CARE } from "../rds/mysql-care";
import { POSTGRES_CARE } from "../postgres/postgres-care";
import { schemaMigration } from "../rds/schema-migration";

/** What people do with a cluster now and then. */
export function auroraProcedures(of: RestorableAurora) {
  const { identifier, region, engine } = of;
  const snapshot = `aws rds create-db-cluster-snapshot --region ${region} --db-cluster-identifier ${identifier} --db-cluster-snapshot-identifier ${identifier}-before-contract`;
  return {
    schemaMigration: schemaMigration(engine, snapshot),
    majorUpgrade: of.follower ? globalUpgrade(of, of.follower.global) : majorUpgrade(of),
    ...(engine === "postgresql" ? POSTGRES_CARE : MYSQL_CARE),
  } satisfies Procedures;
}

function targets({ identifier, region, engine }: RestorableAurora): string {
  const version = `$(aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query 'DBClusters[0].EngineVersion' --output text)`;
  return `aws rds describe-db-engine-versions --region ${region} --engine aurora-${engine} --engine-version ${version} --query 'DBEngineVersions[0].ValidUpgradeTarget[?IsMajorVersionUpgrade].EngineVersion'`;
}

/** What comes before an upgrade: where to, and what it will be like. A clone costs little, since it shares the storage. */
function preparation(of: RestorableAurora): ProcedureStep[] {
  const { identifier, region, engine, instanceClass, subnets } = of;
  const copy = `${identifier}-rehearsal`;
  return [
    { do: "Which versions can it go to? Read their notes, and keep one in VERSION.", sh: targets(of) },
    {
      do: "Rehearse it on a clone, take the time, and run the tests of the service against it. Then delete the clone.",
      sh: [
        `aws rds restore-db-cluster-to-point-in-time --region ${region} --source-db-cluster-identifier ${identifier} --db-cluster-identifier ${copy} --restore-type copy-on-write --use-latest-restorable-time --db-subnet-group-name ${subnets}`,
        `aws rds create-db-instance --region ${region} --db-cluster-identifier ${copy} --db-instance-identifier ${copy}-1 --engine aurora-${engine} --db-instance-class ${instanceClass}`,
        `aws rds wait db-instance-available --region ${region} --db-instance-identifier ${copy}-1`,
        `aws rds modify-db-cluster --region ${region} --db-cluster-identifier ${copy} --engine-version "$VERSION" --allow-major-version-upgrade --apply-immediately`,
      ].join("\n"),
    },
  ];
}

function majorUpgrade(of: RestorableAurora): Procedure {
  const statistics =
    of.engine === "postgresql" ? [{ do: "Statistics are gone: let them be made.", sql: "ANALYZE;" }] : [];
  return {
    title: "Upgrade to another major version",
    why: "All instances are upgraded together, and serve nothing for some minutes. There is no way back but a restore, which loses what was written since. AWS refuses its blue/green deployments while it manages the password; to use one, write `logicalReplication: true` and restart, and take the password over for the time.",
    steps: [
      ...preparation(of),
      {
        do: "In the window, apply this with the code: the new `engineVersion`, `database.cluster.allowMajorVersionUpgrade = true`, `database.cluster.dbInstanceParameterGroupName = database.parameters.name`, `database.cluster.applyImmediately = true`. The plan must say that the cluster is updated in place.",
      },
      ...statistics,
      { do: "Look at the slowest statements, and take the three lines out again." },
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html",
  };
}

function globalUpgrade(of: RestorableAurora, global: string): Procedure {
  return {
    title: "Upgrade a global database to another major version",
    why: "Both regions are upgraded together, by the global database: neither cluster alone can be. They serve nothing for some minutes, and there is no way back but a restore, which loses what was written since.",
    steps: [
      ...preparation(of),
      {
        do: "In the window, upgrade both.",
        sh: `aws rds modify-global-cluster --region ${of.region} --global-cluster-identifier ${global} --engine-version "$VERSION" --allow-major-version-upgrade`,
      },
      {
        do: "AWS has put both clusters on parameter groups of its own. Say the new `engineVersion` in the code, and apply it: TLS is asked for again, and what is slow is logged again. The plan must replace no cluster.",
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html",
  };
}
