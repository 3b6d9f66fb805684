import {
  Check,
  Judge,
  PASS,
  absent,
  all,
  any,
  atLeast,
  best,
  fail,
  from,
  given,
  has,
  is,
  spread,
  worst,
} from "./check";
import { Config, blocks, read } from "./plan";

const TABLE = "aws_dynamodb_table";
const CACHE = "aws_elasticache_replication_group";
const FILES = "aws_efs_file_system";
const BUCKET = "aws_s3_bucket";

const inSelection = from("aws_backup_selection", "resources");

/** Whether a schedule runs at least once a day. */
function isDaily(schedule: unknown): boolean {
  const [, kind, text = ""] = /^(rate|cron)\((.*)\)$/.exec(String(schedule)) ?? [];
  if (kind === "rate") return /hour|minute|^1 day/.test(text);
  const [, , day, month, weekday] = text.split(" ");
  return [day, month, weekday].every((field) => field === "*" || field === "?");
}

/** Whether reads or writes of a table follow its load. */
const scales = (kind: "Read" | "Write"): Judge =>
  from(
    "aws_appautoscaling_target",
    "resource_id",
    all(
      has("scalable_dimension", is(`dynamodb:table:${kind}CapacityUnits`)),
      from("aws_appautoscaling_policy", "resource_id"),
    ),
  );

/** Days that one of the rules of a lifecycle has, and is on. */
const inRule =
  (path: string): Judge =>
  (resource, plan) =>
    best(
      blocks(resource.config, "rule").map((_, at) =>
        all(has(`rule.${at}.status`, is("Enabled")), has(`rule.${at}.${path}`, atLeast(1)))(resource, plan),
      ),
    );

/** Reliability checks of what else holds data: rows 19 to 50 of the list, where the library defines their resources. */
export const STORES: readonly Check[] = [
  {
    row: "19",
    types: [TABLE],
    expects: "point-in-time recovery",
    judge: has("point_in_time_recovery.enabled", is(true)),
  },
  {
    row: "20",
    types: [TABLE],
    expects: "`deletion_protection_enabled`",
    judge: has("deletion_protection_enabled", is(true)),
  },
  {
    row: "21",
    types: [TABLE],
    expects: "capacity that follows demand",
    judge: any(has("billing_mode", is("PAY_PER_REQUEST")), all(scales("Read"), scales("Write"))),
  },
  { row: "22", types: [TABLE], expects: "a backup plan", judge: inSelection },
  {
    row: "24",
    types: [TABLE],
    expects: "point-in-time recovery of each replica",
    only: ({ config }) => blocks(config, "replica").length > 0,
    judge: ({ config }, plan) =>
      worst(
        blocks(config, "replica").map((replica: Config) =>
          has("point_in_time_recovery", is(true))({ type: "replica", address: "replica", config: replica }, plan),
        ),
      ),
  },
  {
    row: "25",
    types: [CACHE],
    expects: "failover by itself",
    judge: has("automatic_failover_enabled", is(true)),
  },
  {
    row: "26",
    types: [CACHE],
    expects: "a replica in another zone",
    judge: all(
      has("multi_az_enabled", is(true)),
      any(has("num_cache_clusters", atLeast(2)), has("replicas_per_node_group", atLeast(1))),
    ),
  },
  {
    row: "27",
    types: [CACHE, "aws_elasticache_serverless_cache"],
    expects: "snapshots of 15 days",
    judge: has("snapshot_retention_limit", atLeast(15)),
  },
  {
    row: "28",
    types: [CACHE],
    expects: "minor versions by itself, written out",
    judge: has("auto_minor_version_upgrade", is(true)),
  },
  { row: "29", types: [CACHE], expects: "a final snapshot", judge: has("final_snapshot_identifier", given) },
  {
    row: "35",
    types: [FILES],
    expects: "data in several zones, and a mount target in two",
    judge: all(has("availability_zone_name", absent), (resource, plan) =>
      spread(plan.about(resource, "aws_efs_mount_target").map(({ config }) => plan.zoneOf(config.subnet_id))),
    ),
  },
  {
    row: "36",
    types: [FILES],
    expects: "a backup plan, or the backups of EFS",
    judge: any(
      inSelection,
      from("aws_efs_backup_policy", "file_system_id", has("backup_policy.status", is("ENABLED"))),
    ),
  },
  {
    row: "38",
    types: ["aws_launch_template"],
    expects: "a path to EBS of its own",
    judge: has("ebs_optimized", is(true)),
  },
  {
    row: "40",
    types: [BUCKET],
    expects: "versions",
    judge: from("aws_s3_bucket_versioning", "bucket", has("versioning_configuration.status", is("Enabled"))),
  },
  {
    row: "41",
    types: ["aws_s3_bucket_replication_configuration"],
    expects: "rules that are on",
    judge: (resource, plan) =>
      worst(blocks(resource.config, "rule").map((_, at) => has(`rule.${at}.status`, is("Enabled"))(resource, plan))),
  },
  {
    row: "42",
    types: ["aws_s3_bucket_object_lock_configuration"],
    expects: "days for every object",
    judge: any(has("rule.default_retention.days", atLeast(1)), has("rule.default_retention.years", atLeast(1))),
  },
  {
    row: "43",
    types: [BUCKET],
    expects: "an end of what was begun, and of old versions",
    judge: from(
      "aws_s3_bucket_lifecycle_configuration",
      "bucket",
      all(
        inRule("abort_incomplete_multipart_upload.days_after_initiation"),
        inRule("noncurrent_version_expiration.noncurrent_days"),
      ),
    ),
  },
  { row: "44", types: [BUCKET], expects: "no `force_destroy`", judge: has("force_destroy", is(false)) },
  {
    row: "45",
    types: ["aws_backup_plan"],
    expects: "a rule that runs daily and keeps 35 days",
    judge: ({ config }) =>
      blocks(config, "rule").some(
        (rule) => isDaily(rule.schedule) && Number(read(rule, "lifecycle.delete_after") ?? Infinity) >= 35,
      )
        ? PASS
        : fail("no rule does both"),
  },
  {
    row: "46",
    types: ["aws_backup_vault"],
    expects: "a lock",
    judge: from("aws_backup_vault_lock_configuration", "backup_vault_name", has("min_retention_days", atLeast(1))),
  },
  {
    row: "49",
    types: ["aws_kms_key"],
    expects: "30 days before it is gone, and in use",
    judge: all(has("deletion_window_in_days", is(30)), has("is_enabled", is(true))),
  },
];
