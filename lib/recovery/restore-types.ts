import { Place } from "../core/place";
import { Statement } from "../parts/policy";

/** What lets the validator look at something that was restored. */
interface Look {
  readonly may: string;
  /** What of the account it may look at; `*` where the service knows no resources. */
  readonly on: (place: Required<Place>) => string;
}

/** How a restored resource of one type is looked at, and where it lands. */
interface Restored {
  /** One a kind: what AWS Backup calls RDS is an instance or a Multi-AZ cluster. */
  readonly looks: readonly Look[];
  /** What has to be said, or it lands in the default VPC: subnets of a database, or metadata of yours. */
  readonly lands?: "in-subnets" | "as-told";
  /** Another managed policy of the role that restores. */
  readonly policy?: string;
}

const anything = () => "*";
const rds =
  (kind: string): Look["on"] =>
  ({ partition, region, account }) =>
    `arn:${partition}:rds:${region}:${account}:${kind}:*`;
const instances: Look = { may: "rds:DescribeDBInstances", on: rds("db") };
const clusters: Look = { may: "rds:DescribeDBClusters", on: rds("cluster") };
const cluster: Restored = { looks: [clusters], lands: "in-subnets" };

/**
 * What AWS Backup tests a restore of. Tables and buckets it finds again by their name, the rest by the tag
 * `awsbackup-restore-test`. `functions/restore-validator.js` knows how each is looked at.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export const RESTORED: Readonly<Record<string, Restored>> = {
  Aurora: cluster,
  DocumentDB: cluster,
  DynamoDB: {
    looks: [
      {
        may: "dynamodb:DescribeTable",
        on: ({ partition, region, account }) =>
          `arn:${partition}:dynamodb:${region}:${account}:table/awsbackup-restore-test-*`,
      },
    ],
  },
  EBS: { looks: [{ may: "ec2:DescribeVolumes", on: anything }] },
  EC2: { looks: [{ may: "ec2:DescribeInstances", on: anything }], lands: "as-told" },
  EFS: { looks: [{ may: "elasticfilesystem:DescribeFileSystems", on: anything }] },
  FSx: { looks: [{ may: "fsx:DescribeFileSystems", on: anything }], lands: "as-told" },
  Neptune: cluster,
  RDS: { looks: [instances, clusters], lands: "in-subnets" },
  S3: {
    looks: [{ may: "s3:ListBucket", on: ({ partition }) => `arn:${partition}:s3:::awsbackup-restore-test-*` }],
    policy: "AWSBackupServiceRolePolicyForS3Restore",
  },
};

/** What the validator may do to look at restored resources of these types. */
export function mayLook(types: readonly string[], place: Required<Place>): Statement[] {
  const looks = types.flatMap((type) => RESTORED[type].looks.map(({ may, on }) => ({ may, on: on(place) })));
  const resources = [...new Set(looks.map(({ on }) => on))];
  return resources.map((Resource, index) => ({
    Sid: `LooksAtRestored${index + 1}`,
    Effect: "Allow",
    Action: [...new Set(looks.filter(({ on }) => on === Resource).map(({ may }) => may))],
    Resource,
  }));
}
