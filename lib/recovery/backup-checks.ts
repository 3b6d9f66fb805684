import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Kept } from "../core/collect";
import { Stateful, isStateful } from "../core/declarations";
import { requireSound } from "../core/declared";
import { inWords } from "../core/duration";
import { refuse, requireDuration, requireForm, requireThat, requireWhole } from "../core/guard";
import { note, notesOf } from "../core/notes";
import { placeOf, REGION } from "../core/place";
import { BackupRule, BackupsProps, RuleName } from "./backups-props";
import { COLD, CONTINUOUS, lacking } from "./resource-types";
import { Held } from "./restorable";

/** A rule in which nothing is left to a default. */
export interface PlannedRule extends BackupRule {
  readonly name: RuleName;
  readonly copyKeepDays: number;
  readonly coldAfterDays: number | "never";
}

/** AWS Backup keeps for a hundred years at most, and a continuous backup for 35 days. */
export const LONGEST = 36_500;
const LONGEST_CONTINUOUS = 35;
/** Cold storage is paid for 90 days at least, so AWS Backup refuses a shorter stay. */
const COLDEST_DAYS = 90;

/**
 * Refuses a rule that AWS Backup would refuse at apply, or would read as another one.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
 */
export function requireRule(scope: Construct, rule: PlannedRule, types: readonly string[]): void {
  const prop = (name: string) => `rules.${rule.name}.${name}`;
  const { hours, dayOfMonth, keepDays, copyKeepDays, name } = rule;
  requireThat(scope, hours.length > 0, { prop: prop("hours"), must: "name at least one hour", got: hours });
  for (const hour of hours) requireWhole(scope, prop("hours"), hour, 0, 23);
  // From the 29th on, some months would be left out.
  if (dayOfMonth !== undefined) requireWhole(scope, prop("dayOfMonth"), dayOfMonth, 1, 28);
  requireWhole(scope, prop("keepDays"), keepDays, 1, name === "continuous" ? LONGEST_CONTINUOUS : LONGEST);
  requireWhole(scope, prop("copyKeepDays"), copyKeepDays, 1, LONGEST);
  const able = name !== "continuous" || lacking(CONTINUOUS, types).length === 0;
  requireThat(scope, able, {
    prop: "rules.continuous",
    must: "be left out for a type that keeps its own history or that AWS Backup has none for",
    got: lacking(CONTINUOUS, types),
    mend: "turn on point-in-time recovery of the service itself, or give this type a Backups of its own",
  });
  requireCold(scope, rule, types);
  // The sum of a day between jobs and both windows is what the alarm on silence looks back on: 7 days at most.
  const start = requireDuration(scope, prop("startWindow"), rule.startWindow, "1 hour", "1 day");
  const shortest = inWords(start + 3600);
  const mend = "a job must have an hour after its start window";
  const end = requireDuration(scope, prop("completionWindow"), rule.completionWindow, shortest, "5 days", mend);
  for (const [what, length] of Object.entries({ startWindow: start, completionWindow: end })) {
    requireThat(scope, length % 60 === 0, { prop: prop(what), must: "be whole minutes", got: inWords(length) });
  }
}

function requireCold(scope: Construct, rule: PlannedRule, types: readonly string[]): void {
  const { name, coldAfterDays, keepDays, copyKeepDays, dayOfMonth } = rule;
  if (coldAfterDays === "never") return;
  const prop = `rules.${name}.coldAfterDays`;
  requireWhole(scope, prop, coldAfterDays, 1, LONGEST - COLDEST_DAYS);
  const unable = name === "continuous" ? [name] : lacking(COLD, types);
  requireThat(scope, unable.length === 0, {
    prop,
    must: `be "never" for what cannot go to cold storage`,
    got: unable,
    mend: "give these a Backups of their own",
  });
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html: EBS archives whole snapshots.
  requireThat(scope, !types.includes("EBS") || dayOfMonth !== undefined, {
    prop,
    must: `be "never" for EBS in a rule that runs more often than once a month`,
    got: coldAfterDays,
  });
  for (const [what, days] of Object.entries({ keepDays, copyKeepDays })) {
    const must = `be at least ${coldAfterDays + COLDEST_DAYS}, ${COLDEST_DAYS} days in cold storage after ${coldAfterDays} before it`;
    const mend = `keep it longer, or write coldAfterDays: "never"`;
    requireThat(scope, days >= coldAfterDays + COLDEST_DAYS, { prop: `rules.${name}.${what}`, must, got: days, mend });
  }
}

/** Refuses a copy to nowhere, or to where the backups are already, and a retention for copies that are not made. */
export function requireCopy(scope: Construct, { copyTo, copyToVault, airGapped, rules = {} }: BackupsProps): void {
  if (copyTo === undefined) {
    if (copyToVault !== undefined || airGapped !== undefined) return;
    for (const [name, rule] of Object.entries(rules)) {
      const prop = `rules.${name}.copyKeepDays`;
      const got = rule?.copyKeepDays;
      requireThat(scope, got === undefined, { prop, must: "come with a copy", got, mend: "copyTo: name a region" });
    }
    return;
  }
  requireForm(scope, "copyTo", copyTo, REGION, "a region such as eu-central-1");
  const { region } = placeOf(scope);
  requireThat(scope, copyTo !== region, {
    prop: "copyTo",
    must: `be another region than ${region}`,
    got: copyTo,
    mend: "a copy beside the original is lost with it",
  });
}

/**
 * Refuses copies of what AWS Backup copies nowhere: the jobs would fail, and the way back by a copy would be none.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html#features-by-resource
 */
export function requireCopyable(scope: Construct, { of, copyTo, copyToVault, airGapped }: BackupsProps): void {
  const [prop] = Object.entries({ copyTo, copyToVault, airGapped }).find(([, to]) => to !== undefined) ?? [];
  if (prop === undefined) return;
  for (const target of of) {
    const why = target.protects.find(({ backUp, notCopied }) => backUp === true && notCopied !== undefined)?.notCopied;
    if (why === undefined) continue;
    const mend = `${why}; give it a Backups of its own, without a copy`;
    refuse(scope, { prop, must: "be left out for what cannot be copied", got: target.node.path, mend });
  }
}

/** What of the constructs AWS Backup has to back up; refuses what it cannot, and says of the rest who backs it up. */
export function claim(scope: Construct, of: readonly Stateful[]): readonly Held[] {
  requireThat(scope, of.length > 0, { prop: "of", must: "name at least one construct", got: of });
  return of.flatMap((target) => {
    const got = target.node.path;
    const stack = TerraformStack.of(target);
    if (stack !== TerraformStack.of(scope)) {
      const mend = `back it up by a Backups in ${stack.node.id}: references would run both ways`;
      refuse(scope, { prop: "of", must: "stand in the same stack as what is backed up", got, mend });
    }
    const by = notesOf<Kept>(target, "kept").find(({ safeguard }) => safeguard === "backed-up")?.by;
    if (by !== undefined) {
      refuse(scope, { prop: "of", must: "name each construct once, in one Backups", got: `${got}, as ${by} does` });
    }
    requireSound(target, "protects", "recovers");
    const held = isStateful(target) ? target.protects.filter(({ backUp }) => backUp === true) : [];
    if (held.length === 0) {
      const mend = "leave it out: it has nothing that AWS Backup copies";
      refuse(scope, { prop: "of", must: "name what has to be backed up", got, mend });
    }
    note(target, "kept", { safeguard: "backed-up", by: scope.node.path } satisfies Kept);
    return held.map(({ type, arn, name }) => ({ type, arn, name, construct: target }));
  });
}
