import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import {
  CloudwatchEventTarget,
  CloudwatchEventTargetInputTransformer,
} from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { verbatim } from "../core/content";
import { requireWhole } from "../core/guard";
import { resolved } from "../core/tokens";
import { policy } from "./policy";

/**
 * Characters of an input: EventBridge hands on 8192, and what AWS assigns may be longer than its name here.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
 */
const LONGEST_INPUT = 7000;

/** Lets a rule call a function with `data`, and with `inputs` out of the event: JSON paths by their name. */
export function calledBy(
  scope: Construct,
  called: LambdaFunction,
  by: {
    readonly rule: CloudwatchEventRule;
    readonly sid: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly failures: SqsQueue;
  },
  data: unknown,
): void {
  const { rule, sid, inputs, failures } = by;
  new CloudwatchEventTarget(scope, "target", {
    rule: rule.name,
    targetId: "function",
    arn: called.arn,
    inputTransformer: transformer(scope, inputs, data),
    deadLetterConfig: { arn: failures.arn },
  });
  new SqsQueuePolicy(scope, "failures-policy", {
    queueUrl: failures.url,
    policy: policy({
      Sid: "CallsThatCouldNotBeMade",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: failures.arn,
      Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
    }),
  });
  new LambdaPermission(scope, "permission", {
    statementId: sid,
    action: "lambda:InvokeFunction",
    functionName: called.functionName,
    principal: "events.amazonaws.com",
    sourceArn: rule.arn,
  });
}

function transformer(
  scope: Construct,
  inputPaths: Readonly<Record<string, string>>,
  data: unknown,
): CloudwatchEventTargetInputTransformer {
  const inputs = Object.keys(inputPaths).map((name) => `"${name}":<${name}>`);
  const inputTemplate = `{${[...inputs, `"data":${verbatim(JSON.stringify(data ?? null))}`].join(",")}}`;
  const { length } = resolved<string>(scope, inputTemplate);
  requireWhole(scope, "data", length, 1, LONGEST_INPUT, "give it to two functions");
  return { inputPaths: { ...inputPaths }, inputTemplate };
}
