export { Backups } from "./backups";
export type { BackupRule, BackupsProps, RuleName, RuleTunings, Tier } from "./backups-props";
export { Objectives } from "./objectives";
export type { CorruptionObjective, Objective, ObjectivesProps } from "./objectives-props";
export { VaultLock } from "./vault-lock";
export type { ComplianceTerms, LockDays } from "./vault-lock";
