/** The newest images of a repository in a region, oldest first, each with what is asked of it. */
export function newest(name: string, region: string, asked: string, count = 20): string {
  return `aws ecr describe-images --region ${region} --repository-name ${name} --query 'sort_by(imageDetails,&imagePushedAt)[-${count}:].[${asked}]' --output text`;
}

/** The digest of the newest image, within another command. */
export function newestDigest(name: string, region: string): string {
  return `"$(aws ecr describe-images --region ${region} --repository-name ${name} --query 'sort_by(imageDetails,&imagePushedAt)[-1].imageDigest' --output text)"`;
}

/** What the registry replicates again to a region: all that matches its rules and is not there. */
export function backfill(account: string, region: string, to: string): string {
  return `aws ecr start-replication-backfill --region ${region} --destination region=${to},registryId=${account}`;
}
