import { Construct } from "constructs";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { LONGEST, PlannedRule } from "./backup-checks";
import { DataClass } from "./backups-props";
import { LockDays, VaultLock } from "./vault-lock";

/** Refuses a retention that a locked vault does not take: there the job would fail, night after night. */
export function requireWithinLock(scope: Construct, rule: PlannedRule, lock: VaultLock, copied: boolean): void {
  const { minDays, maxDays } = lock;
  const mend = "lock: VaultLock.governance({ minDays, maxDays }) sets others";
  for (const what of copied ? (["keepDays", "copyKeepDays"] as const) : (["keepDays"] as const)) {
    requireWithinDays(scope, rule, what, { minDays, maxDays, of: "the vault lock", mend });
  }
}

/** Refuses a retention that a vault does not take. */
export function requireWithinDays(
  scope: Construct,
  rule: PlannedRule,
  what: "keepDays" | "copyKeepDays",
  days: LockDays & { readonly of: string; readonly mend?: string },
): void {
  const { minDays, maxDays, of, mend } = days;
  requireThat(scope, rule[what] >= minDays && rule[what] <= maxDays, {
    prop: `rules.${rule.name}.${what}`,
    must: `be between the ${minDays} and ${maxDays} days of ${of}`,
    got: rule[what],
    mend,
  });
}

/** Refuses rules that forget too early, or too late, what the class of the data asks for. */
export function requireDataClass(scope: Construct, of: DataClass, rules: readonly PlannedRule[]): void {
  const { name, atLeastDays = 1, atMostDays = LONGEST } = of;
  requireForm(scope, "dataClass.name", name, /^[\w .:/=+@-]{1,256}$/, "a name that a tag can have");
  requireWhole(scope, "dataClass.atLeastDays", atLeastDays, 1, LONGEST);
  requireWhole(scope, "dataClass.atMostDays", atMostDays, atLeastDays, LONGEST);
  const longest = rules.reduce((last, rule) => (rule.keepDays > last.keepDays ? rule : last));
  requireThat(scope, longest.keepDays >= atLeastDays, {
    prop: `rules.${longest.name}.keepDays`,
    must: `be at least the ${atLeastDays} days of ${name}`,
    got: longest.keepDays,
    mend: `rules: { monthly: { keepDays: ${atLeastDays} } }`,
  });
  for (const rule of rules) {
    for (const what of ["keepDays", "copyKeepDays"] as const) {
      const mend = "what is kept longer must be erased by hand";
      requireThat(scope, rule[what] <= atMostDays, {
        prop: `rules.${rule.name}.${what}`,
        must: `be at most the ${atMostDays} days of ${name}`,
        got: rule[what],
        mend,
      });
    }
  }
}
