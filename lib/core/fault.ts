import { Scenario } from "./recovery";

/** What a fault is done to, as the fault injection service finds it. */
export interface FaultTarget {
  /** The key under which the action takes its target, such as `DBInstances`. */
  readonly key: string;
  /** Such as `aws:rds:db`. */
  readonly resourceType: string;
  /** One to five ARNs. @default - found by `tags` */
  readonly arns?: readonly string[];
  /** Tags that the targets carry. @default - named by `arns` */
  readonly tags?: Readonly<Record<string, string>>;
  /** Attributes that the targets have, by path: `{ "State.Name": ["running"] }`. @default - any */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
  /** What the service asks for besides, such as the cluster of tasks. @default - nothing */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `"ALL"`, `"COUNT(1)"` or `"PERCENT(25)"`. */
  readonly selection: string;
  /**
   * The attribute by which an outage of one zone narrows the targets to that zone: a path to filter by
   * (`Placement.AvailabilityZone`) or a parameter of the target.
   *
   * @default - the target has no zone: it takes no part in an outage of one
   */
  readonly zone?: { readonly filter: string } | { readonly parameter: string };
}

/**
 * One way to break a construct on purpose, so that a claim of its `recovers` is put to the test.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export interface Fault {
  /** The loss that it brings about. */
  readonly scenario: Scenario;
  /** The mechanism of `recovers` that should bring the construct back. */
  readonly mechanism: string;
  /** The action of the AWS Fault Injection Service, such as `aws:rds:reboot-db-instances`. */
  readonly action: string;
  /** Parameters of the action. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default - the action has no target */
  readonly target?: FaultTarget;
  /** What it does, for people: `the instance is rebooted with a failover to its standby`. */
  readonly does: string;
}

/** Faults by name; names are camelCase nouns. */
export type Faults = Readonly<Record<string, Fault>>;
