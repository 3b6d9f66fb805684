import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { Content } from "../core/content";
import { nameOf } from "../core/naming";
import { LONGEST_KEPT_SECONDS } from "./dead-letters";
import { functionCode } from "./function-code";
import { logGroup } from "./log-group";
import { Statement } from "./policy";
import { serviceRole } from "./service-role";

/**
 * The runtime of functions that this library brings; AWS patches it until 30 April 2027.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const RUNTIME = "nodejs22.x";

/** What a function needs to stand in a network, and nothing else. */
export const NETWORKED = "service-role/AWSLambdaENIManagementAccess";

/** What every function that this library brings is told. */
export interface FunctionProps {
  /** What it does, in a sentence for the console. */
  readonly does: string;
  /** Its files; `index.js` exports `handler`. */
  readonly files: Readonly<Record<string, Content>>;
  /** What it is given, as `data` of its event. @default - nothing */
  readonly data?: unknown;
  /** What it may do besides writing its logs and traces. @default - nothing */
  readonly may?: readonly Statement[];
  /** The ARN of a KMS key that CloudWatch Logs may use. */
  readonly key: string;
  /** @default 120 */
  readonly timeoutSeconds?: number;
  /** Where it stands in a network. @default - in none: it reaches what is public */
  readonly within?: { readonly subnetIds: readonly string[]; readonly securityGroupId: string };
  /** Its environment, without secrets. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function, its log and its queue of failures. */
export interface FunctionParts {
  readonly function: LambdaFunction;
  readonly name: string;
  readonly logs: CloudwatchLogGroup;
  /** Calls that failed for good. */
  readonly failures: SqsQueue;
}

/**
 * A function that runs one at a time: traced, with a log of its own that ends, a role that may do no more than it is
 * told, and a queue for the calls that failed three times.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function functionParts(scope: Construct, props: FunctionProps): FunctionParts {
  const { does, files, may = [], key, timeoutSeconds = 120, within, environment } = props;
  const name = nameOf(scope, "function");
  const logs = logGroup(scope, "logs", { name: `/aws/lambda/${name}`, keyArn: key });
  const failures = new SqsQueue(scope, "failures", {
    name: nameOf(scope, "queue", "failures"),
    sqsManagedSseEnabled: true,
    messageRetentionSeconds: LONGEST_KEPT_SECONDS,
  });
  const role = serviceRole(scope, "role", {
    service: "lambda.amazonaws.com",
    // Lambda does not say for which account it takes a role.
    namesAccount: false,
    managed: within ? [NETWORKED] : [],
    may: [...own(logs, failures), ...may],
  });
  const made = new LambdaFunction(scope, "Resource", {
    functionName: name,
    description: does,
    ...functionCode(scope, name, files),
    handler: "index.handler",
    runtime: RUNTIME,
    architectures: ["arm64"],
    memorySize: 256,
    timeout: timeoutSeconds,
    role: role.arn,
    reservedConcurrentExecutions: 1,
    tracingConfig: { mode: "Active" },
    deadLetterConfig: { targetArn: failures.arn },
    loggingConfig: { logFormat: "JSON", logGroup: logs.name },
    ...(within && { vpcConfig: { subnetIds: [...within.subnetIds], securityGroupIds: [within.securityGroupId] } }),
    ...(environment && { environment: { variables: { ...environment } } }),
    // Lambda asks at once whether the role may write to the queue of failures, and stand in a network.
    dependsOn: [
      scope.node.findChild("role-policy") as IamRolePolicy,
      ...(within ? [scope.node.findChild(`role-${NETWORKED.split("/")[1]}`) as IamRolePolicyAttachment] : []),
    ],
  });
  new LambdaFunctionEventInvokeConfig(scope, "retries", {
    functionName: made.functionName,
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: 3600,
  });
  return { function: made, name, logs, failures };
}

function own(logs: CloudwatchLogGroup, failures: SqsQueue): Statement[] {
  return [
    {
      Sid: "WritesItsLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logs.arn}:*`,
    },
    { Sid: "TellsOfFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: failures.arn },
    // X-Ray knows no resources.
    {
      Sid: "WritesItsTraces",
      Effect: "Allow",
      Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      Resource: "*",
    },
  ];
}
