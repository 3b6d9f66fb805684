import { inWords } from "../core/duration";
import { Measure, Metric, Signal, Signals } from "../core/signal";
import { copyAgain, copyKey, jobsOf, points, startAgain, startEach } from "./backups-commands";

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
        `Read why: ${jobsOf(vault, "FAILED")}.`,
        "Did it start in the backup or maintenance window of a database, or in the hour before? Yes: move the rule's hours (`rules`). No: a role or a key says so by AccessDenied; apply the stack again.",
      ],
      mitigate: [`Start the last one again: ${startAgain(vault, "FAILED")}.`],
    },
    expiredJobs: {
      ...jobs("NumberOfBackupJobsExpired", [vault], types),
      means: "a backup could not start in its window",
      firstSteps: [
        `Which? ${jobsOf(vault, "EXPIRED")}.`,
        `Was the job before it still running, or is it now? ${jobsOf(vault, "RUNNING")}.`,
        "Yes: give the rule a longer `startWindow`, or other hours. No: was the resource stopped, or in change?",
      ],
      mitigate: [`None runs: start the last one again: ${startAgain(vault, "EXPIRED")}.`],
    },
    abortedJobs: {
      ...jobs("NumberOfBackupJobsAborted", [vault], types),
      means: "a backup was cancelled",
      firstSteps: [
        `Which, and why? ${jobsOf(vault, "ABORTED")}.`,
        "Who cancelled it? aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=StopBackupJob --max-results 5 --query 'Events[].[EventTime,Username]' --output text.",
        "Somebody: ask why before you start it again. Nobody: it took longer than its `completionWindow`; give it more.",
      ],
      mitigate: [`Start the last one again: ${startAgain(vault, "ABORTED")}.`],
    },
    partialBackups: {
      ...jobs("NumberOfRecoveryPointsPartial", [vault], types),
      means: "a backup was begun and not finished: it cannot be restored",
      firstSteps: [
        `Which? aws backup list-recovery-points-by-backup-vault --backup-vault-name ${vault} --query "RecoveryPoints[?Status=='PARTIAL'].[RecoveryPointArn,ResourceArn,StatusMessage]" --output text.`,
        "Is what it was of still there, and in no change? Yes: start it again, as below. No: the next job comes when it is.",
        "The part goes with its retention; a vault that is locked lets nobody delete it.",
      ],
      mitigate: [`Start those again: ${points(vault, "Status=='PARTIAL'")} | ${startEach(vault)}.`],
    },
    ...(copyVaults.length > 0 && {
      failedCopies: {
        // The vault name of a copy job is that of its destination.
        ...jobs("NumberOfCopyJobsFailed", copyVaults, types),
        means: "a backup was not copied; it would be lost with this vault",
        firstSteps: [
          `Read why: aws backup list-copy-jobs --by-state FAILED --max-results 10 --query "CopyJobs[?ends_with(SourceBackupVaultArn, ':${vault}')].[CreationDate,ResourceType,DestinationBackupVaultArn,StatusMessage]" --output text.`,
          ...(copyTo === undefined
            ? []
            : [
                `Is the key of the copy vault enabled? ${copyKey("describe-key", copyTo, copyVaults[0])} --query KeyMetadata.KeyState --output text.`,
              ]),
          ...(copyTo === undefined
            ? []
            : [
                `Is the resource type opted in there (true)? aws backup describe-region-settings --region ${copyTo} --query ResourceTypeOptInPreference.`,
              ]),
        ],
        mitigate: [
          ...(copyTo === undefined ? [] : [`The key is Disabled: ${copyKey("enable-key", copyTo, copyVaults[0])}.`]),
          `Copy the last one again: ${copyAgain(vault)}.`,
        ],
      },
    }),
    ...silences({ vault, types, silentHours }),
  } satisfies Signals;
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
        `Does AWS Backup do ${type} in this region at all (true)? aws backup describe-region-settings --query ResourceTypeOptInPreference.`,
        `Which resources have a backup at all, and since when? aws backup list-protected-resources --query "Results[?ResourceType=='${type}'].[ResourceArn,LastBackupTime]" --output text.`,
        `Is one missing? Yes: the plan does not select it any more (\`of\`). No: what did the jobs last do? ${jobsOf(vault)}.`,
      ],
      mitigate: [
        `It is not opted in (false): \`aws backup update-region-settings --resource-type-opt-in-preference '{"${type}":true}'\`. Where a stack sets it (\`optIn\`), set it there.`,
        `Back up now what was backed up before: ${points(vault, `ResourceType=='${type}'`)} | ${startEach(vault)}.`,
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
