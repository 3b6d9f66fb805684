import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Duration, inWords } from "../core/duration";
import { requireDuration, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { functionHealth } from "./function-health";
import { calledBy } from "./function-call";
import { FunctionProps, functionParts } from "./function-parts";

/** What a {@link ScheduledFunction} can be told; its event also has `now`, the time that it was called for. */
export interface ScheduledFunctionProps extends FunctionProps {
  /** How often it runs: whole minutes, up to a day. */
  readonly every: Duration;
}

/**
 * A function that runs by the clock: one at a time, traced, with a log of its own that ends, a role that may do no more
 * than it is told, and a queue for the calls that failed three times.
 *
 * The event carries the time that it was called for, so that a call which is tried again does the same.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class ScheduledFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logs: CloudwatchLogGroup;
  /** Calls that failed for good. */
  readonly failures: SqsQueue;
  private readonly every: Duration;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id);
    register(this, props, "ScheduledFunctionProps");
    const { every } = props;
    const length = requireDuration(this, "every", every, "1 minute", "1 day");
    requireThat(this, length % 60 === 0, { prop: "every", must: "be whole minutes", got: every });
    this.every = every;
    const parts = functionParts(this, props);
    this.function = parts.function;
    this.name = parts.name;
    this.logs = parts.logs;
    this.failures = parts.failures;
    const rule = new CloudwatchEventRule(this, "schedule", {
      name: nameOf(this, "event-rule"),
      description: `Every ${every}`,
      scheduleExpression: `rate(${inWords(length)})`,
    });
    const inputs = { now: "$.time" };
    calledBy(this, this.function, { rule, sid: "CalledBySchedule", inputs, failures: this.failures }, props.data);
  }

  /** What is worth watching of it; `missing` says what is wrong where it does not run. */
  health(missing: string) {
    const queue = nameOf(this, "queue", "failures");
    return functionHealth({ name: this.name, queue, rule: nameOf(this, "event-rule"), every: this.every, missing });
  }
}
