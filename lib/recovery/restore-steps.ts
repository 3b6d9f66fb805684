import { MOMENT, RestoreTo } from "../core/moment";

/** Where recovery points lie, as commands find it. */
export interface VaultPlace {
  readonly name: string;
  readonly region: string;
  /** Another account, from which they are restored. @default - that of the stack */
  readonly account?: string;
  /** The account of the vault, where that is shared with the one that restores. @default - they are the same */
  readonly owner?: string;
  /** Whether it stands where nothing else of the stack does. @default false */
  readonly away?: boolean;
  /** The ARN of the role that AWS Backup restores by. @default - the one that it makes in each account */
  readonly role?: string;
}

/** What is restored, of one type. */
export interface RestoredType {
  /** In AWS Backup's word. */
  readonly type: string;
  /** Whether the vault has one alone of it; else the reader says which. */
  readonly alone: boolean;
}

/** What AWS Backup makes where its console is used for the first time. */
const DEFAULT_ROLE = "ROLE=$(aws iam get-role --role-name AWSBackupDefaultServiceRole --query Role.Arn --output text)";

/**
 * What a restore must be told otherwise, or it meets what is there.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
const NAMES: Readonly<Record<string, string>> = {
  Aurora: "DBClusterIdentifier to a name that is free",
  DynamoDB: "targetTableName to a name that is free",
  EFS: "newFileSystem to true",
  RDS: "DBInstanceIdentifier, of a Multi-AZ cluster DBClusterIdentifier, to a name that is free",
  S3: "DestinationBucketName to a name that is free, and NewBucket to true",
};

/**
 * How something is restored from a vault, by commands that follow each other in one shell: of bad data to a moment, of a
 * loss to the newest that there is.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html
 */
export function restoreSteps(vault: VaultPlace, types: readonly RestoredType[], to: RestoreTo): string[] {
  const { account, role } = vault;
  return [
    ...(to === "moment" ? [MOMENT] : []),
    ...(vault.name.includes("$")
      ? ["Say where the copies lie, which is known after apply, the region and the name: `read -r REGION VAULT`."]
      : []),
    ...(account === undefined
      ? []
      : [
          `Sign in to the account ${account}: the copies can be restored from there. Are you? \`aws sts get-caller-identity --query Account --output text\`.`,
        ]),
    `The role that AWS Backup restores by: \`${role === undefined ? DEFAULT_ROLE : `ROLE=${role}`}\`.`,
    ...types.flatMap((of) => restoreOf(vault, of, to)),
    "Look at what is in it. Copy back what is missing, or lead the service there; then write its name into the code before `terraform import`, so that a plan replaces nothing.",
  ];
}

function restoreOf(place: VaultPlace, { type, alone }: RestoredType, to: RestoreTo): string[] {
  const { name, region, owner, away } = place;
  const there = `--region ${region}`;
  const shared = owner === undefined ? "" : ` --backup-vault-account-id ${owner}`;
  const vault = `${there} --backup-vault-name ${name}${shared}`;
  const points = `aws backup list-recovery-points-by-backup-vault ${vault}`;
  const ofType = `--by-resource-type "${type}"`;
  const before = to === "moment" ? ' --by-created-before "$MOMENT"' : "";
  const newest = `"max_by(RecoveryPoints[?Status=='COMPLETED'], &CreationDate).RecoveryPointArn" --output text`;
  const job = `aws backup describe-restore-job ${there} --restore-job-id "$JOB"`;
  return [
    ...(alone
      ? []
      : [
          `The vault may hold several of ${type}: \`${points} ${ofType} --query 'RecoveryPoints[].[ResourceArn]' --output text | sort -u\`. Paste the ARN of the one that is lost after: \`until read -r RESOURCE; do :; done\`.`,
        ]),
    `Find the newest backup of ${type}${to === "moment" ? " from before that moment" : ""}: \`POINT=$(${points} ${alone ? ofType : '--by-resource-arn "$RESOURCE"'}${before} --query ${newest})\`. Where \`echo "$POINT"\` says None there is none: take another moment, or another way back.`,
    `Write down what it was: \`aws backup get-recovery-point-restore-metadata ${vault} --recovery-point-arn "$POINT" --query RestoreMetadata > restore.json\`.`,
    `In restore.json set ${NAMES[type] ?? "its name to one that is free"}.${away ? " What it names of subnets, security groups and keys must be of there." : ""}`,
    `Restore it: \`JOB=$(aws backup start-restore-job ${there} --recovery-point-arn "$POINT" --resource-type "${type}" --iam-role-arn "$ROLE" --metadata file://restore.json --query RestoreJobId --output text)\`.`,
    `Wait for it: \`until ${job} --query Status --output text | grep -E 'COMPLETED|ABORTED|FAILED'; do sleep 60; done\`.`,
    `What has been made, or why not? \`${job} --query '[Status,StatusMessage,CreatedResourceArn]' --output text\`.`,
  ];
}
