import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { postureOf } from "../core/posture";
import { Key } from "../parts/key";
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
