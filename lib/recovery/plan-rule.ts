import { BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { minutes } from "../core/duration";
import { PlannedRule } from "./backup-checks";
import { DataClass } from "./backups-props";

/** Where recovery points lie. */
interface Vaults {
  readonly vault: BackupVault;
  /** In another region. @default - there is none */
  readonly copyVault?: BackupVault;
  readonly types: readonly string[];
}

/** A rule as the plan has it. Vaults of others, by their ARN in `copies`, know no cold storage. */
export function planRule(
  rule: PlannedRule,
  { vault, copyVault, types }: Vaults,
  copies: readonly string[],
  dataClass: DataClass | undefined,
): BackupPlanRule {
  const { name, hours, dayOfMonth = "*", keepDays, copyKeepDays, coldAfterDays } = rule;
  const cold = coldAfterDays !== "never" && {
    coldStorageAfter: coldAfterDays,
    ...(types.includes("EBS") && { optInToArchiveForSupportedResources: true }),
  };
  // A copy of a continuous backup is a snapshot: the other rules have those.
  const copyAction =
    name === "continuous"
      ? []
      : [
          ...(copyVault
            ? [{ destinationVaultArn: copyVault.arn, lifecycle: { deleteAfter: copyKeepDays, ...cold } }]
            : []),
          ...copies.map((arn) => ({ destinationVaultArn: arn, lifecycle: { deleteAfter: copyKeepDays } })),
        ];
  return {
    ruleName: name,
    targetVaultName: vault.name,
    schedule: `cron(0 ${[...new Set(hours)].sort((a, b) => a - b).join(",")} ${dayOfMonth} * ? *)`,
    scheduleExpressionTimezone: "Etc/UTC",
    startWindow: minutes(rule.startWindow),
    completionWindow: minutes(rule.completionWindow),
    enableContinuousBackup: name === "continuous",
    lifecycle: { deleteAfter: keepDays, ...cold },
    ...(dataClass && { recoveryPointTags: { DataClass: dataClass.name } }),
    ...(copyAction.length > 0 && { copyAction }),
  };
}
