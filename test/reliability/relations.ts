import { Judge, PASS, Verdict, any, best, fail, given, has, unknown } from "./check";
import { Plan, Resource, blocks, isToken, read } from "./plan";

export const ALARM = "aws_cloudwatch_metric_alarm";
export const COMPOSITE = "aws_cloudwatch_composite_alarm";
export const FUNCTION = "aws_lambda_function";
export const QUEUE = "aws_sqs_queue";

/** What is put aside lies in a queue that has none of its own. */
export const takesDeadLetters = (resource: Resource, plan: Plan) =>
  [QUEUE, "aws_sns_topic_subscription"].some((type) => plan.about(resource, type, "redrive_policy").length > 0) ||
  plan.about(resource, FUNCTION, "dead_letter_config").length > 0 ||
  plan.about(resource, "aws_cloudwatch_event_target", "dead_letter_config").length > 0 ||
  plan.about(resource, "aws_scheduler_schedule", "target").length > 0;

/** A composite that keeps others silent tells nobody itself. */
export const isSuppressor = (resource: Resource, plan: Plan) =>
  resource.type === COMPOSITE && plan.about(resource, COMPOSITE, "actions_suppressor").length > 0;

/** Who acts on an alarm that has no action: a composite that speaks for several, a rule, an experiment that it ends. */
const actors = (resource: Resource, plan: Plan): Verdict[] => [
  ...plan.about(resource, COMPOSITE, "alarm_rule").map((each) => has("alarm_actions", given)(each, plan)),
  ...plan.naming(resource, "aws_cloudwatch_event_rule").map(() => PASS),
  ...plan.about(resource, "aws_fis_experiment_template", "stop_condition").map(() => PASS),
];

/** Whether people hear of it, and not only an experiment or a composite that it keeps silent. */
export const tellsPeople = (resource: Resource, plan: Plan) =>
  blocks(resource.config, "alarm_actions").length > 0 ||
  plan.about(resource, COMPOSITE, "alarm_rule").length > 0 ||
  plan.naming(resource, "aws_cloudwatch_event_rule").length > 0;

/** Somebody or something acts on it. */
export const tells: Judge = any(has("alarm_actions", given), (resource, plan) => best(actors(resource, plan)));

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const SQS_KEEPS_SECONDS = 4 * 86_400;

/** SQS counts the age of dead letters from when they were sent. */
export const keepsLonger: Judge = (resource, plan) => {
  const [dead] = plan.named(read(resource.config, "redrive_policy"));
  if (dead === undefined) return unknown("its dead letters are in no plan");
  const [own, theirs] = [resource, dead].map(({ config }) => config.message_retention_seconds ?? SQS_KEEPS_SECONDS);
  if (isToken(own) || isToken(theirs)) return unknown(`${String(own)} and ${String(theirs)}`);
  return Number(theirs) > Number(own) ? PASS : fail(`it keeps ${own} seconds, its dead letters are kept for ${theirs}`);
};

/** The first requests come when a target is healthy: an instance must not be judged before. */
export const outlastsChecks: Judge = (resource, plan) => {
  const grace = Number(resource.config.health_check_grace_period);
  const targets = plan.named(resource.config.target_group_arns);
  const needed = targets.map(({ config }) =>
    ["interval", "healthy_threshold"].reduce(
      (product, name) => product * Number(read(config, `health_check.${name}`)),
      1,
    ),
  );
  if (needed.length === 0 || ![grace, ...needed].every(Number.isFinite)) return unknown("its times are not known");
  return needed.every((seconds) => seconds < grace) ? PASS : fail(`it has ${grace} of ${Math.max(...needed)} seconds`);
};

/** The ways of a route table through NAT gateways. */
const waysOut = (table: Resource, plan: Plan) =>
  plan.about(table, "aws_route", "route_table_id").filter(({ config }) => config.nat_gateway_id !== undefined);

export const leadsOut = (table: Resource, plan: Plan) => waysOut(table, plan).length > 0;

/** A zone goes out by itself: it would not survive the loss of another. */
export const staysInZone: Judge = (table, plan) => {
  const inside = plan.about(table, "aws_route_table_association").map(({ config }) => plan.zoneOf(config.subnet_id));
  const gates = waysOut(table, plan).map(({ config }) =>
    plan.zoneOf(plan.named(config.nat_gateway_id)[0]?.config.subnet_id),
  );
  const zones = new Set([...inside, ...gates]);
  if (zones.has(undefined)) return unknown("a zone is not known");
  return zones.size === 1 ? PASS : fail(`it leads from ${inside.join(", ")} to ${gates.join(", ")}`);
};

/** The plan's own vaults are those that restores are tested from. */
export const isProven: Judge = (plan, all) => {
  const vaults = all.named(blocks(plan.config, "rule").map(({ target_vault_name }) => target_vault_name));
  const tested = vaults.some((vault) => all.about(vault, "aws_backup_restore_testing_plan").length > 0);
  return tested ? PASS : fail("nothing restores from its vaults");
};
