import { Procedure, ProcedureStep } from "../../core/procedure";
import { RestorablePostgres, handOver } from "./postgres-recovery";

const NO_KEY =
  "SELECT oid::regclass FROM pg_class\nWHERE relkind = 'r' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')\n  AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = pg_class.oid AND indisprimary);";

/** What comes before an upgrade in place: where to, and what would stop it. `version` is a command that tells its own. */
export function beforeUpgrade(region: string, version: string): ProcedureStep[] {
  return [
    {
      do: "Which versions can it go to? Read their notes, and those of the extensions.",
      sh: `aws rds describe-db-engine-versions --region ${region} --engine postgres --engine-version ${version} --query 'DBEngineVersions[0].ValidUpgradeTarget[?IsMajorVersionUpgrade].EngineVersion'`,
      sql: "SELECT extname, extversion FROM pg_extension;",
    },
    {
      do: "What would stop it? Prepared transactions and slots must be gone.",
      sql: "SELECT gid FROM pg_prepared_xacts;\nSELECT slot_name FROM pg_replication_slots;",
    },
  ];
}

/** What comes after an upgrade in place. */
export const AFTER_UPGRADE: ProcedureStep = {
  do: "Statistics are gone, and extensions are as they were: run what the second statement writes.",
  sql: "ANALYZE;\nSELECT format('ALTER EXTENSION %I UPDATE;', extname) FROM pg_extension;",
};

/** In place: the simplest one, with minutes in which nothing is served. */
export function majorUpgrade({ identifier, region, subnets }: RestorablePostgres): Procedure {
  const copy = `${identifier}-rehearsal`;
  const version = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${identifier} --query 'DBInstances[0].EngineVersion' --output text)`;
  return {
    title: "Upgrade to another major version, in place",
    why: "For a service that may stand still for some minutes in its maintenance window. There is no way back but a restore, which loses what was written since. Where that is too much, see `blueGreenUpgrade` (a minute) and `logicalReplicationUpgrade` (seconds, and a way back). 18 stands for the version that you go to.",
    steps: [
      ...beforeUpgrade(region, version),
      {
        do: "Rehearse it on a copy, take the time, and run the tests of the service against it. Then delete the copy.",
        sh: [
          `aws rds restore-db-instance-to-point-in-time --region ${region} --source-db-instance-identifier ${identifier} --target-db-instance-identifier ${copy} --use-latest-restorable-time --db-subnet-group-name ${subnets} --no-publicly-accessible`,
          `aws rds wait db-instance-available --region ${region} --db-instance-identifier ${copy}`,
          `aws rds modify-db-instance --region ${region} --db-instance-identifier ${copy} --engine-version 18 --db-parameter-group-name default.postgres18 --allow-major-version-upgrade --apply-immediately`,
        ].join("\n"),
      },
      {
        do: 'In the window, apply this with the code: `engineVersion: "18"`, `database.instance.allowMajorVersionUpgrade = true`, `database.instance.applyImmediately = true`. The plan must say that it is updated in place; RDS takes a snapshot first.',
      },
      AFTER_UPGRADE,
      { do: "Take `allowMajorVersionUpgrade` and `applyImmediately` out again." },
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html",
  };
}

/** A copy that follows, is tested and takes over. */
export function blueGreenUpgrade(of: RestorablePostgres): Procedure {
  const { identifier, region } = of;
  const name = `${identifier}-18`;
  const arn = `$(aws rds describe-db-instances --region ${region} --db-instance-identifier ${identifier} --query 'DBInstances[0].DBInstanceArn' --output text)`;
  const deployment = `$(aws rds describe-blue-green-deployments --region ${region} --filters Name=blue-green-deployment-name,Values=${name} --query 'BlueGreenDeployments[0].BlueGreenDeploymentIdentifier' --output text)`;
  return {
    title: "Upgrade to another major version, blue and green",
    why: "For a service that may stand still for a minute. A copy (green) follows the database (blue), can be tested at leisure, and takes its name and address. What is written to green before that is lost. 18 stands for the version that you go to.",
    steps: [
      {
        do: "AWS refuses this while it manages the password. Take the password over for the time, with a sensitive variable: `database.instance.resetManageMasterUserPassword()`, `database.instance.resetMasterUserSecretKmsKeyId()`, `database.instance.passwordWo = password.stringValue`, `database.instance.passwordWoVersion = 1`. Clients must read it from you.",
      },
      {
        do: "Green follows by logical replication. Is it on? Else write `logicalReplication: true`, and restart in the window.",
        sql: "SHOW rds.logical_replication;",
      },
      { do: "Tables without a primary key do not follow. Is there one? Give it a key.", sql: NO_KEY },
      {
        do: "Make green. From here on, change nothing of the schema until it is over.",
        sh: `aws rds create-blue-green-deployment --region ${region} --blue-green-deployment-name ${name} --source ${arn} --target-engine-version 18 --target-db-parameter-group-name default.postgres18`,
      },
      { do: "Test green: read from it, measure the slowest statements, let statistics be made.", sql: "ANALYZE;" },
      {
        do: "Switch over at a quiet time. RDS waits until green has everything, and gives up after five minutes.",
        sh: `aws rds switchover-blue-green-deployment --region ${region} --blue-green-deployment-identifier ${deployment} --switchover-timeout 300`,
      },
      { do: `Say so in the code: \`engineVersion: "18"\`. ${handOver(of)}` },
      {
        do: `Give the password back to RDS. Keep blue, \`${identifier}-old1\`, until nobody would want it back, then delete it.`,
        sh: [
          `aws rds delete-blue-green-deployment --region ${region} --blue-green-deployment-identifier ${deployment}`,
          `aws rds modify-db-instance --region ${region} --db-instance-identifier ${identifier}-old1 --no-deletion-protection --apply-immediately`,
          `aws rds delete-db-instance --region ${region} --db-instance-identifier ${identifier}-old1 --final-db-snapshot-identifier ${identifier}-old1-final`,
        ].join("\n"),
      },
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html",
  };
}

