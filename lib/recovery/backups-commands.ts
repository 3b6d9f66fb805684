/** The last jobs of a vault, by their state. */
export function jobsOf(vault: string, state?: string): string {
  const by = state === undefined ? "" : ` --by-state ${state}`;
  return `aws backup list-backup-jobs${by} --by-backup-vault-name ${vault} --max-results 10 --query 'BackupJobs[].[CreationDate,State,ResourceArn,StatusMessage]' --output text`;
}

/** Starts the last job of a state once more: what it was of, and whose rights it had, AWS Backup knows. */
export function startAgain(vault: string, state: string): string {
  const last = `aws backup list-backup-jobs --by-state ${state} --by-backup-vault-name ${vault} --max-results 1 --query 'BackupJobs[0].[ResourceArn,IamRoleArn]' --output text`;
  return `${last} | ${startEach(vault)}`;
}

/** What some recovery points of a vault are of, each once, and by whose rights they were made. */
export function points(vault: string, filter: string): string {
  return `aws backup list-recovery-points-by-backup-vault --backup-vault-name ${vault} --query "RecoveryPoints[?${filter}].[ResourceArn,IamRoleArn]" --output text | sort -u`;
}

/** Starts a backup of each resource that it reads, with a role. */
export function startEach(vault: string): string {
  return `xargs -n 2 sh -c 'aws backup start-backup-job --backup-vault-name ${vault} --resource-arn "$0" --iam-role-arn "$1"'`;
}

/** Starts the last copy that failed once more. */
export function copyAgain(vault: string): string {
  const last = `aws backup list-copy-jobs --by-state FAILED --query "CopyJobs[?ends_with(SourceBackupVaultArn, ':${vault}')] | [0].[SourceRecoveryPointArn,DestinationBackupVaultArn,IamRoleArn]" --output text`;
  return `${last} | xargs -n 3 sh -c 'aws backup start-copy-job --source-backup-vault-name ${vault} --recovery-point-arn "$0" --destination-backup-vault-arn "$1" --iam-role-arn "$2"'`;
}

/** Asks KMS something about the key of a vault in another region. */
export function copyKey(asks: "describe-key" | "enable-key", region: string, vault: string): string {
  return `aws kms ${asks} --region ${region} --key-id $(aws backup describe-backup-vault --region ${region} --backup-vault-name ${vault} --query EncryptionKeyArn --output text)`;
}
