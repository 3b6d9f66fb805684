import { Zone } from "./network";
import { Scenario } from "./recovery";

/** What a fault is done to, as the fault injection service finds it: by ARNs or by tags, never by both. */
export interface FaultTarget {
  /** The key under which the action takes its target, such as `DBInstances`. */
  readonly key: string;
  /** Such as `aws:rds:db`. */
  readonly resourceType: string;
  /** One to five ARNs. @default - found by `tags` */
  readonly arns?: readonly string[];
  /** Tags that the targets carry, and nothing outside of the construct does. @default - named by `arns` */
  readonly tags?: Readonly<Record<string, string>>;
  /** Attributes that the targets have, by path: `{ "State.Name": ["running"] }`. @default - any */
  readonly filters?: Readonly<Record<string, readonly string[]>>;
  /** What the service asks for besides, such as the cluster of tasks. @default - nothing */
  readonly parameters?: Readonly<Record<string, string>>;
  /** `"ALL"`, `"COUNT(1)"` or `"PERCENT(25)"`. */
  readonly selection: string;
}

/** How an outage of one zone narrows a fault to that zone. */
export interface ZoneNarrowing {
  /** The zones that it can be narrowed to. */
  readonly zones: readonly Zone[];
  /**
   * What the name of the zone is given to: an attribute that targets are filtered by (`Placement.AvailabilityZone`), a
   * parameter of the target, or one of the action.
   */
  readonly by:
    { readonly filter: string } | { readonly targetParameter: string } | { readonly actionParameter: string };
  /** Whether there is a target in each of the zones at any time: a database stands in one of them. */
  readonly always: boolean;
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
  /** Its part in the outage of one zone: such a fault is never brought about alone. @default - an experiment of its own */
  readonly zone?: ZoneNarrowing;
  /** What it does, for people: `the instance is rebooted with a failover to its standby`. */
  readonly does: string;
}

/** Faults by name; names are camelCase nouns. */
export type Faults = Readonly<Record<string, Fault>>;
