/**
 * Types whose recovery points AWS Backup can move to cold storage; for others it ignores the setting.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html#features-by-resource
 */
export const COLD: ReadonlySet<string> = new Set([
  "CloudFormation",
  "DynamoDB",
  "EBS",
  "EFS",
  "SAP HANA on Amazon EC2",
  "Timestream",
  "VirtualMachine",
]);

/**
 * Types that AWS Backup restores to any second and that keep no such history themselves.
 *
 * RDS and Aurora could be here and are not: a continuous rule takes over retention and backup window of the instance, and
 * from then on RDS refuses every apply that says anything else. They keep their own history.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 * @see https://github.com/crossplane-contrib/provider-aws/issues/1356
 */
export const CONTINUOUS: ReadonlySet<string> = new Set(["S3", "SAP HANA on Amazon EC2"]);

/** Types that the role needs another managed policy for. */
export const POLICIES: Readonly<Record<string, string>> = { S3: "AWSBackupServiceRolePolicyForS3Backup" };

/** The types that are not in a set. */
export function lacking(set: ReadonlySet<string>, types: readonly string[]): string[] {
  return types.filter((type) => !set.has(type));
}
