import { Duration } from "../core/duration";
import { Restorable } from "./restorable";

/** What has an objective for the loss of the truth: our `Objectives`, or a literal. */
export interface Aimed {
  readonly goals: {
    /** @default - none is stated, and nothing can be audited by it */
    readonly corruption?: { readonly rto: Duration; readonly rpo: Duration };
  };
}

/** What a {@link BackupAudit} can be told. */
export interface BackupAuditProps {
  /** What is audited: everything of its types in the account and region. */
  readonly of: Restorable;
  /**
   * Whose objective for corruption the controls carry: the age of the newest backup and the time of a restore.
   *
   * @default - neither is audited
   */
  readonly objectives?: Aimed;
  /** Days that the plans must keep what they back up every day at least. @default 35 */
  readonly keepDays?: number;
  /** Where else backups must lie. @default - nowhere */
  readonly copies?: readonly ("region" | "account")[];
  /** The name of the bucket of reports. @default - by the construct path, account and region */
  readonly bucketName?: string;
  /** Days that reports are kept. @default - the posture's `logDays` */
  readonly reportDays?: number;
}
