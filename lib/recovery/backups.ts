import { BackupLogicallyAirGappedVault } from "@cdktf/provider-aws/lib/backup-logically-air-gapped-vault";
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { Protected, Stateful, Watchable } from "../core/declarations";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { postureOf } from "../core/posture";
import { serviceRole } from "../parts/service-role";
import { claim, requireCopy, requireCopyable } from "./backup-checks";
import { longestGapHours, rulesOf, silentHours } from "./backup-rules";
import { BackupsProps } from "./backups-props";
import { giveBackups } from "./backups-recovery";
import { PlanSize, backupsSignals } from "./backups-signals";
import { copiesOf } from "./copies";
import { planRule } from "./plan-rule";
import { optInOf } from "./region-settings";
import { POLICIES } from "./resource-types";
import { Held, Restorable } from "./restorable";
import { RESTORED } from "./restore-types";
import { requireDataClass, requireWithinLock } from "./retention-checks";
import { makeVault, tellOfEvents, vaultName } from "./vault";
import { VaultLock, requireLock } from "./vault-lock";

/**
 * Backs up what holds data, as often and as long as the tier of the posture says, and says so when it does not: what
 * holds data and is named by no `Backups` fails synthesis.
 *
 * Recovery points lie encrypted in a vault that, where the posture protects, is locked and not deleted by accident; with
 * `copyTo` each snapshot also lies in another region, with `copyToVault` in another account, with `airGapped` in a vault that
 * AWS owns. A role that restores is there before it is needed, and the ways back say how. Jobs that fail, and jobs that
 * never come, are signals, counted a resource type: what must be missed by itself has a `Backups` of its own. AWS Backup
 * silently skips a type that is not opted in in the region; the signals on silence tell.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html
 */
export class Backups extends Construct implements Watchable, Stateful, Restorable {
  readonly plan: BackupPlan;
  readonly selection: BackupSelection;
  readonly vault: BackupVault;
  /** The vault in the other region, where there is one. */
  readonly copyVault?: BackupVault;
  /** The vault that is logically air-gapped, where there is one. */
  readonly airGappedVault?: BackupLogicallyAirGappedVault;
  /** What the region is opted in for, where this is asked for. */
  readonly regionSettings?: BackupRegionSettings;
  /** What the region of the copies is opted in for, where this is asked for. */
  readonly copyRegionSettings?: BackupRegionSettings;
  /** What is backed up, in AWS Backup's words for the types. */
  readonly types: readonly string[];
  readonly held: readonly Held[];
  private readonly size: PlanSize;
  private readonly by: readonly string[];

  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    register(this, props, "BackupsProps");
    const { backupTier, deletionProtection } = postureOf(this);
    const { copyTo, tier = backupTier, rules = {}, key, dataClass, eventTopic } = props;
    const lock = props.lock ?? (deletionProtection ? VaultLock.governance() : undefined);
    requireCopy(this, props);
    if (lock !== undefined) requireLock(this, lock);
    this.held = claim(this, props.of);
    requireCopyable(this, props);
    const types = [...new Set(this.held.map(({ type }) => type))].sort();
    this.types = types;
    const planned = rulesOf(this, tier, rules, types);
    if (lock !== undefined) {
      for (const rule of planned) requireWithinLock(this, rule, lock, copyTo !== undefined);
    }
    if (dataClass !== undefined) requireDataClass(this, dataClass, planned);

    const name = vaultName(this, "");
    this.vault = makeVault(this, "vault", { name, key, lock });
    const copy = copyTo === undefined ? undefined : { name: vaultName(this, "copy"), region: copyTo };
    if (copy !== undefined) this.copyVault = makeVault(this, "copy-vault", { ...copy, lock });
    const copies = copiesOf(this, props, planned);
    this.airGappedVault = copies.airGapped;
    const settings = optInOf(this, props, types);
    this.regionSettings = settings.here;
    this.copyRegionSettings = settings.there;
    if (eventTopic !== undefined) tellOfEvents(this, this.vault, eventTopic);
    const copyVaults = [copy?.name, copies.airGappedName].flatMap((vault) => vault ?? []);
    this.size = { vault: name, copyVaults, copyTo, types, silentHours: silentHours(planned) };
    this.by = [...(deletionProtection ? ["prevent_destroy"] : []), ...(lock ? ["vault lock"] : [])];

    this.plan = new BackupPlan(this, "Resource", {
      name: nameOf(this, "backup-plan"),
      rule: planned.map((rule) => planRule(rule, this, copies.to, dataClass)),
    });
    this.selection = new BackupSelection(this, "selection", {
      name: nameOf(this, "backup-plan"),
      planId: this.plan.id,
      iamRoleArn: this.role(types),
      resources: this.held.map(({ arn }) => arn),
    });
    const { account, partition, region } = placeOf(this);
    const restores = this.restoreRole(types);
    const role = `arn:${partition}:iam::${account}:role/${restores}`;
    const reach = {
      vault: { name, region, role },
      gapHours: longestGapHours(planned),
      copyTo: copy && { ...copy, role, away: true },
      copies: copies.reach,
      held: this.held,
    };
    props.of.forEach((target) => giveBackups(target, reach));
  }

  /** The vault that a `RestoreProof` restores from. */
  get vaultArn(): string {
    return this.vault.arn;
  }

  get signals() {
    return backupsSignals(this.size);
  }

  get protects(): readonly Protected[] {
    const backUp = { no: "it is the backup" };
    const gap = this.airGappedVault;
    const locked = [this.vault, this.copyVault].flatMap((vault) =>
      vault ? [{ type: "BackupVault", arn: vault.arn, backUp, by: this.by }] : [],
    );
    const by = [...this.by.filter((each) => each !== "vault lock"), "air gap"];
    return [...locked, ...(gap ? [{ type: "BackupVault", arn: gap.arn, backUp, by }] : [])];
  }

  /** What restores by hand is there before the loss: IAM is changed in one region of the world alone. Returns its name. */
  private restoreRole(types: readonly string[]): string {
    const role = serviceRole(this, "restore-role", {
      service: "backup.amazonaws.com",
      managed: [
        "service-role/AWSBackupServiceRolePolicyForRestores",
        ...types.flatMap((type) => RESTORED[type]?.policy ?? []),
      ],
      namesAccount: false,
    });
    return String(role.nameInput);
  }

  private role(types: readonly string[]): string {
    return serviceRole(this, "role", {
      service: "backup.amazonaws.com",
      managed: ["service-role/AWSBackupServiceRolePolicyForBackup", ...types.flatMap((type) => POLICIES[type] ?? [])],
      namesAccount: false,
    }).arn;
  }
}
