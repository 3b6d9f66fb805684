import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { Construct } from "constructs";
import { requireOneOf, requireWhole } from "../core/guard";
import { nameOf } from "../core/naming";
import { Tier } from "./backups-props";
import { RestoreTest, RestoreTestName, RestoreTestTunings } from "./restore-proof-props";

/** When each test runs, and how many days are between two. In working hours: somebody may have to look. */
const RHYTHMS: Readonly<Record<RestoreTestName, { readonly days: number; readonly on: string }>> = {
  weekly: { days: 7, on: "? * MON" },
  monthly: { days: 31, on: "15 * ?" },
};

/**
 * What each test picks. The latest point says that the plan works now; any of the last five weeks says that what was kept
 * has not rotted.
 */
const TESTS: Readonly<Record<RestoreTestName, RestoreTest>> = {
  weekly: { hour: 8, startHours: 4, picks: "latest", withinDays: 7 },
  monthly: { hour: 8, startHours: 4, picks: "random", withinDays: 35 },
};

/** The tests of each tier; what can be made anew from elsewhere is not worth a restore. */
const TIERS: Readonly<Record<Tier, readonly RestoreTestName[]>> = {
  critical: ["weekly", "monthly"],
  standard: ["monthly"],
  development: [],
};

/** A test in which nothing is left to a default. */
export interface PlannedTest extends RestoreTest {
  readonly name: RestoreTestName;
  /** Days between two. */
  readonly days: number;
}

/** The tests of a tier as tuned, each checked against what AWS Backup takes. */
export function testsOf(scope: Construct, tier: Tier, tunings: RestoreTestTunings): readonly PlannedTest[] {
  requireOneOf(scope, "tier", tier, Object.keys(TIERS));
  for (const name of Object.keys(tunings)) requireOneOf(scope, "tests", name, Object.keys(TESTS));
  const named = (Object.keys(TESTS) as RestoreTestName[]).filter(
    (name) => TIERS[tier].includes(name) || tunings[name] !== undefined,
  );
  return named.map((name) => {
    const test: PlannedTest = { ...TESTS[name], ...tunings[name], name, days: RHYTHMS[name].days };
    const prop = (what: string) => `tests.${name}.${what}`;
    requireWhole(scope, prop("hour"), test.hour, 0, 23);
    requireWhole(scope, prop("startHours"), test.startHours, 1, 168);
    requireWhole(scope, prop("withinDays"), test.withinDays, 1, 365);
    requireOneOf(scope, prop("picks"), test.picks, ["latest", "random"]);
    return test;
  });
}

/** The plan of one test. */
export function testingPlan(scope: Construct, test: PlannedTest, vaultArn: string): BackupRestoreTestingPlan {
  const { name, hour, startHours, picks, withinDays } = test;
  return new BackupRestoreTestingPlan(scope, `plan-${name}`, {
    // No hyphens here: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html
    name: nameOf(scope, "restore-test", name).replaceAll("-", "_"),
    scheduleExpression: `cron(0 ${hour} ${RHYTHMS[name].on} *)`,
    scheduleExpressionTimezone: "Etc/UTC",
    startWindowHours: startHours,
    recoveryPointSelection: [
      {
        algorithm: picks === "latest" ? "LATEST_WITHIN_WINDOW" : "RANDOM_WITHIN_WINDOW",
        includeVaults: [vaultArn],
        recoveryPointTypes: ["CONTINUOUS", "SNAPSHOT"],
        selectionWindowDays: withinDays,
      },
    ],
  });
}
