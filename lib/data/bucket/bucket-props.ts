import { ObjectLock } from "./object-lock";

/** Storage that is cheaper to keep and dearer to read, at once and over three zones all the same. */
export const STORAGE_CLASSES = ["STANDARD_IA", "INTELLIGENT_TIERING", "GLACIER_IR"] as const;

/** One of them, in the words of S3. */
export type StorageClass = (typeof STORAGE_CLASSES)[number];

/** What a `Bucket` can be told. */
export interface BucketProps {
  /** A name is taken once in all the world, and cannot change later. @default - by path, account and region */
  readonly name?: string;
  /** The ARN of a KMS key in the region of the stack. @default - a key of its own, as the replica has */
  readonly key?: string;
  /** Days that an overwritten or deleted object can be had back. @default - the posture's `backupDays` */
  readonly versionDays?: number;
  /** Days after which an object goes. @default - it stays */
  readonly expireDays?: number;
  /** Days after which an object moves to cheaper storage: `{ STANDARD_IA: 30 }`. @default - it does not move */
  readonly transitions?: Readonly<Partial<Record<StorageClass, number>>>;
  /** How much it is expected to hold, in GiB: what a restore takes follows from it. @default 100 */
  readonly sizeGib?: number;
  /** The bucket that is told of every request. @default - requests are counted, not listed */
  readonly accessLogs?: string;
  /** Another region that has every object within 15 minutes, in a bucket of its own. @default - none */
  readonly replicateTo?: string;
  /** For audit data: objects that nobody changes or deletes for a time. It cannot be taken away later. @default - none */
  readonly lock?: ObjectLock;
  /** Whether EventBridge is told what happens to objects. @default false */
  readonly events?: boolean;
  /** The ARNs of roles that may delete a version for good, where a posture that protects denies it. @default - nobody */
  readonly mayErase?: readonly string[];
}
