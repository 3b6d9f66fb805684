import { CONTAINER_GRANTS } from "./container-grants";
import { EC2_GRANTS } from "./ec2-grants";
import { Grant, looks, regional } from "./grant";
import { NETWORK_GRANTS } from "./network-grants";

const FUNCTIONS: readonly Grant[] = [
  { sid: "ReadFunction", actions: ["lambda:GetFunction"], on: regional("lambda", "function:*"), narrowed: true },
];

/**
 * What the role of an experiment may do, by the actions that the experiment has; an action that is not here is refused.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  ...CONTAINER_GRANTS,
  ...EC2_GRANTS,
  ...NETWORK_GRANTS,
  "aws:arc:start-zonal-autoshift": [
    {
      sid: "ShiftZone",
      actions: [
        "arc-zonal-shift:StartZonalShift",
        "arc-zonal-shift:GetManagedResource",
        "arc-zonal-shift:UpdateZonalShift",
        "arc-zonal-shift:CancelZonalShift",
      ],
      on: { everything: "the ARN of what is shifted is that of a load balancer or a group, by the target" },
    },
    looks("ListManagedResources", "arc-zonal-shift:ListManagedResources", "autoscaling:DescribeAutoScalingGroups"),
  ],
  "aws:cloudwatch:assert-alarm-state": [looks("ReadAlarms", "cloudwatch:DescribeAlarms")],
  "aws:dynamodb:global-table-pause-replication": [
    {
      sid: "PauseReplication",
      actions: [
        "dynamodb:PutResourcePolicy",
        "dynamodb:GetResourcePolicy",
        "dynamodb:DeleteResourcePolicy",
        "dynamodb:DescribeTable",
        "dynamodb:InjectError",
      ],
      on: regional("dynamodb", "table/*"),
      narrowed: "by-arn",
      // What keeps replication out is written into the policy of the table, and into that of its stream.
      below: "/stream/*",
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
  // It only lets time pass.
  "aws:fis:wait": [],
  "aws:lambda:invocation-add-delay": FUNCTIONS,
  "aws:lambda:invocation-error": FUNCTIONS,
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
  "aws:ssm:send-command": [
    {
      sid: "SendCommand",
      actions: ["ssm:SendCommand"],
      on: ({ partition, region }, { documentArn = `arn:${partition}:ssm:${region}::document/AWSFIS-*` }) => [
        documentArn,
      ],
    },
    {
      sid: "CommandInstances",
      actions: ["ssm:SendCommand"],
      on: regional("ec2", "instance/*"),
      narrowed: true,
    },
    {
      sid: "FollowCommands",
      actions: ["ssm:ListCommands", "ssm:CancelCommand"],
      on: { everything: "commands have ids that are made as they run" },
    },
    // The documents for traffic ask which network an instance stands in.
    looks("DescribeInstances", "ec2:DescribeInstances", "ec2:DescribeSubnets"),
  ],
};
