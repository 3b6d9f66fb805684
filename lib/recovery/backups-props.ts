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

/**
 * A logically air-gapped vault: how long a copy is kept at least and at most, neither can be changed later, and for
 * whom.
 */
export interface AirGap {
  /** 7 at least. */
  readonly minDays: number;
  readonly maxDays: number;
  /**
   * Accounts of the same organisation that can restore from it, by their 12 digits. It must be shared before the loss of
   * this account: afterwards nobody can.
   *
   * @default - none: it keeps copies from being deleted, and is no way back from the loss of the account
   */
  readonly sharedWith?: readonly string[];
}

/**
 * How long the law, or a contract, asks for data of one class to be kept, and when it asks for them to be gone.
 *
 * A legal hold is not part of it, nor of Terraform or Cloud Control: it names recovery points that outlive every
 * retention until somebody takes it off (`aws backup create-legal-hold`).
 */
export interface DataClass {
  /** What the class is called; each recovery point carries it as the tag `DataClass`. */
  readonly name: string;
  /** At least one rule keeps for so many days. @default - nothing has to be kept */
  readonly atLeastDays?: number;
  /** No rule keeps for more days. @default - nothing has to go */
  readonly atMostDays?: number;
}

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
  /**
   * The ARN of a vault of another account in the same organisation, to which each snapshot is copied: what is deleted here
   * stays there. That vault must let this account copy into it (`backup:CopyIntoBackupVault`), under a key that both may
   * use, and the organisation must allow copies between accounts.
   *
   * @default - no copy: the backups are lost with the account
   */
  readonly copyToVault?: string;
  /**
   * A logically air-gapped vault, to which each snapshot is copied: AWS owns where it lies and the key, it is locked for
   * good, and accounts that it is shared with can restore from it. What AWS Backup does not manage wholly (RDS, Aurora,
   * EBS) must be under a customer managed key.
   *
   * @default - none
   */
  readonly airGapped?: AirGap;
  /** What the retention of every rule must fit. @default - no class */
  readonly dataClass?: DataClass;
  /**
   * Whether the region of the stack, and that of `copyTo`, are opted in for the types that are backed up; a list names one
   * of them. AWS Backup silently skips a type that is not, and its copies fail. The setting is one of the whole account in
   * its region: set it in one `Backups` of one stack.
   *
   * @default false
   */
  readonly optIn?: boolean | readonly string[];
  /**
   * The ARN of an SNS topic that the vault tells of what fails, of objects of a bucket that could not be copied, and of
   * recovery points that somebody changes. The topic must let AWS Backup publish.
   *
   * @default - nobody is told but by the signals
   */
  readonly eventTopic?: string;
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
