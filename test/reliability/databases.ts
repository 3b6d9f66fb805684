import { Check, PASS, all, atLeast, between, fail, from, given, has, is, spread, through } from "./check";
import { Resource, blocks, mayBe, read } from "./plan";

const INSTANCE = "aws_db_instance";
const MEMBER = "aws_rds_cluster_instance";
const CLUSTER = "aws_rds_cluster";

/** It follows one that has a final snapshot. */
const isFollower = ({ config }: Resource) =>
  config.replicate_source_db !== undefined || config.replication_source_identifier !== undefined;

const isAurora = ({ config }: Resource) => mayBe(config.engine, /^aurora/);

/** A Multi-AZ DB cluster has its instances inside; of Aurora they are resources of their own. */
const hasInstances = ({ type, config }: Resource) => type !== CLUSTER || mayBe(config.engine, /^(?!aurora)/);

/** What production keeps, as the list has it. */
const BACKUP_DAYS = between(14, 35);

/** The parameters of a group that makes slow and changing statements visible. */
const logsStatements = ({ config }: Resource) => {
  const names = blocks(config, "parameter").map(({ name }) => name);
  const missing = ["log_statement", "log_min_duration_statement"].filter((name) => !names.includes(name));
  return missing.length === 0 ? PASS : fail(`its parameters lack ${missing.join(", ")}`);
};

/** Reliability checks of relational databases: rows 1 to 18 of the list. */
export const DATABASES: readonly Check[] = [
  { row: "1", types: [INSTANCE], expects: "a standby in another zone", judge: has("multi_az", is(true)) },
  {
    row: "2",
    types: [INSTANCE],
    expects: "automated backups of 14 to 35 days",
    judge: has("backup_retention_period", BACKUP_DAYS),
  },
  { row: "3", types: [INSTANCE], expects: "`deletion_protection`", judge: has("deletion_protection", is(true)) },
  { row: "4", types: [INSTANCE], expects: "tags on snapshots", judge: has("copy_tags_to_snapshot", is(true)) },
  {
    row: "5",
    types: [INSTANCE, MEMBER],
    expects: "minor versions by itself, written out",
    judge: has("auto_minor_version_upgrade", is(true)),
  },
  {
    row: "6",
    types: [INSTANCE, MEMBER, CLUSTER],
    expects: "enhanced monitoring, with its role",
    only: hasInstances,
    judge: all(has("monitoring_interval", between(1, 60)), has("monitoring_role_arn", given)),
  },
  {
    row: "7",
    types: [INSTANCE, MEMBER, CLUSTER],
    expects: "Performance Insights",
    only: hasInstances,
    judge: has("performance_insights_enabled", is(true)),
  },
  { row: "8", types: [INSTANCE], expects: "its logs exported", judge: has("enabled_cloudwatch_logs_exports", given) },
  {
    row: "9",
    types: [INSTANCE],
    expects: "slow and changing statements logged",
    only: ({ config }) => mayBe(config.engine, /^postgres$/),
    judge: through("parameter_group_name", logsStatements),
  },
  {
    row: "10",
    types: [INSTANCE, CLUSTER],
    expects: "a final snapshot",
    only: (resource) => !isFollower(resource),
    judge: all(has("skip_final_snapshot", is(false)), has("final_snapshot_identifier", given)),
  },
  {
    row: "11",
    types: [INSTANCE],
    expects: "storage that grows",
    judge: (resource, plan) =>
      has("max_allocated_storage", atLeast(Number(resource.config.allocated_storage ?? 0) + 1))(resource, plan),
  },
  { row: "12", types: [CLUSTER], expects: "`deletion_protection`", judge: has("deletion_protection", is(true)) },
  {
    row: "13",
    types: [CLUSTER],
    expects: "automated backups of 14 to 35 days",
    judge: has("backup_retention_period", BACKUP_DAYS),
  },
  {
    row: "14",
    types: [CLUSTER],
    expects: "two instances in two zones",
    only: isAurora,
    judge: (resource, plan) =>
      spread(plan.about(resource, MEMBER).map(({ config }) => read(config, "availability_zone") as string)),
  },
  {
    row: "15",
    types: [CLUSTER],
    expects: "backtrack, of MySQL",
    only: ({ config }) => mayBe(config.engine, /^aurora-mysql$/),
    judge: has("backtrack_window", atLeast(1)),
  },
  { row: "16", types: [CLUSTER], expects: "tags on snapshots", judge: has("copy_tags_to_snapshot", is(true)) },
  { row: "17", types: [INSTANCE, CLUSTER], expects: "a backup plan", judge: from("aws_backup_selection", "resources") },
  { row: "18", types: [CLUSTER], expects: "its logs exported", judge: has("enabled_cloudwatch_logs_exports", given) },
];
