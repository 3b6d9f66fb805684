import { TerraformElement } from "cdktf";
import { IConstruct } from "constructs";
import { Duration } from "./duration";
import { Faults } from "./fault";
import { Fence } from "./fence";
import { Figure } from "./figure";
import { Indicators } from "./indicator";
import { Member, isMeantAs } from "./likeness";
import { Procedures } from "./procedure";
import { Queries } from "./query";
import { Quotas } from "./quota";
import { Recoveries } from "./recovery";
import { Signals } from "./signal";

/** A construct that says what is worth watching about it. */
export interface Watchable<S extends Signals = Signals> extends IConstruct {
  readonly signals: S;
}

/** A construct that says how good it is, in events or in time. */
export interface Measurable<I extends Indicators = Indicators> extends IConstruct {
  readonly indicators: I;
}

/** A construct that says what it comes back from, how fast and with what loss. */
export interface Recoverable extends IConstruct {
  readonly recovers: Recoveries;
}

/** The availability that a provider promises, and on what condition. */
export interface Sla extends Figure {
  /** What must be true for the promise to hold, such as `Multi-AZ`. */
  readonly condition: string;
}

/** A construct whose provider promises an availability. */
export interface Dependable extends IConstruct {
  readonly sla: Sla;
}

/** A construct that says how it can be broken on purpose, to test what it claims to come back from. */
export interface Breakable extends IConstruct {
  readonly faults: Faults;
}

/** Something that holds data. */
export interface Protected {
  /** What it is, in AWS Backup's word for the type where it has one: `RDS`, `DynamoDB`, `S3`, `EFS`. */
  readonly type: string;
  readonly arn: string;
  /**
   * What its ARN ends in, or its tag `Name` where AWS assigns that: its backups are found by it.
   *
   * @default - by its ARN where that is known, else whoever restores says which it is
   */
  readonly name?: string;
  /** How much it holds: a restore of a backup takes as long as that. @default - 4 hours are assumed, or its own restore */
  readonly sizeGib?: number;
  /** Whether AWS Backup has to copy it, or why not. */
  readonly backUp: true | { readonly no: string };
  /**
   * Why AWS Backup copies what it has backed up neither to another region nor to another vault.
   *
   * @default - it does
   */
  readonly notCopied?: string;
  /**
   * Whether the service needs what it holds, though AWS Backup does not copy it: a secret, images. To make it anew, empty,
   * brings nothing back then.
   *
   * @default - not, as for queues and for copies of what stands elsewhere
   */
  readonly needed?: boolean;
  /** What stops a careless delete, one safeguard an entry. */
  readonly by: readonly string[];
}

/** A construct that holds data: it must be backed up, and never deleted by accident. */
export interface Stateful extends IConstruct {
  readonly protects: Protection;
}

/** All of it that a construct holds. */
export type Protection = readonly Protected[];

/** A construct that says what is worth asking its logs. */
export interface Queryable<Q extends Queries = Queries> extends IConstruct {
  readonly queries: Q;
}

/** A construct that says what people do with it now and then, such as an upgrade. */
export interface Procedural extends IConstruct {
  readonly procedures: Procedures;
}

/** A construct that says how it is kept out when its region comes back from a loss. */
export interface Fenceable extends IConstruct {
  /** @default - nothing serves or writes there that was not led there */
  readonly fence?: Fence;
}

/** A construct that grows with its load by itself. */
export interface Scalable extends IConstruct {
  /** From a load that is too high until it is carried: until scaling acts, launch, warm-up. */
  readonly grows: Figure<Duration>;
}

/** A construct that says which quotas of its account it takes a part of. */
export interface Limited extends IConstruct {
  readonly quotas: Quotas;
}

type Declared<K extends Member, V> = IConstruct & { readonly [key in K]: V };

/**
 * Whether a construct declares a member.
 *
 * The provider's own classes declare nothing, whatever attributes they happen to have. By shape, not `instanceof`: two
 * copies of this package, or a pattern of somebody else, declare just as well; what only has the name of a declaration
 * is none.
 */
function declares<K extends Member, V>(construct: IConstruct, member: K): construct is Declared<K, V> {
  return declared(construct, member) !== undefined;
}

/** What a construct declares as one of its members, read once: it may be worked out anew each time. */
export function declared(construct: IConstruct, member: Member): object | undefined {
  if (TerraformElement.isTerraformElement(construct) || !(member in construct)) return undefined;
  const value = (construct as unknown as Record<string, unknown>)[member];
  return isMeantAs(member, value) ? value : undefined;
}

/** Whether a construct declares signals. */
export function isWatchable(construct: IConstruct): construct is Watchable {
  return declares<"signals", Signals>(construct, "signals");
}

/** Whether a construct declares indicators. */
export function isMeasurable(construct: IConstruct): construct is Measurable {
  return declares<"indicators", Indicators>(construct, "indicators");
}

/** Whether a construct declares how it recovers. */
export function isRecoverable(construct: IConstruct): construct is Recoverable {
  return declares<"recovers", Recoveries>(construct, "recovers");
}

/** Whether a construct declares what its provider promises. */
export function isDependable(construct: IConstruct): construct is Dependable {
  return declares<"sla", Sla>(construct, "sla");
}

/** Whether a construct declares data that must be protected. */
export function isStateful(construct: IConstruct): construct is Stateful {
  return declares<"protects", readonly Protected[]>(construct, "protects");
}

/** Whether a construct declares queries. */
export function isQueryable(construct: IConstruct): construct is Queryable {
  return declares<"queries", Queries>(construct, "queries");
}

/** Whether a construct declares procedures. */
export function isProcedural(construct: IConstruct): construct is Procedural {
  return declares<"procedures", Procedures>(construct, "procedures");
}

/** Whether a construct declares quotas. */
export function isLimited(construct: IConstruct): construct is Limited {
  return declares<"quotas", Quotas>(construct, "quotas");
}

/** Whether a construct declares how it grows. */
export function isScalable(construct: IConstruct): construct is Scalable {
  return declares<"grows", Figure<Duration>>(construct, "grows");
}

/** Whether a construct declares a fence. */
export function isFenceable(construct: IConstruct): construct is Fenceable & { readonly fence: Fence } {
  return declares<"fence", Fence>(construct, "fence");
}

/** Whether a construct declares faults. */
export function isBreakable(construct: IConstruct): construct is Breakable {
  return declares<"faults", Faults>(construct, "faults");
}
