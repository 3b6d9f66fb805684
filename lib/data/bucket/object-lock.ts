import { Construct } from "constructs";
import { requireThat, requireWhole } from "../../core/guard";
import { requireProps } from "../../core/props";

/** What {@link ObjectLock.compliance} must be told. */
export interface ObjectComplianceTerms {
  /** Days in which nobody can delete an object, not even the root user, and no one can shorten them. */
  readonly days: number;
  /** What lies there is paid for until its days are over; a bucket that holds it cannot be deleted. */
  readonly iUnderstandThisIsIrreversible: true;
}

/**
 * A lock on every new object: for a number of days it can be neither changed nor deleted.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class ObjectLock {
  private constructor(
    readonly mode: "GOVERNANCE" | "COMPLIANCE",
    readonly days: number,
    /** Whether somebody has said yes to what cannot be undone. */
    readonly acknowledged: boolean,
  ) {}

  /** A lock that those with the permission can take off again. */
  static governance(terms: { readonly days: number }): ObjectLock {
    requireProps("ObjectLock.governance", terms, ["days"], "terms");
    return new ObjectLock("GOVERNANCE", terms.days, true);
  }

  /** A lock that nobody can take off: no root user, no support, no `terraform destroy`. */
  static compliance(terms: ObjectComplianceTerms): ObjectLock {
    requireProps("ObjectLock.compliance", terms, ["days"], "terms");
    return new ObjectLock("COMPLIANCE", terms.days, terms.iUnderstandThisIsIrreversible === true);
  }
}

/** Refuses a lock that S3 would refuse, one that outlives what it locks, and an irreversible one nobody has said yes to. */
export function requireObjectLock(scope: Construct, lock: ObjectLock, expireDays: number | undefined): void {
  requireWhole(scope, "lock.days", lock.days, 1, 36_500);
  requireThat(scope, lock.acknowledged, {
    prop: "lock.iUnderstandThisIsIrreversible",
    must: "be true for a compliance lock",
    got: lock.acknowledged,
    mend: "or take ObjectLock.governance()",
  });
  requireThat(scope, expireDays === undefined || expireDays >= lock.days, {
    prop: "expireDays",
    must: `be at least the ${lock.days} days of the lock`,
    got: expireDays,
    mend: "S3 would keep the object all the same",
  });
}
