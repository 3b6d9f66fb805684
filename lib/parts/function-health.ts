import { Duration } from "../core/duration";
import { Signals } from "../core/signal";

const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html";
const QUEUE =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html";

/** A function that is called. */
export interface Called {
  readonly name: string;
  /** The name of the queue of calls that failed for good. */
  readonly queue: string;
  /** What is wrong where it does not run. */
  readonly missing: string;
}

/** A function that runs by the clock. */
export interface Scheduled extends Called {
  readonly every: Duration;
  /** The name of the rule that calls it. */
  readonly rule: string;
}

const LOST_CALLS = "It is mended: do the calls that were lost once more, by the page of `undelivered`.";

function lambda(name: string, metric: string) {
  return { namespace: "AWS/Lambda", name: metric, statistic: "Sum", dimensions: { FunctionName: name } } as const;
}

/** Calls it as its schedule does: with what the rule gives it, and the time. */
function callNow(name: string, rule: string): string {
  const input = `aws events list-targets-by-rule --rule ${rule} --query 'Targets[0].InputTransformer.InputTemplate' --output text`;
  return `${input} | sed "s/<now>/\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\"/" | aws lambda invoke --function-name ${name} --payload fileb:///dev/stdin /dev/stdout`;
}

/** What is worth watching of a function that runs by the clock: that it runs, and what comes of it. */
export function functionHealth({ every, rule, ...called }: Scheduled) {
  const { name, missing } = called;
  return {
    silent: {
      kind: "traffic",
      means: `${missing}: the function that does it is not called`,
      measure: { metric: lambda(name, "Invocations") },
      bad: "below",
      unit: "calls",
      ticket: 1,
      period: every,
      breaches: "2 of 2",
      firstSteps: [
        `Is its schedule on? aws events describe-rule --name ${rule} --query State --output text.`,
        `DISABLED: somebody stopped it; ask who and why before you start it. ENABLED: is the function there, and may it run? aws lambda get-function --function-name ${name} --query '[Configuration.[State,LastUpdateStatus],Concurrency.ReservedConcurrentExecutions]'.`,
        "Active and 1: it is called, and the next call will show it. Inactive, or 0: as below. Not found: apply the stack again.",
      ],
      mitigate: [
        `The schedule is off: aws events enable-rule --name ${rule}.`,
        `It may not run (0): give it back its one place: aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions 1.`,
        `It does not wait for its hour: ${callNow(name, rule)}.`,
      ],
      rationale: "It runs once in each period: two without a call are two too many.",
      source: LAMBDA,
    },
    ...functionFailures(called, `It is mended: call it now: ${callNow(name, rule)}.`),
  } as const satisfies Signals;
}

/** What is worth watching of any function: that its calls do not fail. `again` says how it is called once more. */
export function functionFailures({ name, queue, missing }: Called, again = LOST_CALLS) {
  const readLogs = `Read why: aws logs tail /aws/lambda/${name} --since 6h`;
  const url = `$(aws sqs get-queue-url --queue-name ${queue} --query QueueUrl --output text)`;
  return {
    failed: {
      kind: "errors",
      means: `${missing}: the function that does it fails`,
      measure: { metric: lambda(name, "Errors") },
      bad: "above",
      unit: "calls",
      ticket: 0,
      period: "5 minutes",
      breaches: "1 of 1",
      firstSteps: [
        `${readLogs}.`,
        "AccessDenied: what was taken from its role or its key? A timeout or throttling: the next call tries again, and nothing is left to do.",
        `Is it a deployment? When was it changed last? aws lambda get-function-configuration --function-name ${name} --query '[LastModified,LastUpdateStatus]' --output text.`,
        "It fails since then: take that back. It does not: something it asks has changed.",
      ],
      mitigate: ["Its rights or settings were changed by hand: apply the stack again, which puts them back.", again],
      rationale:
        "AWS waits for three minutes with errors in a row: what runs once in each period would never have them.",
      source: LAMBDA,
    },
    undelivered: {
      kind: "errors",
      means: `${missing}: a call failed three times`,
      measure: {
        metric: {
          namespace: "AWS/SQS",
          name: "ApproximateNumberOfMessagesVisible",
          statistic: "Maximum",
          dimensions: { QueueName: queue },
        },
      },
      bad: "above",
      unit: "calls",
      ticket: 0,
      period: "5 minutes",
      breaches: "1 of 1",
      firstSteps: [
        `${readLogs}.`,
        "It fails on: go by the page of `failed` first. It works again: do what was lost once more, and empty the queue, as below.",
      ],
      mitigate: [
        `Do the oldest lost call once more: aws sqs receive-message --queue-url ${url} --query 'Messages[0].Body' --output text | aws lambda invoke --function-name ${name} --payload fileb:///dev/stdin /dev/stdout.`,
        `The calls are done, or later ones did the same: empty the queue: aws sqs purge-queue --queue-url ${url}.`,
      ],
      rationale: "AWS watches queues that are worked off; in this one, each message is a call that is lost.",
      source: QUEUE,
    },
  } as const satisfies Signals;
}
