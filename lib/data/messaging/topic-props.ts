import { Publisher } from "../../parts/topic-policy";

/** What a `Topic` can be told. */
export interface TopicProps {
  /** AWS services that publish by themselves. @default - none: the account's own publishers go by IAM */
  readonly publishers?: readonly Publisher[];
  /** Whether messages of a group keep their order and come once. It cannot change later. @default false */
  readonly fifo?: boolean;
  /** Whether equal bodies are one message, where a publisher to a FIFO topic names no id. @default false */
  readonly contentBasedDeduplication?: boolean;
  /** The ARN of a KMS key that publishers may use. @default - a key of its own, which `publishers` may use */
  readonly key?: string;
}

/** What of a topic a queue gets, and how. */
export interface DeliveryProps {
  /** What messages must be like, as SNS writes it: `{ kind: ["order-placed"] }`. @default - all messages */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** What the filter looks at. @default "attributes" */
  readonly filterOn?: "attributes" | "body";
  /** Whether the message comes as it was published, without an envelope of SNS around it. @default true */
  readonly raw?: boolean;
}
