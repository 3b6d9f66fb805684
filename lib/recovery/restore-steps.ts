/** Where recovery points lie, as commands find it. */
export interface VaultPlace {
  readonly name: string;
  readonly region: string;
  /** Another account, from which they are restored. @default - that of the stack */
  readonly account?: string;
}

/**
 * How something is restored from a vault, by commands that follow each other in one shell.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html
 */
export function restoreSteps({ name, region, account }: VaultPlace, types: readonly string[]): string[] {
  const vault = `--region ${region} --backup-vault-name ${name}`;
  return [
    ...(account === undefined ? [] : [`Sign in to the account ${account}: the copies can be restored from there.`]),
    ...types.flatMap((type) => [
      `Which backups of ${type} are there, the newest last? \`aws backup list-recovery-points-by-backup-vault ${vault} --by-resource-type ${type} --query 'sort_by(RecoveryPoints,&CreationDate)[].[CreationDate,Status,ResourceArn,RecoveryPointArn]' --output text\`.`,
    ]),
    "Choose the newest from before the loss, and of bad data the newest that is good, and keep its ARN: `POINT=arn`. The role that restores: `ROLE=arn`, such as that of a RestoreProof.",
    `Write down what it was: \`aws backup get-recovery-point-restore-metadata ${vault} --recovery-point-arn "$POINT" --query RestoreMetadata > restore.json\`. In restore.json give it a name that is free, and the subnets and security groups it will stand in.`,
    `Restore it: \`JOB=$(aws backup start-restore-job --region ${region} --recovery-point-arn "$POINT" --iam-role-arn "$ROLE" --metadata file://restore.json --query RestoreJobId --output text)\`.`,
    `Is it there? Ask until it is COMPLETED: \`aws backup describe-restore-job --region ${region} --restore-job-id "$JOB" --query '[Status,PercentDone,CreatedResourceArn]' --output text\`.`,
    "Look at what is in it, lead the service there, and hand it over to Terraform: `terraform import`.",
  ];
}
