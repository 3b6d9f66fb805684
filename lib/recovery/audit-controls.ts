import { BackupFrameworkControl } from "@cdktf/provider-aws/lib/backup-framework";
import { Construct } from "constructs";
import { Duration, seconds } from "../core/duration";
import { requireOneOf, requireWhole } from "../core/guard";
import { advise } from "../core/verdict";
import { BackupAuditProps } from "./backup-audit-props";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What AWS Backup takes as the age of a recovery point, in the units that it knows. */
const OLDEST = { hours: 744, days: 31 };

const COPIES = {
  region: "BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION",
  account: "BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT",
} as const;

type Parameters = Readonly<Record<string, string | number>>;

/**
 * The controls of a framework, over everything of the audited types.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html
 */
export function auditControls(scope: Construct, props: BackupAuditProps): BackupFrameworkControl[] {
  const { of, objectives, keepDays = 35, copies = [] } = props;
  requireWhole(scope, "keepDays", keepDays, 1, 36_500);
  for (const copy of copies) requireOneOf(scope, "copies", copy, Object.keys(COPIES));
  const control = (name: string, parameters: Parameters = {}): BackupFrameworkControl => {
    const inputs = Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) }));
    return {
      name,
      ...(inputs.length > 0 && { inputParameter: inputs }),
      scope: { complianceResourceTypes: [...of.types] },
    };
  };
  const goal = objectives?.goals.corruption;
  const age = goal && ageOf(scope, goal.rpo);
  const restore = goal && restoreOf(scope, goal.rto);
  return [
    control("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN"),
    control("BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK"),
    ...[...new Set(copies)].map((copy) => control(COPIES[copy])),
    // Plans and recovery points are no resources of a type.
    {
      name: "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",
      inputParameter: [
        { name: "requiredFrequencyUnit", value: "days" },
        { name: "requiredFrequencyValue", value: "1" },
        { name: "requiredRetentionDays", value: String(keepDays) },
      ],
    },
    { name: "BACKUP_RECOVERY_POINT_ENCRYPTED" },
    ...(age ? [control("BACKUP_LAST_RECOVERY_POINT_CREATED", age)] : []),
    ...(restore ? [control("RESTORE_TIME_FOR_RESOURCES_MEET_TARGET", restore)] : []),
  ];
}

/** The RPO in hours, or in days where hours do not reach; nothing where it is neither. A rounded one would lie. */
function ageOf(scope: Construct, rpo: Duration): Parameters | undefined {
  const length = seconds(rpo);
  const unit = length % DAY === 0 ? "days" : "hours";
  const value = length / (unit === "days" ? DAY : HOUR);
  const audited = Number.isInteger(value) && value >= 1 && value <= OLDEST[unit];
  advise(scope, "audited-objective", audited, {
    prop: "objectives.corruption.rpo",
    must: `be whole hours up to ${OLDEST.hours}, or whole days up to ${OLDEST.days}, to be audited`,
    got: rpo,
    mend: "the age of the newest backup is not audited: a history to any second has no recovery points to look at",
  });
  return audited ? { recoveryPointAgeUnit: unit, recoveryPointAgeValue: value } : undefined;
}

/** The RTO in minutes. A restore is only a part of it, so this is the loosest target that can meet it. */
function restoreOf(scope: Construct, rto: Duration): Parameters | undefined {
  const maxRestoreTime = seconds(rto) / 60;
  const audited = Number.isInteger(maxRestoreTime) && maxRestoreTime >= 1;
  advise(scope, "audited-objective", audited, {
    prop: "objectives.corruption.rto",
    must: "be whole minutes to be audited",
    got: rto,
    mend: "the time of a restore is not audited",
  });
  return audited ? { maxRestoreTime } : undefined;
}
