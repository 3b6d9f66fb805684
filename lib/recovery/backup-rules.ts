import { Construct } from "constructs";
import { minutes } from "../core/duration";
import { requireOneOf } from "../core/guard";
import { PlannedRule, requireRule } from "./backup-checks";
import { BackupRule, RuleName, RuleTunings, Tier } from "./backups-props";
import { COLD, CONTINUOUS, lacking } from "./resource-types";

const SNAPSHOT = { startWindow: "1 hour", completionWindow: "8 hours" } as const;

/**
 * When rules run. From 02:00 to 06:00 UTC no snapshot starts: databases commonly back up and patch themselves then, and a
 * job in the hour before such a window, or in it, fails. Where start windows meet, AWS Backup keeps the recovery point that
 * is kept longer.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
const RULES: Readonly<Record<RuleName, BackupRule>> = {
  continuous: { ...SNAPSHOT, hours: [3], keepDays: 35 },
  hourly: {
    ...SNAPSHOT,
    hours: [0, ...Array.from({ length: 18 }, (_, index) => index + 6)],
    keepDays: 7,
    completionWindow: "4 hours",
  },
  daily: { ...SNAPSHOT, hours: [1], keepDays: 35 },
  monthly: { ...SNAPSHOT, hours: [1], dayOfMonth: 1, keepDays: 365, completionWindow: "1 day" },
};

/**
 * The rules of each tier, and where they differ from {@link RULES}. 35 days are what continuous backup can keep at most,
 * and what AWS's audit controls ask for; a year of months outlives an audit. Development keeps a week: enough to undo a
 * bad migration.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 */
const TIERS: Readonly<Record<Tier, Readonly<Partial<Record<RuleName, Partial<BackupRule>>>>>> = {
  critical: { continuous: {}, hourly: {}, daily: {}, monthly: { coldAfterDays: 30 } },
  standard: { continuous: { keepDays: 14 }, daily: {} },
  development: { daily: { keepDays: 7 } },
};

/** The rules of a tier as tuned, each checked against what AWS Backup takes for these resource types. */
export function rulesOf(
  scope: Construct,
  tier: Tier,
  tunings: RuleTunings,
  types: readonly string[],
): readonly PlannedRule[] {
  requireOneOf(scope, "tier", tier, Object.keys(TIERS));
  for (const name of Object.keys(tunings)) requireOneOf(scope, "rules", name, Object.keys(RULES));
  const named = (Object.keys(RULES) as RuleName[]).filter((name) => {
    if (tunings[name] !== undefined) return true;
    // AWS Backup would make snapshots instead, without a word.
    return name in TIERS[tier] && (name !== "continuous" || lacking(CONTINUOUS, types).length === 0);
  });
  return named.map((name) => {
    const { coldAfterDays = coldOf(tier, name, types), ...row } = {
      ...RULES[name],
      ...TIERS[tier][name],
      coldAfterDays: undefined,
      ...given(tunings[name]),
    };
    const rule: PlannedRule = { ...row, name, copyKeepDays: row.copyKeepDays ?? row.keepDays, coldAfterDays };
    requireRule(scope, rule, types);
    return rule;
  });
}

function coldOf(tier: Tier, name: RuleName, types: readonly string[]): number | "never" {
  return lacking(COLD, types).length === 0 ? (TIERS[tier][name]?.coldAfterDays ?? "never") : "never";
}

/** What is given as `undefined` is not given. */
function given(tuning: Partial<BackupRule> = {}): Partial<BackupRule> {
  return Object.fromEntries(Object.entries(tuning).filter(([, value]) => value !== undefined));
}

/**
 * Hours without a completed job after which one has not come that should have: the longest time between two jobs, and the
 * longest that a job may wait and take.
 */
export function silentHours(rules: readonly PlannedRule[]): number {
  const lengths = daily(rules).map(
    ({ startWindow, completionWindow }) => minutes(startWindow) + minutes(completionWindow),
  );
  return longestGapHours(rules) + Math.ceil(Math.max(...lengths) / 60);
}

/** The longest time between two jobs, in hours. */
export function longestGapHours(rules: readonly PlannedRule[]): number {
  const hours = [...new Set(daily(rules).flatMap((rule) => rule.hours))].sort((a, b) => a - b);
  return Math.max(...hours.map((hour, index) => (hours[index + 1] ?? hours[0] + 24) - hour));
}

function daily(rules: readonly PlannedRule[]): PlannedRule[] {
  return rules.filter(({ dayOfMonth }) => dayOfMonth === undefined);
}
