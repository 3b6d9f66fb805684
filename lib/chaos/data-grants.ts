import { Grant, looks, regional } from "./grant";

/** The extension of a function reads what to do from a bucket: the folder of it is the one that AWS's guide names. */
const FUNCTIONS: readonly Grant[] = [
  { sid: "ReadFunction", actions: ["lambda:GetFunction"], on: regional("lambda", "function:*"), narrowed: true },
  {
    sid: "TellFunction",
    actions: ["s3:PutObject", "s3:DeleteObject"],
    // Which bucket, the function alone knows, by a variable of its environment.
    on: ({ partition }) => [`arn:${partition}:s3:::*/FisConfigs/*`],
    when: ({ account }) => ({ StringEquals: { "aws:ResourceAccount": account } }),
  },
];

/**
 * What experiments on data and on functions need.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/use-lambda-actions.html
 */
export const DATA_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  "aws:dynamodb:global-table-pause-replication": [
    {
      sid: "PauseReplication",
      actions: [
        "dynamodb:PutResourcePolicy",
        "dynamodb:GetResourcePolicy",
        "dynamodb:DeleteResourcePolicy",
        "dynamodb:DescribeTable",
      ],
      on: regional("dynamodb", "table/*"),
      narrowed: "by-arn",
      // What keeps replication out is written into the policy of the table, and into that of its stream.
      below: "/stream/*",
    },
    {
      sid: "PauseStrongReplication",
      actions: ["dynamodb:InjectError"],
      on: { everything: "it is not granted for a table; AWS needs it where tables are strongly consistent" },
    },
  ],
  "aws:elasticache:replicationgroup-interrupt-az-power": [
    looks("DescribeGroups", "elasticache:DescribeReplicationGroups"),
    {
      sid: "InterruptZone",
      actions: ["elasticache:InterruptClusterAzPower"],
      on: regional("elasticache", "replicationgroup:*"),
      narrowed: true,
    },
  ],
  "aws:lambda:invocation-add-delay": FUNCTIONS,
  "aws:lambda:invocation-error": FUNCTIONS,
  "aws:lambda:invocation-http-integration-response": FUNCTIONS,
  "aws:memorydb:multi-region-cluster-pause-replication": [
    {
      sid: "PauseClusters",
      actions: ["memorydb:DescribeMultiRegionClusters", "memorydb:PauseMultiRegionClusterReplication"],
      // Such a cluster has no region of its own.
      on: ({ partition, account }) => [`arn:${partition}:memorydb::${account}:multiregioncluster/*`],
      narrowed: "by-arn",
    },
  ],
  "aws:rds:failover-db-cluster": [
    looks("DescribeDatabases", "rds:DescribeDBClusters", "rds:DescribeDBInstances"),
    { sid: "FailOver", actions: ["rds:FailoverDBCluster"], on: regional("rds", "cluster:*"), narrowed: true },
  ],
  "aws:rds:reboot-db-instances": [
    looks("DescribeDatabases", "rds:DescribeDBClusters", "rds:DescribeDBInstances"),
    { sid: "Reboot", actions: ["rds:RebootDBInstance"], on: regional("rds", "db:*"), narrowed: true },
  ],
  // https://docs.aws.amazon.com/fis/latest/userguide/cross-region-scenario.html
  "aws:s3:bucket-pause-replication": [
    looks("ListBuckets", "s3:ListAllMyBuckets"),
    {
      sid: "ChangeRulesToPause",
      actions: ["s3:GetReplicationConfiguration", "s3:PutReplicationConfiguration"],
      // A bucket is found by its tags alone, which these calls know nothing of; nothing but a pause may be written.
      on: ({ partition }) => [`arn:${partition}:s3:::*`],
      when: { BoolIfExists: { "s3:isReplicationPauseRequest": "true" } },
    },
    {
      sid: "PauseReplication",
      actions: ["s3:PauseReplication"],
      on: ({ partition }) => [`arn:${partition}:s3:::*`],
      when: (_, { region = "*" }) => ({ StringLike: { "s3:DestinationRegion": region } }),
    },
  ],
};
