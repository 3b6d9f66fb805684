import { Procedure, Procedures } from "../../core/procedure";
import { POSTGRES_CARE } from "./postgres-care";
import { RestorableCluster } from "./postgres-cluster-recovery";
import { AFTER_UPGRADE, beforeUpgrade } from "./postgres-upgrade";
import { schemaMigration } from "../rds/schema-migration";

/** What people do with a cluster now and then. */
export function postgresClusterProcedures(of: RestorableCluster) {
  const { identifier, region } = of;
  const snapshot = `aws rds create-db-cluster-snapshot --region ${region} --db-cluster-identifier ${identifier} --db-cluster-snapshot-identifier ${identifier}-before-contract`;
  return {
    schemaMigration: schemaMigration("postgresql", snapshot),
    majorUpgrade: majorUpgrade(of),
    ...POSTGRES_CARE,
  } satisfies Procedures;
}

function majorUpgrade(of: RestorableCluster): Procedure {
  const { identifier, region, instanceClass, storageType, iops, subnets } = of;
  const copy = `${identifier}-rehearsal`;
  const version = `$(aws rds describe-db-clusters --region ${region} --db-cluster-identifier ${identifier} --query 'DBClusters[0].EngineVersion' --output text)`;
  return {
    title: "Upgrade to another major version",
    why: "All three instances are upgraded together, and serve nothing for some minutes. There is no way back but a restore, which loses what was written since. AWS makes no blue/green deployment of a Multi-AZ DB cluster: where minutes are too much, let a second cluster follow by logical replication (`logicalReplication: true`). 18 stands for the version that you go to.",
    steps: [
      ...beforeUpgrade(region, version),
      {
        do: "Rehearse it on a copy, take the time, and run the tests of the service against it. Then delete the copy.",
        sh: [
          `aws rds restore-db-cluster-to-point-in-time --region ${region} --source-db-cluster-identifier ${identifier} --db-cluster-identifier ${copy} --use-latest-restorable-time --db-cluster-instance-class ${instanceClass} --storage-type ${storageType} --iops ${iops} --db-subnet-group-name ${subnets} --no-publicly-accessible`,
          `aws rds wait db-cluster-available --region ${region} --db-cluster-identifier ${copy}`,
          `aws rds modify-db-cluster --region ${region} --db-cluster-identifier ${copy} --engine-version 18 --db-cluster-parameter-group-name default.postgres18 --allow-major-version-upgrade --apply-immediately`,
        ].join("\n"),
      },
      {
        do: 'In the window, apply this with the code: `engineVersion: "18"`, `database.cluster.allowMajorVersionUpgrade = true`, `database.cluster.applyImmediately = true`. The plan must say that the cluster is updated in place; RDS takes a snapshot first.',
      },
      AFTER_UPGRADE,
      { do: "Take `allowMajorVersionUpgrade` and `applyImmediately` out again." },
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-upgrading.html",
  };
}
