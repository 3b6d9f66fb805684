import { BackupPlan, BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { Protected, Stateful, Watchable } from "../core/declarations";
import { minutes } from "../core/duration";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { postureOf } from "../core/posture";
import { serviceRole } from "../parts/service-role";
import { PlannedRule, claim, requireCopy, requireWithinLock } from "./backup-checks";
import { longestGapHours, rulesOf, silentHours } from "./backup-rules";
import { BackupsProps } from "./backups-props";
import { giveBackups } from "./backups-recovery";
import { PlanSize, backupsSignals } from "./backups-signals";
import { POLICIES } from "./resource-types";
import { makeVault, vaultName } from "./vault";
import { VaultLock, requireLock } from "./vault-lock";

/**
 * Backs up what holds data, as often and as long as the tier of the posture says, and says so when it does not: what
 * holds data and is named by no `Backups` fails synthesis.
 *
 * Recovery points lie encrypted in a vault that, where the posture protects, is locked and not deleted by accident; with
 * `copyTo` each snapshot also lies in another region. Jobs that fail, and jobs that never come, are signals, counted a
 * resource type: what must be missed by itself has a `Backups` of its own. AWS Backup silently skips a type that is not
 * opted in in the region; the signals on silence tell.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html
 */
export class Backups extends Construct implements Watchable, Stateful {
  readonly plan: BackupPlan;
  readonly selection: BackupSelection;
  readonly vault: BackupVault;
  /** The vault in the other region, where there is one. */
  readonly copyVault?: BackupVault;
  private readonly size: PlanSize;
  private readonly by: readonly string[];

  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    register(this);
    const { backupTier, deletionProtection } = postureOf(this);
    const { copyTo, tier = backupTier, rules = {}, key } = props;
    const lock = props.lock ?? (deletionProtection ? VaultLock.governance() : undefined);
    requireCopy(this, copyTo, rules);
    if (lock !== undefined) requireLock(this, lock);
    const held = claim(this, props.of);
    const types = [...new Set(held.map(({ type }) => type))].sort();
    const planned = rulesOf(this, tier, rules, types);
    if (lock !== undefined) {
      for (const rule of planned) requireWithinLock(this, rule, lock, copyTo !== undefined);
    }

    const name = vaultName(this, "");
    this.vault = makeVault(this, "vault", { name, key, lock });
    const copyName = copyTo === undefined ? undefined : vaultName(this, "copy");
    if (copyName !== undefined) {
      this.copyVault = makeVault(this, "copy-vault", { name: copyName, region: copyTo, lock });
    }
    this.size = { vault: name, copyVault: copyName, types, silentHours: silentHours(planned) };
    this.by = [...(deletionProtection ? ["prevent_destroy"] : []), ...(lock ? ["vault lock"] : [])];

    this.plan = new BackupPlan(this, "Resource", {
      name: nameOf(this, "backup-plan"),
      rule: planned.map((rule) => planRule(rule, this.vault, this.copyVault, types)),
    });
    this.selection = new BackupSelection(this, "selection", {
      name: nameOf(this, "backup-plan"),
      planId: this.plan.id,
      iamRoleArn: this.role(types),
      resources: held.map(({ arn }) => arn),
    });
    for (const target of props.of) giveBackups(target, { gapHours: longestGapHours(planned), copyTo });
  }

  get signals() {
    return backupsSignals(this.size);
  }

  get protects(): readonly Protected[] {
    const backUp = { no: "it is the backup" };
    return [this.vault, this.copyVault].flatMap((vault) =>
      vault ? [{ type: "BackupVault", arn: vault.arn, backUp, by: this.by }] : [],
    );
  }

  private role(types: readonly string[]): string {
    return serviceRole(this, "role", {
      service: "backup.amazonaws.com",
      managed: ["service-role/AWSBackupServiceRolePolicyForBackup", ...types.flatMap((type) => POLICIES[type] ?? [])],
      namesAccount: false,
    }).arn;
  }
}

function planRule(
  rule: PlannedRule,
  vault: BackupVault,
  copyVault: BackupVault | undefined,
  types: readonly string[],
): BackupPlanRule {
  const { name, hours, dayOfMonth = "*", keepDays, copyKeepDays, coldAfterDays } = rule;
  const cold = coldAfterDays !== "never" && {
    coldStorageAfter: coldAfterDays,
    ...(types.includes("EBS") && { optInToArchiveForSupportedResources: true }),
  };
  const continuous = name === "continuous";
  return {
    ruleName: name,
    targetVaultName: vault.name,
    schedule: `cron(0 ${[...new Set(hours)].sort((a, b) => a - b).join(",")} ${dayOfMonth} * ? *)`,
    scheduleExpressionTimezone: "Etc/UTC",
    startWindow: minutes(rule.startWindow),
    completionWindow: minutes(rule.completionWindow),
    enableContinuousBackup: continuous,
    lifecycle: { deleteAfter: keepDays, ...cold },
    // A copy of a continuous backup is a snapshot: the other rules have those.
    ...(copyVault &&
      !continuous && {
        copyAction: [{ destinationVaultArn: copyVault.arn, lifecycle: { deleteAfter: copyKeepDays, ...cold } }],
      }),
  };
}
