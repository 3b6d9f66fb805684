/**
 * The newest images of a repository in a region, oldest first, each with what is asked of it. As a table: in plain text the
 * AWS CLI would sort each page by itself.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
 */
export function newest(name: string, region: string, asked: string, count = 20): string {
  return `aws ecr describe-images --region ${region} --repository-name ${name} --query 'sort_by(imageDetails,&imagePushedAt)[-${count}:].[${asked}]' --output table`;
}

/** The digest of the newest image, within another command. */
export function newestDigest(name: string, region: string): string {
  return `"$(aws ecr describe-images --region ${region} --repository-name ${name} --query 'sort_by(imageDetails,&imagePushedAt)[-1].imageDigest' --output json | tr -d '"')"`;
}

/** What the registry replicates again to a region: all that matches its rules. */
export function backfill(account: string, region: string, to: string): string {
  return `aws ecr start-replication-backfill --region ${region} --destination region=${to},registryId=${account}`;
}
