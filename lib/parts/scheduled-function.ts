import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Duration, inWords, seconds } from "../core/duration";
import { requireDuration, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { plain } from "../core/resolve";
import { functionCode } from "./function-code";
import { functionHealth } from "./function-health";
import { logGroup } from "./log-group";
import { Statement } from "./policy";
import { serviceRole } from "./service-role";

/**
 * The runtime of functions that this library brings; AWS patches it until 30 April 2027.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const RUNTIME = "nodejs22.x";

/**
 * Characters of an input: EventBridge hands on 8192, and what AWS assigns may be longer than its name here.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
 */
const LONGEST_INPUT = 7000;

/** What a {@link ScheduledFunction} can be told. */
export interface ScheduledFunctionProps {
  /** What it does, in a sentence for the console. */
  readonly does: string;
  /** Its files; `index.js` exports `handler`. */
  readonly files: Readonly<Record<string, string>>;
  /** How often it runs: whole minutes, up to a day. */
  readonly every: Duration;
  /** What it is given, as `data` of its event; `now` is the time that it was called for. @default - nothing */
  readonly data?: unknown;
  /** What it may do besides writing its logs and traces. @default - nothing */
  readonly may?: readonly Statement[];
  /** The ARN of a KMS key that CloudWatch Logs may use. */
  readonly key: string;
  /** @default 120 */
  readonly timeoutSeconds?: number;
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
    register(this);
    const { does, files, every, data, may = [], key, timeoutSeconds = 120 } = props;
    const length = requireDuration(this, "every", every, "1 minute", "1 day");
    requireThat(this, length % 60 === 0, { prop: "every", must: "be whole minutes", got: every });
    this.every = every;
    this.name = nameOf(this, "function");
    this.logs = logGroup(this, "logs", { name: `/aws/lambda/${this.name}`, keyArn: key });
    this.failures = new SqsQueue(this, "failures", {
      name: nameOf(this, "queue", "failures"),
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
    const role = serviceRole(this, "role", {
      service: "lambda.amazonaws.com",
      // Lambda does not say for which account it takes a role.
      namesAccount: false,
      may: [...this.own(), ...may],
    });
    this.function = new LambdaFunction(this, "Resource", {
      functionName: this.name,
      description: does,
      ...functionCode(this, this.name, files),
      handler: "index.handler",
      runtime: RUNTIME,
      architectures: ["arm64"],
      memorySize: 256,
      timeout: timeoutSeconds,
      role: role.arn,
      reservedConcurrentExecutions: 1,
      tracingConfig: { mode: "Active" },
      deadLetterConfig: { targetArn: this.failures.arn },
      loggingConfig: { logFormat: "JSON", logGroup: this.logs.name },
      // Lambda asks at once whether the role may write to the queue of failures.
      dependsOn: [this.node.findChild("role-policy") as IamRolePolicy],
    });
    new LambdaFunctionEventInvokeConfig(this, "retries", {
      functionName: this.function.functionName,
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 3600,
    });
    this.schedule(every, data);
  }

  /** What is worth watching of it; `missing` says what is wrong where it does not run. */
  health(missing: string) {
    return functionHealth({ name: this.name, queue: nameOf(this, "queue", "failures"), every: this.every, missing });
  }

  private own(): Statement[] {
    return [
      {
        Sid: "WritesItsLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${this.logs.arn}:*`,
      },
      { Sid: "TellsOfFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: this.failures.arn },
      // X-Ray knows no resources.
      {
        Sid: "WritesItsTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
      },
    ];
  }

  private schedule(every: Duration, data: unknown): void {
    const inputTemplate = `{"now":<now>,"data":${JSON.stringify(data ?? null)}}`;
    const { length } = plain<string>(this, inputTemplate);
    const mend = "give it to two functions";
    requireWhole(this, "data", length, 1, LONGEST_INPUT, mend);
    const rule = new CloudwatchEventRule(this, "schedule", {
      name: nameOf(this, "event-rule"),
      description: `Every ${every}`,
      scheduleExpression: `rate(${inWords(seconds(every))})`,
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "function",
      arn: this.function.arn,
      inputTransformer: { inputPaths: { now: "$.time" }, inputTemplate },
    });
    new LambdaPermission(this, "permission", {
      statementId: "CalledBySchedule",
      action: "lambda:InvokeFunction",
      functionName: this.function.functionName,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
  }
}
