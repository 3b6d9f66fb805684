import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "sre-constructs/alerting";
import { Signals, Watchable, register } from "sre-constructs/core";

/** A pattern of your own: it says what is worth watching, and every concern knows what to do with it. */
class Intake extends Construct implements Watchable {
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    register(this);
    this.queue = new SqsQueue(this, "Resource", { name: "orders-intake", sqsManagedSseEnabled: true });
  }

  get signals() {
    return {
      oldestMessage: {
        kind: "latency",
        means: "orders wait too long to be taken",
        measure: {
          metric: {
            namespace: "AWS/SQS",
            name: "ApproximateAgeOfOldestMessage",
            statistic: "Maximum",
            dimensions: { QueueName: this.queue.name },
          },
        },
        bad: "above",
        unit: "seconds",
        page: 900,
        ticket: 300,
      },
    } satisfies Signals;
  }
}

/** Two thresholds, two alarms, one ticket: `oldestMessge` would not compile. */
export function intake(stack: TerraformStack): void {
  const notify = {
    page: "arn:aws:sns:eu-west-1:111122223333:page",
    ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
  };
  new Alarms(stack, "alarms", { notify }).watch(new Intake(stack, "intake"), { oldestMessage: { page: 600 } });
}
