import { complain } from "./complaint";
import { ResourceConfig, Rule, pathOf } from "./rule";

const PLAN = "aws_backup_plan";
const TEST = "aws_backup_restore_testing_plan";

/**
 * What is kept for less is made again rather than restored: the tier of development, which tests none. AWS Config asks for
 * so many days.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html
 */
const PRECIOUS_DAYS = 35;

/**
 * What is backed up is restored now and then: a backup that nobody has restored is a hope. It warns: restores may be tested
 * by hand, or from another stack.
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_periodic_recovery_testing_data.html
 */
export const PROVEN: Rule = {
  safeguard: "proven",
  reads: [PLAN, TEST],
  judge: ({ resources }) => {
    const tests = JSON.stringify(Object.values(resources[TEST] ?? {}).map((each) => each.recovery_point_selection));
    const plans = Object.entries(resources[PLAN] ?? {}).filter(([, config]) => isPrecious(config));
    return plans.map(([name, config]) => {
      // The main resource of a pattern answers as the pattern.
      const path = pathOf(config)?.replace(/\/Resource$/, "") ?? `${PLAN}.${name}`;
      const kept = tests.includes('"*"') || vaultsOf(config).some((vault) => tests.includes(vault));
      if (kept) return { path, kept, message: `restores from ${path} are tested` };
      const message = complain(path, {
        prop: PLAN,
        must: "be restored from now and then",
        got: undefined,
        mend: 'add new RestoreProof(…, { of: it }), or waive(it, "proven", { waived: "how it is known to restore" })',
      });
      return { path, kept, message, advice: true };
    });
  },
};

interface BackupRule {
  readonly target_vault_name?: unknown;
  readonly lifecycle?: { readonly delete_after?: unknown };
}

const rulesOf = ({ rule }: ResourceConfig) => [rule ?? []].flat() as BackupRule[];

/** Without an end it is kept for good, and a number that is not known may be large. */
function isPrecious(plan: ResourceConfig): boolean {
  return rulesOf(plan).some(({ lifecycle }) => !(Number(lifecycle?.delete_after ?? Infinity) < PRECIOUS_DAYS));
}

/** The vaults that a plan fills: by their address, or by name as the ARN ends. */
function vaultsOf(plan: ResourceConfig): string[] {
  return rulesOf(plan).map(({ target_vault_name }) => {
    const name = String(target_vault_name);
    return /aws_backup_vault\.[\w-]+\./.exec(name)?.[0] ?? `:${name}"`;
  });
}
