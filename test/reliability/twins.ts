import { Change } from "./change";

/** What a variable brings. */
export const LATER = "${var.later}";

const off = (at: string, of?: string): Change => ({ of, at, to: false });
const set = (at: string, to: unknown, of?: string): Change => ({ of, at, to });
const gone = (at: string, of?: string): Change => ({ of, at });
const without = (of: string): Change => ({ of });
const text = (at: string, from: string | RegExp, to: string, of?: string) =>
  set(at, (old: string) => old.replaceAll(new RegExp(from, "g"), to), of);

const LOG_EXPORTS = "enabled_cloudwatch_logs_exports";
const SELECTION = set("resources", [], "aws_backup_selection");
const SAME_ZONE = "eu-west-1a";
const ONE_SUBNET = ["subnet-private-a"];

/** The bad twins of each check: in each, all stands as it should but for one thing, which the check must find. */
export const TWINS: Readonly<Record<string, readonly Change[]>> = {
  "1": [off("multi_az"), gone("multi_az")],
  "2": [set("backup_retention_period", 7), gone("backup_retention_period")],
  "3": [off("deletion_protection"), gone("deletion_protection")],
  "4": [off("copy_tags_to_snapshot"), gone("copy_tags_to_snapshot")],
  "5": [off("auto_minor_version_upgrade"), gone("auto_minor_version_upgrade", "aws_rds_cluster_instance")],
  "6": [set("monitoring_interval", 0), gone("monitoring_role_arn"), set("monitoring_interval", 0, "aws_rds_cluster")],
  "7": [off("performance_insights_enabled"), gone("performance_insights_enabled", "aws_rds_cluster_instance")],
  "8": [set(LOG_EXPORTS, []), gone(LOG_EXPORTS)],
  "9": [set("parameter", [], "aws_db_parameter_group"), gone("parameter_group_name")],
  "10": [
    set("skip_final_snapshot", true),
    gone("final_snapshot_identifier"),
    gone("skip_final_snapshot", "aws_rds_cluster"),
  ],
  "11": [gone("max_allocated_storage"), set("max_allocated_storage", 100)],
  "12": [off("deletion_protection"), gone("deletion_protection")],
  "13": [set("backup_retention_period", 1), gone("backup_retention_period")],
  "14": [set("availability_zone", SAME_ZONE, "aws_rds_cluster_instance"), without("aws_rds_cluster_instance")],
  "15": [set("backtrack_window", 0), gone("backtrack_window")],
  "16": [off("copy_tags_to_snapshot"), gone("copy_tags_to_snapshot")],
  "17": [SELECTION],
  "18": [set(LOG_EXPORTS, []), gone(LOG_EXPORTS)],
  "19": [off("point_in_time_recovery.enabled"), gone("point_in_time_recovery")],
  "20": [off("deletion_protection_enabled"), gone("deletion_protection_enabled")],
  "21": [
    set("billing_mode", "PROVISIONED"),
    without("aws_appautoscaling_target"),
    without("aws_appautoscaling_policy"),
  ],
  "22": [SELECTION],
  "24": [off("replica.*.point_in_time_recovery"), gone("replica.*.point_in_time_recovery")],
  "25": [off("automatic_failover_enabled"), gone("automatic_failover_enabled")],
  "26": [off("multi_az_enabled"), set("num_cache_clusters", 1)],
  "27": [set("snapshot_retention_limit", 1), gone("snapshot_retention_limit", "aws_elasticache_serverless_cache")],
  "28": [off("auto_minor_version_upgrade"), gone("auto_minor_version_upgrade")],
  "29": [gone("final_snapshot_identifier")],
  "35": [set("availability_zone_name", SAME_ZONE), set("subnet_id", "subnet-data-a", "aws_efs_mount_target")],
  "36": [SELECTION],
  "38": [off("ebs_optimized"), gone("ebs_optimized")],
  "40": [
    without("aws_s3_bucket_versioning"),
    set("versioning_configuration.status", "Suspended", "aws_s3_bucket_versioning"),
  ],
  "41": [set("rule.*.status", "Disabled")],
  "42": [gone("rule.default_retention.days"), gone("rule")],
  "43": [
    without("aws_s3_bucket_lifecycle_configuration"),
    gone("rule.*.abort_incomplete_multipart_upload", "aws_s3_bucket_lifecycle_configuration"),
    gone("rule.*.noncurrent_version_expiration", "aws_s3_bucket_lifecycle_configuration"),
    set("rule.*.status", "Disabled", "aws_s3_bucket_lifecycle_configuration"),
  ],
  "44": [set("force_destroy", true), gone("force_destroy")],
  "45": [set("rule.*.schedule", "cron(0 1 1 * ? *)"), set("rule.*.lifecycle.delete_after", 34)],
  "46": [
    without("aws_backup_vault_lock_configuration"),
    gone("min_retention_days", "aws_backup_vault_lock_configuration"),
  ],
  "49": [set("deletion_window_in_days", 7), off("is_enabled")],
  "51": [set("vpc_zone_identifier", ONE_SUBNET), set("availability_zone", SAME_ZONE, "aws_subnet")],
  "52": [set("health_check_type", "EC2"), gone("health_check_type")],
  "53": [off("capacity_rebalance"), gone("capacity_rebalance")],
  "54": [set("mixed_instances_policy.launch_template.override", [{ instance_type: "m7g.large" }])],
  "55": [gone("launch_template"), gone("mixed_instances_policy"), set("launch_configuration", "old")],
  "56": [gone("default_cooldown")],
  "57": [
    without("aws_cloudwatch_event_rule"),
    text("event_pattern", "Launch Uns", "Launch S", "aws_cloudwatch_event_rule"),
  ],
  "58": [off("tag.*.propagate_at_launch"), set("tag", [])],
  "59": [off("monitoring.enabled"), gone("monitoring")],
  "61": [off("enable_deletion_protection"), gone("enable_deletion_protection")],
  "62": [off("enable_cross_zone_load_balancing"), gone("enable_cross_zone_load_balancing")],
  "63": [set("subnets", ONE_SUBNET), set("availability_zone", SAME_ZONE, "aws_subnet")],
  "64": [off("access_logs.enabled"), gone("access_logs")],
  "65": [gone("health_check.path"), set("health_check.protocol", "TCP"), gone("health_check")],
  "69": [set("setting.*.value", "disabled"), set("setting", [])],
  "70": [text("container_definitions", /"memory":\d+,?/.source, "")],
  "71": [
    text("container_definitions", "non-blocking", "blocking"),
    text("container_definitions", "logConfiguration", "log"),
  ],
  "72": [gone("dead_letter_config")],
  "73": [
    set("reserved_concurrent_executions", -1),
    set("reserved_concurrent_executions", 0),
    gone("reserved_concurrent_executions"),
  ],
  "74": [set("vpc_config.subnet_ids", ONE_SUBNET)],
  "75": [gone("timeout"), gone("memory_size"), set("runtime", "nodejs18.x")],
  "76": [gone("tracing_config")],
  "79": [gone("redrive_policy")],
  "80": [gone("redrive_policy")],
  "81": [gone("dead_letter_config")],
  "82": [set("logging_configuration.level", "ERROR"), off("tracing_configuration.enabled")],
  "84": [off("lifecycle.create_before_destroy"), gone("lifecycle")],
  "88": [
    off("actions_enabled"),
    gone("treat_missing_data"),
    set("alarm_actions", []),
    set("alarm_actions", [], "aws_cloudwatch_composite_alarm"),
    without("aws_fis_experiment_template"),
  ],
  "89": [set("retention_in_days", 30), gone("retention_in_days")],
  "90": [set("availability_zone", SAME_ZONE, "aws_subnet"), set("subnet_id", "subnet-public-a", "aws_nat_gateway")],
  "92": [off("alias.evaluate_target_health"), gone("alias.name")],
  "gap 2": [set("message_retention_seconds", 1_209_600)],
  "gap 3": [without("aws_cloudwatch_metric_alarm")],
  "gap 4": [text("redrive_policy", /"maxReceiveCount":\d+/.source, '"maxReceiveCount":1')],
  "gap 6": [gone("target.dead_letter_config")],
  "gap 12": [
    set("force_destroy", true),
    set("deletion_window_in_days", 7, "aws_kms_replica_key"),
    set("recovery_window_in_days", 0, "aws_secretsmanager_secret"),
  ],
  "gap 13": [off("lifecycle.prevent_destroy", "aws_db_instance"), gone("lifecycle", "aws_s3_bucket")],
  "gap 14": [set("min_size", 1), set("min_size", 2)],
  "gap 15": [
    set("subnet_ids", ONE_SUBNET, "aws_db_subnet_group"),
    set("subnet_ids", ONE_SUBNET, "aws_elasticache_subnet_group"),
    set("subnet_ids", ONE_SUBNET, "aws_elasticache_serverless_cache"),
    set("vpc_subnet_ids", ONE_SUBNET, "aws_db_proxy"),
  ],
  "gap 17": [
    off("instance_refresh.preferences.auto_rollback"),
    gone("instance_refresh"),
    gone("default_instance_warmup"),
    gone("health_check_grace_period"),
  ],
  "gap 20": [set("health_check_grace_period", 20), set("health_check.interval", 300, "aws_lb_target_group")],
  "gap 21": [set("health_check.healthy_threshold", 1), gone("health_check.unhealthy_threshold"), set("slow_start", 0)],
  "gap 23": [set("subnet_id", "subnet-public-a", "aws_nat_gateway")],
  "gap 24": [
    set("subnet_id", "subnet-private-a", "aws_vpc_endpoint_subnet_association"),
    without("aws_vpc_endpoint_subnet_association"),
  ],
  "gap 25": [set("ok_actions", []), gone("ok_actions", "aws_cloudwatch_composite_alarm")],
  "gap 27": [set("alarm_description", "too high"), gone("alarm_description", "aws_cloudwatch_composite_alarm")],
  "gap 29": [
    without("aws_backup_restore_testing_plan"),
    set("recovery_point_selection", [], "aws_backup_restore_testing_plan"),
  ],
  "gap 30": [gone("health_check_id")],
};

/** What decides whether a check is about a resource: where it is known at apply only, the check must not be silent. */
export const DECIDES: Readonly<Record<string, Change>> = {
  "6": set("engine", LATER, "aws_rds_cluster"),
  "7": set("engine", LATER, "aws_rds_cluster"),
  "9": set("engine", LATER),
  "14": set("engine", LATER),
  "15": set("engine", LATER),
  "24": set("replica", LATER),
  "52": set("target_group_arns", LATER),
  "74": set("vpc_config", LATER),
  "92": set("alias", LATER),
  "gap 2": set("redrive_policy", LATER),
  "gap 4": set("redrive_policy", LATER),
  "gap 20": set("target_group_arns", LATER),
  "gap 23": set("nat_gateway_id", LATER, "aws_route"),
  "gap 24": set("vpc_endpoint_type", LATER),
  "gap 25": set("alarm_actions", LATER),
};
