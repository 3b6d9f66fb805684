import { SqsQueue, SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { nameOf } from "../../core/naming";
import { arnOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { NOBODY, Senders, queuePolicy } from "./queue-policy";
import { DEAD_LETTER_SECONDS } from "./dead-letter-signals";

/** The longest a request may wait for a message: fewer empty answers, and all servers are asked. */
const LONG_POLL_SECONDS = 20;

/** The name of a queue, as the service wants it: one that keeps the order ends in `.fifo`. */
export function queueName(scope: Construct, suffix: string, fifo: boolean): string {
  return `${nameOf(scope, "queue", suffix)}${fifo ? ".fifo" : ""}`;
}

/** What a queue and its dead letters have in common. */
export interface CommonSettings {
  readonly name: string;
  readonly fifo: boolean;
  readonly key: string | undefined;
  readonly maxMessageKib: number;
}

/** The same, as the provider takes it. */
export function common(scope: Construct, { name, fifo, key, maxMessageKib }: CommonSettings): SqsQueueConfig {
  return {
    name,
    fifoQueue: fifo,
    // By group: one that is slow or stuck holds up no other.
    ...(fifo && { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" }),
    maxMessageSize: maxMessageKib * 1024,
    receiveWaitTimeSeconds: LONG_POLL_SECONDS,
    ...(key === undefined
      ? { sqsManagedSseEnabled: true }
      : { kmsMasterKeyId: key, kmsDataKeyReusePeriodSeconds: 300 }),
    lifecycle: { preventDestroy: postureOf(scope).deletionProtection },
  };
}

/** Where messages are put aside: for as long as SQS can, and from nowhere but where it is for. */
export function deadLetterQueue(
  scope: Construct,
  id: string,
  settings: CommonSettings,
  from: { readonly queue: string } | { readonly senders: Senders },
): SqsQueue {
  const senders = "senders" in from ? from.senders : NOBODY;
  const redrive =
    "queue" in from
      ? { redrivePermission: "byQueue", sourceQueueArns: [arnOf(scope, "sqs", from.queue)] }
      : { redrivePermission: "denyAll" };
  return new SqsQueue(scope, id, {
    ...common(scope, settings),
    messageRetentionSeconds: DEAD_LETTER_SECONDS,
    redriveAllowPolicy: JSON.stringify(redrive),
    policy: queuePolicy(scope, arnOf(scope, "sqs", settings.name), senders),
  });
}

/** What stops a careless delete of a queue. */
export function queueGuards(scope: Construct): string[] {
  return postureOf(scope).deletionProtection ? ["prevent_destroy", "queue policy against deletion"] : [];
}
