import { Check, PASS, absent, all, any, atLeast, fail, given, has, is, oneOf, spans, unknown, worst } from "./check";
import { Plan, Resource, blocks, isToken, read } from "./plan";

const GROUP = "aws_autoscaling_group";
const BALANCER = "aws_lb";
const TARGETS = "aws_lb_target_group";

const isBalanced = (resource: Resource, plan: Plan) =>
  blocks(resource.config, "target_group_arns").length > 0 ||
  plan.about(resource, "aws_autoscaling_attachment").length > 0;

/** What somebody must hear of; ends of instances are no news in a fleet that replaces them. */
const LAUNCH_FAILED = "EC2 Instance Launch Unsuccessful";

const tellsOfLaunches = (resource: Resource, plan: Plan) => {
  if (plan.about(resource, "aws_autoscaling_notification").length > 0) return PASS;
  const rules = plan.naming(resource, "aws_cloudwatch_event_rule");
  const heard = rules.some(({ config }) => String(config.event_pattern).includes(LAUNCH_FAILED));
  return heard ? PASS : fail("nobody hears of a launch that fails");
};

/** Reliability checks of compute and load balancing: rows 51 to 69 of the list. */
export const COMPUTE: readonly Check[] = [
  { row: "51", types: [GROUP], expects: "two zones", judge: spans("vpc_zone_identifier") },
  {
    row: "52",
    types: [GROUP],
    expects: "the load balancer's word for health",
    only: isBalanced,
    judge: has("health_check_type", is("ELB")),
  },
  {
    row: "53",
    types: [GROUP],
    expects: "another instance before a spot instance goes",
    judge: has("capacity_rebalance", is(true)),
  },
  {
    row: "54",
    types: [GROUP],
    expects: "two instance types",
    judge: ({ config }) => {
      const types = read(config, "mixed_instances_policy.launch_template.override");
      if (isToken(types)) return unknown(`its types are ${types}`);
      return [types ?? []].flat().length >= 2 ? PASS : fail("it has one type");
    },
  },
  {
    row: "55",
    types: [GROUP],
    expects: "a launch template",
    judge: all(
      has("launch_configuration", absent),
      any(
        has("launch_template.id", given),
        has("mixed_instances_policy.launch_template.launch_template_specification.launch_template_id", given),
      ),
    ),
  },
  { row: "56", types: [GROUP], expects: "a cooldown, written out", judge: has("default_cooldown", atLeast(1)) },
  {
    row: "57",
    types: [GROUP],
    expects: "somebody who hears of failed launches",
    judge: tellsOfLaunches,
  },
  {
    row: "58",
    types: [GROUP],
    expects: "tags that reach its instances",
    judge: (resource, plan) =>
      worst(
        blocks(resource.config, "tag").map((_, at) => has(`tag.${at}.propagate_at_launch`, is(true))(resource, plan)),
      ),
  },
  {
    row: "59",
    types: ["aws_launch_template"],
    expects: "metrics by the minute",
    judge: has("monitoring.enabled", is(true)),
  },
  {
    row: "61",
    types: [BALANCER],
    expects: "`enable_deletion_protection`",
    judge: has("enable_deletion_protection", is(true)),
  },
  {
    row: "62",
    types: [BALANCER],
    expects: "requests across zones, written out",
    judge: has("enable_cross_zone_load_balancing", is(true)),
  },
  { row: "63", types: [BALANCER], expects: "two zones", judge: spans("subnets") },
  {
    row: "64",
    types: [BALANCER],
    expects: "access logs",
    judge: all(has("access_logs.enabled", is(true)), has("access_logs.bucket", given)),
  },
  {
    row: "65",
    types: [TARGETS],
    expects: "a path that tells health",
    judge: all(has("health_check.protocol", oneOf("HTTP", "HTTPS")), has("health_check.path", given)),
  },
  {
    row: "69",
    types: ["aws_ecs_cluster"],
    expects: "Container Insights",
    judge: (resource, plan) =>
      worst(
        blocks(resource.config, "setting").flatMap(({ name }, at) =>
          name === "containerInsights"
            ? [has(`setting.${at}.value`, oneOf("enabled", "enhanced"))(resource, plan)]
            : [],
        ),
      ),
  },
];