/** A second database beside it, which can follow in either direction. */
export function logicalReplicationUpgrade({ identifier, region }: RestorablePostgres): Procedure {
  return {
    title: "Upgrade to another major version, by logical replication",
    why: "For a service that may not stand still for longer than its clients try again, or that wants a way back after the upgrade. A second database follows the first one. It takes the most work, and works between any two versions.",
    steps: [
      {
        do: "Tables need a primary key; sequences, large objects and changes of the schema do not follow. Which tables have none?",
        sql: NO_KEY,
      },
      {
        do: "Turn logical replication on, `logicalReplication: true`, and restart in the window.",
        sh: `aws rds reboot-db-instance --region ${region} --db-instance-identifier ${identifier} --force-failover`,
      },
      {
        do: "Make the second database in the code, beside the first one: a `Postgres` with the new `engineVersion`, that may reach the first one. Then copy the schema; OLD and NEW are their connection strings.",
        sh: 'pg_dump --schema-only --no-owner "$OLD" | psql "$NEW"',
      },
      { do: "On the old one, offer everything.", sql: "CREATE PUBLICATION upgrade FOR ALL TABLES;" },
      {
        do: "On the new one, take it. The copy of what is there takes as long as a restore.",
        sql: "CREATE SUBSCRIPTION upgrade CONNECTION 'host=old dbname=orders user=dbadmin password=secret sslmode=verify-full' PUBLICATION upgrade;",
      },
      {
        do: "On the old one, watch it come near. The signal `replicationSlot` rings where it does not.",
        sql: "SELECT slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)) AS behind\nFROM pg_replication_slots;",
      },
      {
        do: "Stop the writers. When nothing is behind any more, carry the sequences over: run on the new one what this writes on the old one.",
        sql: "SELECT format('SELECT setval(%L, %s);', quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value + 1000)\nFROM pg_sequences WHERE last_value IS NOT NULL;",
      },
      {
        do: "For a way back, let the old one follow the new one from now on: the same, in the other direction, with `copy_data = false`. Then let the writers use the new one.",
        sql: "DROP SUBSCRIPTION upgrade;",
      },
      {
        do: "When nobody would want to go back, end the replication, and take the first database out of the code. It refuses to be deleted until its protection is off, in an apply of its own.",
      },
    ],
    source: "https://www.postgresql.org/docs/current/logical-replication.html",
  };
}
