export { BackupAudit } from "./backup-audit";
export type { Aimed, BackupAuditProps } from "./backup-audit-props";
export { Backups } from "./backups";
export type { AirGap, BackupRule, BackupsProps, DataClass, RuleName, RuleTunings, Tier } from "./backups-props";
export { Objectives } from "./objectives";
export type { CorruptionObjective, Objective, ObjectivesProps } from "./objectives-props";
export { VaultLock } from "./vault-lock";
export type { ComplianceTerms, LockDays } from "./vault-lock";
export type { Held, Restorable } from "./restorable";
export { RestoreProof } from "./restore-proof";
export type {
  RestoreProofProps,
  RestoreQuery,
  RestoreTest,
  RestoreTestName,
  RestoreTestTunings,
} from "./restore-proof-props";
