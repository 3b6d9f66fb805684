import { Content } from "./content";
import { Duration } from "./duration";
import { Figure } from "./figure";

/** What can be lost: one instance, a zone, a region, the truth of the data, or the whole account. */
export type Scenario = "instance" | "zone" | "region" | "corruption" | "account";

/** One way back from a loss. A construct may have several; each must meet an objective whole. */
export interface Recovery {
  /** The mechanism as the vendor names it, such as `Multi-AZ failover`. */
  readonly mechanism: string;
  /** How much of the newest data is lost (RPO). */
  readonly rpo: Figure<Duration>;
  /** How long until it works again (RTO), without the time to notice and decide unless {@link selfHealing}. */
  readonly rto: Figure<Duration>;
  /** Whether nobody has to act; then the RTO includes detection. */
  readonly selfHealing: boolean;
  /**
   * Whether it leads requests to where the service is back, as DNS failover between regions does: after the loss of a
   * region something must.
   *
   * @default false
   */
  readonly leadsRequests?: boolean;
  /**
   * Gibibytes that a restore moves an hour, where the RTO is a restore and so depends on size.
   *
   * @default - the RTO does not depend on size
   */
  readonly gibPerHour?: Figure;
  /**
   * What it takes after that to carry the load: launch, warm-up, the missing instances.
   *
   * @default - it carries the load as soon as it is back
   */
  readonly scaleUp?: Figure<Duration>;
  /**
   * What no measurement can get below: the time to live of a record, the delay of a replica.
   *
   * @default - nothing
   */
  readonly floor?: Readonly<Partial<Record<"rto" | "rpo", Figure<Duration>>>>;
  /**
   * What a person does, in order; commands can be pasted.
   *
   * @default - nothing: it comes back by itself, or its runbook says how
   */
  readonly steps?: readonly Content[];
  /**
   * What a person does once what was lost is there again, and serves no more: how the data return, and what is set up anew.
   *
   * @default - nothing
   */
  readonly failback?: readonly Content[];
  /**
   * How often it is put to the test, and by what.
   *
   * @default - nobody tests it
   */
  readonly tested?: { readonly every: Duration; readonly by: string };
}

/** For each loss, the ways back. A scenario that is not named has none. */
export type Recoveries = Readonly<Partial<Record<Scenario, readonly Recovery[]>>>;
