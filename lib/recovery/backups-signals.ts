import { inWords } from "../core/duration";
import { Measure, Metric, Signal, Signals } from "../core/signal";

const METRICS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html";

/** What the signals of a plan are about. */
export interface PlanSize {
  readonly vault: string;
  /** Where copies go that this account sees. */
  readonly copyVaults: readonly string[];
  /** The other region that copies go to. @default - none */
  readonly copyTo?: string;
  readonly types: readonly string[];
  /** Hours without a completed job after which one has not come that should have. */
  readonly silentHours: number;
}

/** Silence of one resource type each, such as `silenceRDS`. */
type Silences = Readonly<Record<`silence${string}`, Signal>>;

/** What is worth watching about a plan. All are tickets: nothing is lost yet, but the way back gets longer. */
export function backupsSignals({ vault, copyVaults, copyTo, types, silentHours }: PlanSize) {
  return {
    failedJobs: {
      ...jobs("NumberOfBackupJobsFailed", [vault], types),
      means: "a backup failed",
      firstSteps: [
        `Read why: aws backup list-backup-jobs --by-state FAILED --by-backup-vault-name ${vault}.`,
        "Did it start in the backup or maintenance window of a database, or in the hour before? Move the rule's hours.",
        `Start the last one again by hand: ${startAgain(vault)}.`,
      ],
    },
    expiredJobs: {
      ...jobs("NumberOfBackupJobsExpired", [vault], types),
      means: "a backup could not start in its window",
      firstSteps: [
        `Find it: aws backup list-backup-jobs --by-state EXPIRED --by-backup-vault-name ${vault}.`,
        "Was the job before it still running? Give the rule a longer startWindow, or other hours.",
      ],
    },
    abortedJobs: {
      ...jobs("NumberOfBackupJobsAborted", [vault], types),
      means: "a backup was cancelled",
      firstSteps: [
        "Who cancelled it? Look for StopBackupJob in CloudTrail.",
        "Nobody did: it took longer than its completionWindow.",
      ],
    },
    partialBackups: {
      ...jobs("NumberOfRecoveryPointsPartial", [vault], types),
      means: "a backup was begun and not finished: it cannot be restored",
      firstSteps: [
        `Find it: aws backup list-recovery-points-by-backup-vault --backup-vault-name ${vault} --query "RecoveryPoints[?Status=='PARTIAL'].[RecoveryPointArn,ResourceArn,StatusMessage]".`,
        "Start the backup again by hand, in the console or with aws backup start-backup-job, and delete the part.",
      ],
    },
    ...(copyVaults.length > 0 && {
      failedCopies: {
        // The vault name of a copy job is that of its destination.
        ...jobs("NumberOfCopyJobsFailed", copyVaults, types),
        means: "a backup was not copied; it would be lost with this vault",
        firstSteps: [
          "Read why: aws backup list-copy-jobs --by-state FAILED.",
          "Is the key of the copy vault enabled?",
          ...(copyTo === undefined
            ? []
            : [`Is the resource type opted in there? aws backup describe-region-settings --region ${copyTo}`]),
        ],
      },
    }),
    ...silences({ vault, types, silentHours }),
  } satisfies Signals;
}

/** Starts the last job that failed once more: what it was of, and whose rights it had, AWS Backup knows. */
function startAgain(vault: string): string {
  const last = `aws backup list-backup-jobs --by-state FAILED --by-backup-vault-name ${vault} --max-results 1 --query 'BackupJobs[0].[ResourceArn,IamRoleArn]' --output text`;
  return `${last} | xargs -n 2 sh -c 'aws backup start-backup-job --backup-vault-name ${vault} --resource-arn "$0" --iam-role-arn "$1"'`;
}

function jobs(name: string, vaults: readonly string[], types: readonly string[]) {
  return {
    kind: "errors",
    measure: total(vaults.flatMap((vault) => types.map((type) => jobMetric(name, vault, type)))),
    bad: "above",
    unit: "jobs",
    ticket: 0,
    period: "1 hour",
    breaches: "1 of 1",
    missing: "notBreaching",
    rationale: "AWS Backup publishes only what is not zero; each job is a day, or an hour, that cannot be restored.",
    source: METRICS,
  } as const;
}

/** No alarm on failure tells of a job that never was: of a type that is not opted in, or of a plan that is gone. */
function silences({ vault, types, silentHours }: Omit<PlanSize, "copyVaults" | "copyTo">): Silences {
  const rows = types.map((type): [string, Signal] => [
    `silence${type.replace(/\W/g, "")}`,
    {
      kind: "traffic",
      means: `no backup of ${type} has been completed in ${inWords(silentHours * 3600)}`,
      measure: { metric: jobMetric("NumberOfBackupJobsCompleted", vault, type) },
      bad: "below",
      unit: "jobs",
      ticket: 1,
      period: "1 hour",
      breaches: `${silentHours} of ${silentHours}`,
      missing: "breaching",
      firstSteps: [
        `Does AWS Backup do ${type} in this region at all? aws backup describe-region-settings.`,
        `Which resources have a backup at all, and since when? aws backup list-protected-resources --query "Results[?ResourceType=='${type}'].[ResourceArn,LastBackupTime]" --output text.`,
        "Is one missing? Then the plan does not select it any more.",
        `What did it last do? aws backup list-backup-jobs --by-backup-vault-name ${vault}.`,
      ],
      rationale:
        "The longest time between two jobs of the plan, and the longest that a job may wait and take. A new plan is silent until its first job is done.",
      source: METRICS,
    },
  ]);
  return Object.fromEntries(rows);
}

function jobMetric(name: string, vault: string, type: string): Metric {
  return {
    namespace: "AWS/Backup",
    name,
    statistic: "Sum",
    dimensions: { BackupVaultName: vault, ResourceType: type },
  };
}

function total(metrics: readonly Metric[]): Exclude<Measure, { readonly event: unknown }> {
  if (metrics.length === 1) return { metric: metrics[0] };
  const named = Object.fromEntries(metrics.map((metric, index) => [`jobs${index + 1}`, metric]));
  return { math: { expression: "SUM(METRICS())", metrics: named } };
}
