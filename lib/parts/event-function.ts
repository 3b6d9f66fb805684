import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { EventMeasure } from "../core/signal";
import { eventPattern } from "./event-pattern";
import { functionFailures } from "./function-health";
import { calledBy } from "./function-call";
import { FunctionProps, functionParts } from "./function-parts";

/** What an {@link EventFunction} can be told; its event also has `detail`, that of what happened. */
export interface EventFunctionProps extends FunctionProps {
  /** What calls it. */
  readonly on: EventMeasure["event"];
}

/**
 * A function that is called when something happens, as EventBridge tells it: one at a time, traced, with a log of its own
 * that ends, a role that may do no more than it is told, and a queue for the calls that failed three times.
 *
 * EventBridge tells of some services at its best effort: what must not be missed is watched by a clock as well.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events.html
 */
export class EventFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logs: CloudwatchLogGroup;
  /** Calls that failed for good. */
  readonly failures: SqsQueue;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: EventFunctionProps) {
    super(scope, id);
    register(this, props, "EventFunctionProps");
    const { does, on, data } = props;
    const parts = functionParts(this, props);
    this.function = parts.function;
    this.name = parts.name;
    this.logs = parts.logs;
    this.failures = parts.failures;
    const rule = new CloudwatchEventRule(this, "rule", {
      name: nameOf(this, "event-rule"),
      description: does,
      eventPattern: eventPattern(on),
    });
    const { failures } = this;
    calledBy(this, this.function, { rule, sid: "CalledByEvents", inputs: { detail: "$.detail" }, failures }, data);
  }

  /** What is worth watching of it; `missing` says what is wrong where it fails. */
  health(missing: string) {
    return functionFailures({ name: this.name, queue: nameOf(this, "queue", "failures"), missing });
  }
}
