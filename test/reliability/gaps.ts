import { Check, PASS, Test, all, atLeast, fail, given, has, is, parsed, spans, spread, test } from "./check";
import { blocks, mayBe, read } from "./plan";
import {
  ALARM,
  COMPOSITE,
  QUEUE,
  isProven,
  keepsLonger,
  leadsOut,
  outlastsChecks,
  staysInZone,
  takesDeadLetters,
  tellsPeople,
} from "./relations";

const GROUP = "aws_autoscaling_group";

/** Resources that hold data, or that data is lost without. */
const STATEFUL = [
  "aws_backup_logically_air_gapped_vault",
  "aws_backup_vault",
  "aws_db_instance",
  "aws_dynamodb_table",
  "aws_efs_file_system",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_kms_key",
  "aws_kms_replica_key",
  "aws_rds_cluster",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  QUEUE,
];

/** What keeps each from going at once. */
const LONG: Readonly<Record<string, [string, Test]>> = {
  aws_backup_vault: ["force_destroy", is(false)],
  aws_kms_replica_key: ["deletion_window_in_days", is(30)],
  aws_secretsmanager_secret: ["recovery_window_in_days", is(30)],
};

const SUBNETS: Readonly<Record<string, string>> = {
  aws_db_proxy: "vpc_subnet_ids",
  aws_db_subnet_group: "subnet_ids",
  aws_elasticache_serverless_cache: "subnet_ids",
  aws_elasticache_subnet_group: "subnet_ids",
};

/** What scanners leave out, where a plan can tell; the page says what holds the other gaps. */
export const GAPS: readonly Check[] = [
  {
    row: "gap 2",
    types: [QUEUE],
    expects: "dead letters that outlast it",
    only: ({ config }) => config.redrive_policy !== undefined,
    judge: keepsLonger,
  },
  {
    row: "gap 3",
    types: [QUEUE],
    expects: "an alarm, where it holds dead letters",
    only: takesDeadLetters,
    judge: (resource, plan) => (plan.naming(resource, ALARM).length > 0 ? PASS : fail("no alarm names it")),
  },
  {
    row: "gap 4",
    types: [QUEUE],
    expects: "a second delivery",
    only: ({ config }) => config.redrive_policy !== undefined,
    judge: parsed("redrive_policy", (policy, plan) =>
      test("maxReceiveCount", read(policy, "maxReceiveCount"), atLeast(2), plan),
    ),
  },
  {
    row: "gap 6",
    types: ["aws_scheduler_schedule"],
    expects: "dead letters",
    judge: has("target.dead_letter_config.arn", given),
  },
  {
    row: "gap 12",
    types: Object.keys(LONG),
    expects: "no quick end",
    judge: (resource, plan) => has(...LONG[resource.type])(resource, plan),
  },
  {
    row: "gap 13",
    types: STATEFUL,
    expects: "`prevent_destroy`",
    only: (resource, plan) => resource.type !== QUEUE || !takesDeadLetters(resource, plan),
    judge: has("lifecycle.prevent_destroy", is(true)),
  },
  {
    row: "gap 14",
    types: [GROUP],
    expects: "an instance in each zone",
    judge: (resource, plan) =>
      has("min_size", atLeast(Math.max(2, blocks(resource.config, "vpc_zone_identifier").length)))(resource, plan),
  },
  {
    row: "gap 15",
    types: Object.keys(SUBNETS),
    expects: "two zones",
    judge: (resource, plan) => spans(SUBNETS[resource.type])(resource, plan),
  },
  {
    row: "gap 17",
    types: [GROUP],
    expects: "rollouts that go back by themselves, with time to warm up",
    judge: all(
      has("instance_refresh.preferences.auto_rollback", is(true)),
      has("default_instance_warmup", given),
      has("health_check_grace_period", given),
    ),
  },
  {
    row: "gap 20",
    types: [GROUP],
    expects: "more grace than its targets need to be healthy",
    only: ({ config }) => config.target_group_arns !== undefined,
    judge: outlastsChecks,
  },
  {
    row: "gap 21",
    types: ["aws_lb_target_group"],
    expects: "thresholds written out, and a slow start",
    judge: all(
      has("health_check.healthy_threshold", atLeast(2)),
      has("health_check.unhealthy_threshold", atLeast(2)),
      has("slow_start", atLeast(30)),
    ),
  },
  {
    row: "gap 23",
    types: ["aws_route_table"],
    expects: "a way out in its own zone",
    only: leadsOut,
    judge: staysInZone,
  },
  {
    row: "gap 24",
    types: ["aws_vpc_endpoint"],
    expects: "two zones",
    only: ({ config }) => mayBe(config.vpc_endpoint_type, /^Interface$/),
    judge: (resource, plan) =>
      spread(
        plan.about(resource, "aws_vpc_endpoint_subnet_association").map(({ config }) => plan.zoneOf(config.subnet_id)),
      ),
  },
  {
    row: "gap 25",
    types: [ALARM, COMPOSITE],
    expects: "the same told of its end",
    only: ({ config }) => blocks(config, "alarm_actions").length > 0,
    judge: has("ok_actions", given),
  },
  {
    row: "gap 27",
    types: [ALARM, COMPOSITE],
    expects: "a runbook",
    only: tellsPeople,
    judge: ({ config }) =>
      String(config.alarm_description).includes("Runbook: ") ? PASS : fail("its description names none"),
  },
  { row: "gap 29", types: ["aws_backup_plan"], expects: "restores that are tested", judge: isProven },
  {
    row: "gap 30",
    types: ["aws_route53_record"],
    expects: "a health check of what it fails over from",
    only: ({ config }) =>
      ["failover_routing_policy", "weighted_routing_policy", "latency_routing_policy"].some(
        (name) => config[name] !== undefined,
      ),
    judge: has("health_check_id", given),
  },
];
