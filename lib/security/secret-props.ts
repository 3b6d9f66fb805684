/** A key, and its replicas by region: a `Key`, or a literal for one that exists. */
export interface SecretKey {
  readonly arn: string;
  /** @default - none: the secret stays in its region */
  readonly replicas?: Readonly<Record<string, { readonly arn: string }>>;
}

/** How a secret gets another value by itself. */
export interface SecretRotation {
  /** The ARN of the function that makes a value and tells those who check it. */
  readonly functionArn: string;
  /** Days from one value to the next (1-1000). @default 30 */
  readonly everyDays?: number;
}

/** What a `Secret` can be told. */
export interface SecretProps {
  /** What it opens, for the reader of the console. @default - the construct path */
  readonly description?: string;
  /**
   * The value, as a reference such as a sensitive variable. It is written and never kept in the state: to write another
   * one, raise `valueVersion`.
   *
   * @default - none: people write it (procedure `setValue`), or the function that rotates it does
   */
  readonly value?: string;
  /** @default 1 */
  readonly valueVersion?: number;
  /** Other regions that have it, too, each under a key of its own. @default - none */
  readonly replicateTo?: readonly string[];
  /** @default - a key of its own, with a replica in each region of `replicateTo` */
  readonly key?: SecretKey;
  /** @default - it keeps its value until somebody writes another one */
  readonly rotation?: SecretRotation;
  /**
   * Days in which a deletion can be taken back (7-30).
   *
   * @default - 30 where the posture protects; else it is gone at once, and its name is free again
   */
  readonly recoveryDays?: number;
}
