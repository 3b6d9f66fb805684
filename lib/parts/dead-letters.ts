import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Signals } from "../core/signal";
import { Statement, policy } from "./policy";

/**
 * The longest that SQS keeps a message: 14 days.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const LONGEST_KEPT_SECONDS = 1_209_600;

/** A rule or a topic. */
interface Source {
  readonly arn: string;
}

/** Services that put aside by themselves what they could not deliver. Schedules do it by their own role. */
export type Putter = "sns" | "events";

/**
 * A queue for what could not be delivered: kept for 14 days, encrypted, and written to by the rules and subscriptions that
 * are named and nobody else. A standard queue: SNS and EventBridge keep no order here.
 *
 * It has the key of SQS itself: under one of KMS, a key policy that lacks a service would lose these messages as well.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class DeadLetters extends Construct {
  readonly queue: SqsQueue;
  private readonly name: string;
  private readonly sources: Readonly<Record<Putter, Set<Source>>> = { sns: new Set(), events: new Set() };

  /** @param region another region, where those who put messages aside stand there */
  constructor(scope: Construct, id: string, region?: string) {
    super(scope, id);
    register(this);
    this.name = nameOf(this, "queue");
    this.queue = new SqsQueue(this, "Resource", {
      region,
      name: this.name,
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: LONGEST_KEPT_SECONDS,
    });
    new SqsQueuePolicy(this, "policy", {
      region,
      queueUrl: this.queue.url,
      policy: Lazy.stringValue({ produce: () => policy(...this.statements()) }),
    });
  }

  /** Lets a rule of EventBridge put aside what it could not deliver. */
  ofRule(rule: Source): { readonly arn: string } {
    this.sources.events.add(rule);
    return { arn: this.queue.arn };
  }

  /** Lets the subscriptions of a topic do so: their redrive policy. */
  ofTopic(topic: Source): string {
    this.sources.sns.add(topic);
    return JSON.stringify({ deadLetterTargetArn: this.queue.arn });
  }

  /** What is worth watching of it; `missing` says what it means that something was put aside. */
  health(missing: string) {
    const url = `$(aws sqs get-queue-url --queue-name ${this.name} --query QueueUrl --output text)`;
    return {
      undelivered: {
        kind: "errors",
        means: `${missing}: it lies in the queue of what could not be delivered`,
        measure: {
          metric: {
            namespace: "AWS/SQS",
            name: "ApproximateNumberOfMessagesVisible",
            statistic: "Maximum",
            dimensions: { QueueName: this.name },
          },
        },
        bad: "above",
        unit: "messages",
        ticket: 0,
        period: "5 minutes",
        breaches: "1 of 1",
        firstSteps: [
          `Read them, with the reason, and leave them there: aws sqs receive-message --max-number-of-messages 10 --visibility-timeout 0 --attribute-names All --message-attribute-names All --queue-url ${url}.`,
          "A reason such as NO_PERMISSIONS or a disabled key comes back with the next message: mend it first.",
        ],
        mitigate: [
          "Do by hand what nobody was told to do.",
          `All of it is done, and none of them is needed any more; a purge loses them for good: aws sqs purge-queue --queue-url ${url}.`,
        ],
        rationale:
          "AWS watches queues that are worked off; in this one each message reached nobody, and SQS deletes it in 14 days.",
        source:
          "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html",
      },
    } as const satisfies Signals;
  }

  private statements(): Statement[] {
    const to = { Action: "sqs:SendMessage", Resource: this.queue.arn } as const;
    const allowed = (["sns", "events"] as const).filter((service) => this.sources[service].size > 0);
    return [
      ...allowed.map((service): Statement => ({
        Sid: `PutAsideBy${service.replace(/^./, (first) => first.toUpperCase())}`,
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        ...to,
        Condition: { ArnEquals: { "aws:SourceArn": [...this.sources[service]].map(({ arn }) => arn) } },
      })),
      {
        Sid: "OverTlsOnly",
        Effect: "Deny",
        Principal: "*",
        ...to,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ];
  }
}

/** What the role of a schedule may do, so that it puts aside what it could not start. */
export function putsAside({ queue }: DeadLetters): Statement {
  return { Sid: "PutsAside", Effect: "Allow", Action: "sqs:SendMessage", Resource: queue.arn };
}
