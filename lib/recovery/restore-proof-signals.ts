import { MathMeasure, Metric, MetricMeasure, Signal, Signals } from "../core/signal";
import { EventFunction } from "../parts/event-function";
import { numbered } from "../parts/metric-math";
import { ScheduledFunction } from "../parts/scheduled-function";

const TESTING = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html";
const EVENTS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html";

/** Where the results of restore tests are published: 1 for a proven restore, 0 for a failed look, and days since. */
export const PROOFS = { namespace: "SreConstructs/Restores", proven: "RestoreProven", age: "DaysSinceProven" };

/** No command starts a test: AWS Backup runs it by its schedule. */
const soon =
  "It is mended: a test is started by its schedule alone; set its `hour` (UTC) to the next one, apply, and see it prove.";

/** What the signals of a proof are about. */
export interface ProofSize {
  /** The name that its metrics go by. */
  readonly proof: string;
  readonly types: readonly string[];
  readonly planArns: readonly string[];
  readonly unprovenDays: number;
  readonly validator: EventFunction;
  readonly age: ScheduledFunction;
}

/** Silence of one resource type each, such as `unprovenRDS`. */
type Unproven = Readonly<Record<`unproven${string}`, Signal>>;

/** What is worth watching about restore tests. All are tickets: nothing is lost yet, but nobody knows the way back. */
export function restoreProofSignals({ proof, types, planArns, unprovenDays, validator, age }: ProofSize) {
  const { failed, undelivered } = validator.health("what was restored is not looked at");
  const { silent, failed: failedAge, undelivered: lostAge } = age.health("nobody knows how old the last proof is");
  return {
    failedRestores: {
      kind: "errors",
      means: "a test could not restore a backup",
      measure: {
        event: {
          source: ["aws.backup"],
          detailType: ["Restore Job State Change"],
          detail: { status: ["FAILED", "ABORTED"], restoreTestingPlanArn: planArns },
        },
      },
      bad: "above",
      firstSteps: [
        "Read why: aws backup list-restore-jobs --by-status FAILED --max-results 10 --query 'RestoreJobs[].[CreationDate,ResourceType,RecoveryPointArn,StatusMessage]' --output text.",
        "Has its role lost a permission, or its key been disabled? Is the subnet group still there? Yes: apply the stack again. No: is it the one recovery point? Then an older one may do.",
        "What would have been restored in need would have failed as well: mend it in working hours of today.",
      ],
      mitigate: [
        "Nothing is lost yet: let nobody delete a recovery point or shorten a retention until one is proven.",
        soon,
      ],
      source: EVENTS,
    },
    disproven: {
      kind: "errors",
      means: "a backup was restored, and what came back is not what should be there",
      measure: least(types.map((type) => provenMetric(proof, type))),
      bad: "below",
      ticket: 1,
      period: "1 hour",
      breaches: "1 of 1",
      missing: "notBreaching",
      firstSteps: [
        `Read what was found: aws backup list-restore-jobs --query "RestoreJobs[?ValidationStatus=='FAILED'].[CreationDate,ResourceType,RecoveryPointArn,ValidationStatusMessage]" --output text.`,
        "Is the query wrong, or are the data? Restore an older recovery point by hand, and ask it the same. It has what should be there: the data went bad in between; go by the plan for bad data. It has not: the query asks for what is not so any more.",
      ],
      mitigate: [
        "The data went bad: let no good recovery point expire; the plan for bad data has the steps, and its lead decides.",
        soon,
      ],
      rationale: "The validator publishes 0 where it looked and did not find what it should.",
      source: TESTING,
    },
    ...unproven({ proof, types, unprovenDays }),
    silent,
    failed: failedAge,
    undelivered: lostAge,
    validatorFailed: failed,
    validatorUndelivered: undelivered,
  } satisfies Signals;
}

/** No alarm looks back further than 7 days, and a test may be a month away: a function counts the days. */
function unproven({ proof, types, unprovenDays }: Pick<ProofSize, "proof" | "types" | "unprovenDays">): Unproven {
  const rows = types.map((type): [string, Signal] => [
    `unproven${type}`,
    {
      kind: "saturation",
      means: `no restore of ${type} has been proven for ${unprovenDays} days`,
      measure: {
        metric: {
          namespace: PROOFS.namespace,
          name: PROOFS.age,
          statistic: "Maximum",
          dimensions: { Proof: proof, Type: type },
        },
      },
      bad: "above",
      unit: "days",
      ticket: unprovenDays,
      period: "6 hours",
      breaches: "1 of 1",
      missing: "ignore",
      firstSteps: [
        `What did the last tests do? aws backup list-restore-jobs --by-resource-type ${type} --max-results 10 --query 'RestoreJobs[].[CreationDate,Status,ValidationStatus,StatusMessage]' --output text.`,
        `None at all: is there a recovery point in the window that the test picks from, and is ${type} opted in (true)? aws backup describe-region-settings --query ResourceTypeOptInPreference.`,
        "Restored and not proven: read the log of the validator; the pages of `validatorFailed` and `validatorUndelivered` have the commands.",
      ],
      mitigate: [
        soon,
        "It cannot wait: restore the newest recovery point by hand, by the steps under Ways back of what is backed up, look at it, and delete it.",
      ],
      rationale: "The days between two tests, and two more for the test itself.",
      source: TESTING,
    },
  ]);
  return Object.fromEntries(rows);
}

function least(metrics: readonly Metric[]): MetricMeasure | MathMeasure {
  if (metrics.length === 1) return { metric: metrics[0] };
  return { math: { expression: "MIN(METRICS())", metrics: numbered("proven", metrics) } };
}

function provenMetric(proof: string, type: string) {
  return {
    namespace: PROOFS.namespace,
    name: PROOFS.proven,
    statistic: "Minimum",
    dimensions: { Proof: proof, Type: type },
  };
}
