import { Duration } from "../../core/duration";

/** What a `Queue` can be told. */
export interface QueueProps {
  /**
   * How long a consumer may take for what it receives at once; for Lambda, the timeout of the function.
   *
   * @default "30 seconds"
   */
  readonly consumerTimeout?: Duration;
  /** How long a received message stays hidden from other consumers. @default - six times `consumerTimeout` */
  readonly visibilityTimeout?: Duration;
  /** How often a message is received before it becomes a dead letter (1-1000; 1 needs a reason). @default 5 */
  readonly maxDeliveries?: number;
  /** How long a message may wait: older than that wakes someone, half of it opens a ticket. @default "15 minutes" */
  readonly maxAge?: Duration;
  /** Messages a second that the consumers get done at full scale. @default - depth is shown, and has no threshold */
  readonly messagesPerSecond?: number;
  /** How long an unread message is kept (up to 10 days; dead letters are kept for 14). @default "4 days" */
  readonly retention?: Duration;
  /** How long a new message is held back. @default "0 seconds" */
  readonly delay?: Duration;
  /** Whether messages of a group keep their order and come once. It cannot change later. @default false */
  readonly fifo?: boolean;
  /** Whether equal bodies are one message, where a producer of a FIFO queue names no id. @default false */
  readonly contentBasedDeduplication?: boolean;
  /** The largest message, in KiB (1-1024). @default 256 */
  readonly maxMessageKib?: number;
  /**
   * The ARN of a KMS key, which every producer and consumer must be let use: a service that is not drops its messages in
   * silence.
   *
   * @default - SSE-SQS: encrypted by a key of the service, which nobody needs a grant for and nobody pays for
   */
  readonly key?: string;
}
