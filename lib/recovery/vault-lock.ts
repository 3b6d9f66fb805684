import { Construct } from "constructs";
import { requireThat, requireWhole } from "../core/guard";
import { requireProps } from "../core/props";

/** How long a recovery point in a locked vault is kept at least and at most. */
export interface LockDays {
  /** Nobody can delete a recovery point that is younger. */
  readonly minDays: number;
  /** No recovery point can be kept longer. */
  readonly maxDays: number;
}

/** What {@link VaultLock.compliance} must be told. */
export interface ComplianceTerms extends Partial<LockDays> {
  /** Days in which the lock can still be taken off (3-365); after them nobody can, not even AWS. */
  readonly coolOffDays: number;
  /** After the cool-off the vault can only be deleted when its last recovery point has expired. */
  readonly iUnderstandThisIsIrreversible: true;
}

/** The retention of every tier lies within: hourly snapshots are kept 7 days, monthly ones a year. */
const DEFAULT_DAYS: LockDays = { minDays: 7, maxDays: 400 };

/**
 * A lock on a vault: recovery points can be deleted neither early nor by accident.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export class VaultLock implements LockDays {
  private constructor(
    readonly minDays: number,
    readonly maxDays: number,
    /** What makes it a compliance lock. @default - a governance lock */
    readonly compliance?: ComplianceTerms,
  ) {}

  /** A lock that those with the permission can take off again. */
  static governance(days: Partial<LockDays> = {}): VaultLock {
    const { minDays, maxDays } = { ...DEFAULT_DAYS, ...days };
    return new VaultLock(minDays, maxDays);
  }

  /** A lock that nobody can take off, once its cool-off has passed: no root user, no `terraform destroy`. */
  static compliance(terms: ComplianceTerms): VaultLock {
    requireProps("VaultLock.compliance", terms, ["coolOffDays"], "terms");
    const { minDays, maxDays } = { ...DEFAULT_DAYS, ...terms };
    return new VaultLock(minDays, maxDays, terms);
  }
}

/** Refuses a lock that AWS would refuse, and an irreversible one that nobody has said yes to. */
export function requireLock(scope: Construct, { minDays, maxDays, compliance }: VaultLock): void {
  requireWhole(scope, "lock.minDays", minDays, 1, 36_500);
  requireWhole(scope, "lock.maxDays", maxDays, minDays, 36_500);
  if (compliance === undefined) return;
  // A lock that can be taken off for longer than a year is none.
  requireWhole(scope, "lock.coolOffDays", compliance.coolOffDays, 3, 365);
  requireThat(scope, compliance.iUnderstandThisIsIrreversible === true, {
    prop: "lock.iUnderstandThisIsIrreversible",
    must: "be true for a compliance lock",
    got: compliance.iUnderstandThisIsIrreversible,
    mend: "or take VaultLock.governance()",
  });
}
