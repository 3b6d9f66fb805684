import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import { Construct } from "constructs";
import { requireForm } from "../core/guard";
import { nameOf } from "../core/naming";
import { postureOf } from "../core/posture";
import { Key } from "../parts/key";
import { requireTopicArn } from "../parts/topic-arn";
import { VaultLock } from "./vault-lock";

/** What a vault is told. */
export interface VaultProps {
  readonly name: string;
  /** @default - the region of the stack */
  readonly region?: string;
  /** The ARN of a KMS key. @default - a key of its own, in the same region */
  readonly key?: string;
  /** @default - no lock */
  readonly lock?: VaultLock;
}

/** A vault with its key and its lock, which Terraform refuses to delete where the posture protects. */
export function makeVault(scope: Construct, id: string, { name, region, key, lock }: VaultProps): BackupVault {
  const guarded = postureOf(scope).deletionProtection;
  const description = `recovery points of ${scope.node.path}`;
  const vault = new BackupVault(scope, id, {
    name,
    region,
    kmsKeyArn: key ?? new Key(scope, `${id}-key`, { description, region }).arn,
    // A vault that holds recovery points is not deleted without it.
    forceDestroy: !guarded,
    lifecycle: { preventDestroy: guarded },
  });
  if (lock !== undefined) {
    new BackupVaultLockConfiguration(scope, `${id}-lock`, {
      backupVaultName: vault.name,
      region,
      minRetentionDays: lock.minDays,
      maxRetentionDays: lock.maxDays,
      // Set, it makes the lock irreversible: there is no other sign of a compliance lock.
      ...(lock.compliance && { changeableForDays: lock.compliance.coolOffDays }),
    });
  }
  return vault;
}

/** The name of a vault, known at synthesis: metrics are found by it. */
export function vaultName(scope: Construct, id: string): string {
  return nameOf(scope, "backup-vault", id);
}

/** Refuses what is no ARN of a vault. Tokens pass. */
export function requireVaultArn(scope: Construct, prop: string, arn: string): void {
  const form = "the ARN of a backup vault";
  requireForm(scope, prop, arn, /^arn:[\w-]+:backup:[\w-]+:\d{12}:backup-vault:[\w-]+$/, form);
}

/** What a vault tells of besides: no metric counts these, or only an hour later. */
const EVENTS = [
  "BACKUP_JOB_FAILED",
  "BACKUP_JOB_EXPIRED",
  "COPY_JOB_FAILED",
  "RESTORE_JOB_FAILED",
  "RECOVERY_POINT_MODIFIED",
  "S3_BACKUP_OBJECT_FAILED",
  "S3_RESTORE_OBJECT_FAILED",
];

/** Lets a vault tell a topic of what fails, and of recovery points that somebody changes. */
export function tellOfEvents(scope: Construct, vault: BackupVault, snsTopicArn: string): void {
  requireTopicArn(scope, "eventTopic", snsTopicArn);
  new BackupVaultNotifications(scope, "events", {
    backupVaultName: vault.name,
    snsTopicArn,
    backupVaultEvents: [...EVENTS],
  });
}
