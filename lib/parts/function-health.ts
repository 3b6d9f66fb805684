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

function lambda(name: string, metric: string) {
  return { namespace: "AWS/Lambda", name: metric, statistic: "Sum", dimensions: { FunctionName: name } } as const;
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
        `It is DISABLED: aws events enable-rule --name ${rule}.`,
        `It is on: is the function there, and may it run? aws lambda get-function --function-name ${name} --query '[Configuration.[State,LastUpdateStatus],Concurrency.ReservedConcurrentExecutions]'.`,
      ],
      rationale: "It runs once in each period: two without a call are two too many.",
      source: LAMBDA,
    },
    ...functionFailures(called),
  } as const satisfies Signals;
}

/** What is worth watching of any function: that its calls do not fail. */
export function functionFailures({ name, queue, missing }: Called) {
  const readLogs = `Read why: aws logs tail /aws/lambda/${name} --since 6h`;
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
        readLogs,
        "AccessDenied: what was taken from its role or its key? A timeout or throttling: the next call tries again.",
        "It fails since a deployment: take that back.",
      ],
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
        readLogs,
        `The next call has worked: empty the queue of failures: aws sqs purge-queue --queue-url $(aws sqs get-queue-url --queue-name ${queue} --query QueueUrl --output text).`,
      ],
      rationale: "AWS watches queues that are worked off; in this one, each message is a call that is lost.",
      source: QUEUE,
    },
  } as const satisfies Signals;
}
