import {
  Check,
  PASS,
  Verdict,
  all,
  any,
  atLeast,
  between,
  from,
  given,
  has,
  is,
  oneOf,
  parsed,
  spans,
  spread,
  test,
  worst,
} from "./check";
import { ALARM, COMPOSITE, FUNCTION, QUEUE, isSuppressor, takesDeadLetters, tells } from "./relations";
import { Config, Plan, blocks, literal, read } from "./plan";

const TASK = "aws_ecs_task_definition";

/** Of each container of a task. */
const containers = (judge: (container: Config, plan: Plan) => Verdict) =>
  parsed("container_definitions", (all, plan) => worst((all as Config[]).map((each) => judge(each, plan))));

const field = (path: string, wanted: Parameters<typeof test>[2]) => (container: Config, plan: Plan) =>
  test(`${String(container.name)}: ${path}`, read(container, path), wanted, plan);

/**
 * Runtimes that AWS patches, as of 2026-11.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const PATCHED = oneOf("nodejs22.x", "nodejs24.x", "python3.12", "python3.13", "python3.14", "provided.al2023");

const redrives = parsed("redrive_policy", (policy, plan) =>
  test("redrive_policy", read(policy, "deadLetterTargetArn"), given, plan),
);

/** Reliability checks of containers, functions, messages, alarms and the network: rows 70 to 92 of the list. */
export const SERVICES: readonly Check[] = [
  {
    row: "70",
    types: [TASK],
    expects: "a memory limit of each container",
    judge: containers(field("memory", atLeast(1))),
  },
  {
    row: "71",
    types: [TASK],
    expects: "logs that block no container",
    judge: containers((container, plan) =>
      worst([
        field("logConfiguration.logDriver", given)(container, plan),
        field("logConfiguration.options.mode", is("non-blocking"))(container, plan),
      ]),
    ),
  },
  {
    row: "72",
    types: [FUNCTION],
    expects: "calls that failed put aside",
    judge: any(
      has("dead_letter_config.target_arn", given),
      from(
        "aws_lambda_function_event_invoke_config",
        "function_name",
        has("destination_config.on_failure.destination", given),
      ),
    ),
  },
  {
    row: "73",
    types: [FUNCTION],
    expects: "a concurrency of its own, of 1 or more",
    judge: has("reserved_concurrent_executions", atLeast(1)),
  },
  {
    row: "74",
    types: [FUNCTION],
    expects: "two zones, where it stands in a network",
    only: ({ config }) => config.vpc_config !== undefined,
    judge: spans("vpc_config.subnet_ids"),
  },
  {
    row: "75",
    types: [FUNCTION],
    expects: "time and memory written out, and a runtime that is patched",
    judge: all(has("timeout", atLeast(1)), has("memory_size", atLeast(128)), has("runtime", PATCHED)),
  },
  {
    row: "76",
    types: [FUNCTION],
    expects: "traces",
    judge: has("tracing_config.mode", oneOf("Active", "PassThrough")),
  },
  {
    row: "79",
    types: [QUEUE],
    expects: "dead letters, unless it holds them",
    only: (resource, plan) => !takesDeadLetters(resource, plan),
    judge: redrives,
  },
  { row: "80", types: ["aws_sns_topic_subscription"], expects: "dead letters", judge: redrives },
  {
    row: "81",
    types: ["aws_cloudwatch_event_target"],
    expects: "dead letters",
    judge: has("dead_letter_config.arn", given),
  },
  {
    row: "82",
    types: ["aws_sfn_state_machine"],
    expects: "all its steps logged and traced",
    judge: all(has("logging_configuration.level", is("ALL")), has("tracing_configuration.enabled", is(true))),
  },
  {
    row: "84",
    types: ["aws_acm_certificate"],
    expects: "its successor before it goes",
    judge: has("lifecycle.create_before_destroy", is(true)),
  },
  {
    row: "88",
    types: [ALARM, COMPOSITE],
    expects: "somebody who is told, and a word on missing data",
    only: (resource, plan) => !isSuppressor(resource, plan),
    judge: all(has("actions_enabled", is(true)), tells, (resource, plan) =>
      resource.type === ALARM ? has("treat_missing_data", given)(resource, plan) : PASS,
    ),
  },
  {
    row: "89",
    types: ["aws_cloudwatch_log_group"],
    expects: "a year",
    judge: has("retention_in_days", between(365, 3653)),
  },
  {
    row: "90",
    types: ["aws_vpc"],
    expects: "subnets and ways out in two zones",
    judge: (resource, plan) => {
      const subnets = plan.about(resource, "aws_subnet", "vpc_id");
      const gates = subnets.flatMap((subnet) => plan.about(subnet, "aws_nat_gateway", "subnet_id"));
      return worst([
        spread(subnets.map(({ config }) => literal(config.availability_zone))),
        spread(gates.map(({ config }) => plan.zoneOf(config.subnet_id))),
      ]);
    },
  },
  {
    row: "92",
    types: ["aws_route53_record"],
    expects: "an alias of what is healthy",
    only: (resource) => blocks(resource.config, "alias").length > 0,
    judge: all(has("alias.name", given), has("alias.evaluate_target_health", is(true))),
  },
];
