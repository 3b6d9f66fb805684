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

/** What is run on instances: one of AWS's own documents for Systems Manager. */
export interface FaultCommand {
  /** Such as `AWSFIS-Run-CPU-Stress`. */
  readonly document: string;
  /** What the document asks for; how long it runs is `DurationSeconds`, shorter than the action. */
  readonly parameters: Readonly<Record<string, string>>;
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
  /**
   * What is brought about together in a zone: what is lost with it, what is slow, or what loses packets.
   *
   * @default "zone"
   */
  readonly pack?: "zone" | "slow" | "lossy";
}

/** How a fault takes part when another region is cut off. */
export interface RegionNarrowing {
  /** The regions that it can cut off. @default - any */
  readonly regions?: readonly string[];
  /** The parameter of the action that takes the region. @default - the action names none */
  readonly actionParameter?: string;
}

/**
 * One way to break a construct on purpose, so that a claim of its `recovers` is put to the test.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export interface Fault {
  /** The loss that it brings about. */
  readonly scenario: Scenario;
  /**
   * The mechanism of `recovers` that should bring the construct back.
   *
   * @default - none: what is only cut off with a region may claim nothing, as long as something else does
   */
  readonly mechanism?: string;
  /** The action of the AWS Fault Injection Service, such as `aws:rds:reboot-db-instances`. */
  readonly action: string;
  /** Parameters of the action. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What `aws:ssm:send-command` runs. @default - the action is another one */
  readonly command?: FaultCommand;
  /** @default - the action has no target */
  readonly target?: FaultTarget;
  /**
   * The name of another fault of the construct, after which it is brought about, in the same experiment: a wait of the
   * action `aws:fis:wait` lets what came before take effect.
   *
   * @default - it is brought about at once
   */
  readonly after?: string;
  /** Its part in the outage of one zone: such a fault is never brought about alone. @default - an experiment of its own */
  readonly zone?: ZoneNarrowing;
  /** Its part in cutting off another region, together with all else that does. @default - none */
  readonly region?: RegionNarrowing;
  /**
   * Whether it is an experiment only where somebody includes it: it makes slow or weak, and takes nothing away that the
   * construct must survive.
   *
   * @default false
   */
  readonly onRequest?: boolean;
  /** What it does, for people: `the instance is rebooted with a failover to its standby`. */
  readonly does: string;
}

/** Faults by name; names are camelCase nouns. */
export type Faults = Readonly<Record<string, Fault>>;
