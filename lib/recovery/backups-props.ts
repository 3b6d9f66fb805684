import { Stateful } from "../core/declarations";
import { Duration } from "../core/duration";
import { Posture } from "../core/posture";
import { VaultLock } from "./vault-lock";

/** How much a plan keeps, as the posture says it. */
export type Tier = Posture["backupTier"];

/** One rule of a plan. `continuous` restores to any second of its days, the others to the moment of a snapshot. */
export type RuleName = "continuous" | "hourly" | "daily" | "monthly";

/** When a rule backs up, and how long it keeps what it has made. */
export interface BackupRule {
  /** Hours of the day at which its start window opens, in UTC (0-23). */
  readonly hours: readonly number[];
  /** The one day of the month on which it runs (1-28). @default - every day */
  readonly dayOfMonth?: number;
  /** Days that a recovery point is kept. */
  readonly keepDays: number;
  /** Days that its copy in the other region is kept. @default - `keepDays` */
  readonly copyKeepDays?: number;
  /**
   * Days after which a recovery point moves to cold storage, where it stays for 90 days at least.
   *
   * @default - by the tier where every resource type can, else `"never"`
   */
  readonly coldAfterDays?: number | "never";
  /** How long a job may wait for its turn (at least an hour); then it expires. */
  readonly startWindow: Duration;
  /** How long a job may take, with its wait; then it is cancelled. */
  readonly completionWindow: Duration;
}

/** Changes to the rules of a tier; a rule that the tier does not have is added. */
export type RuleTunings = { readonly [name in RuleName]?: Partial<BackupRule> };

/** What a `Backups` can be told. */
export interface BackupsProps {
  /** What is backed up: constructs of the same stack that declare data, each by one `Backups`. */
  readonly of: readonly Stateful[];
  /**
   * Another region, to which each snapshot is copied into a vault with a key and a lock of its own.
   *
   * @default - no copy: the backups are lost with the region
   */
  readonly copyTo?: string;
  /** @default - the posture's `backupTier` */
  readonly tier?: Tier;
  /** Other hours, retention or windows, and rules that the tier does not have. @default - as the tier says */
  readonly rules?: RuleTunings;
  /**
   * What keeps recovery points from being deleted, here and in the other region.
   *
   * @default - `VaultLock.governance()` where the posture protects, else none: a locked vault is hard to destroy
   */
  readonly lock?: VaultLock;
  /** The ARN of a KMS key for the vault here. @default - a key of its own */
  readonly key?: string;
}
