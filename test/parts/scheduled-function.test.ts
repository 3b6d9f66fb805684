import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { ScheduledFunction, ScheduledFunctionProps } from "../../lib/parts/scheduled-function";
import { synth } from "../synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const files = { "index.js": "exports.handler = () => {};" };

function scheduled(props: Partial<ScheduledFunctionProps> = {}) {
  return synth((stack) => {
    new ScheduledFunction(stack, "sweep", { does: "Sweeps", files, every: "1 hour", key: KEY, ...props });
  });
}

test.each([
  ["60 minutes", "rate(1 hour)"],
  ["90 minutes", "rate(90 minutes)"],
  ["1 day", "rate(1 day)"],
] as const)("every %s is %s to EventBridge, which minds the plural", (every, rate) => {
  expect(scheduled({ every }).the(CloudwatchEventRule).schedule_expression).toBe(rate);
});

test("what AWS assigns reaches the function, and so does the time that it was called for", () => {
  const stack = synth((scope) => {
    const queue = new SqsQueue(scope, "work", { name: "work" });
    new ScheduledFunction(scope, "sweep", {
      does: "Sweeps",
      files,
      every: "1 hour",
      key: KEY,
      data: { of: queue.arn },
    });
  });
  expect(stack.the(CloudwatchEventTarget).input_transformer).toEqual({
    input_paths: { now: "$.time" },
    input_template: '{"now":<now>,"data":{"of":"${aws_sqs_queue.work.arn}"}}',
  });
});

test("a call is tried three times in an hour", () => {
  expect(scheduled().the(LambdaFunctionEventInvokeConfig)).toMatchObject({
    maximum_retry_attempts: 2,
    maximum_event_age_in_seconds: 3600,
  });
});

test.each<[string, Partial<ScheduledFunctionProps>, string]>([
  ["a second", { every: "1 second" }, "'every' must be between 1 minute and 1 day, got \"1 second\""],
  ["parts of minutes", { every: "90 seconds" }, "'every' must be whole minutes, got \"90 seconds\""],
  ["more than EventBridge hands on", { data: "x".repeat(7000) }, "'data' must be between 1 and 7000, got 7023"],
])("fails on %s", (_, props, message) => {
  expect(() => scheduled(props)).toThrow(message);
});
