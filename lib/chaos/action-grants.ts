import { EC2_GRANTS } from "./ec2-grants";
import { Grant, looks, regional } from "./grant";

const STRESSED: readonly Grant[] = [
  looks("DescribeTasks", "ecs:DescribeTasks", "ecs:ListTasks", "ecs:DescribeContainerInstances"),
  {
    sid: "RunOnManagedInstance",
    actions: ["ssm:SendCommand"],
    on: ({ partition, region, account }) => [
      `arn:${partition}:ssm:${region}::document/AWSFIS-*`,
      `arn:${partition}:ssm:${region}:${account}:managed-instance/*`,
    ],
  },
  {
    sid: "FollowCommands",
    actions: ["ssm:ListCommands", "ssm:CancelCommand"],
    on: { everything: "commands have ids that are made as they run" },
  },
];

const PODS: readonly Grant[] = [
  looks("DescribeSubnets", "ec2:DescribeSubnets"),
  { sid: "DescribeCluster", actions: ["eks:DescribeCluster"], on: regional("eks", "cluster/*") },
];

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
  ...EC2_GRANTS,
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
      narrowed: true,
    },
  ],
  "aws:ecs:drain-container-instances": [
    looks("DescribeClusters", "ecs:DescribeClusters", "ecs:ListContainerInstances"),
    {
      sid: "Drain",
      actions: ["ecs:UpdateContainerInstancesState"],
      on: regional("ecs", "container-instance/*"),
    },
  ],
  "aws:ecs:stop-task": [
    looks("DescribeTasks", "ecs:DescribeTasks", "ecs:ListTasks"),
    { sid: "StopTask", actions: ["ecs:StopTask"], on: regional("ecs", "task/*"), narrowed: true },
  ],
  "aws:ecs:task-cpu-stress": STRESSED,
  "aws:ecs:task-io-stress": STRESSED,
  "aws:ecs:task-kill-process": STRESSED,
  "aws:ecs:task-network-blackhole-port": STRESSED,
  "aws:ecs:task-network-latency": STRESSED,
  "aws:ecs:task-network-packet-loss": STRESSED,
  "aws:eks:pod-cpu-stress": PODS,
  "aws:eks:pod-delete": PODS,
  "aws:eks:pod-memory-stress": PODS,
  "aws:eks:pod-network-latency": PODS,
  "aws:eks:pod-network-packet-loss": PODS,
  "aws:eks:terminate-nodegroup-instances": [
    { sid: "DescribeNodegroup", actions: ["eks:DescribeNodegroup"], on: regional("eks", "nodegroup/*") },
    looks("DescribeInstances", "ec2:DescribeInstances"),
    {
      sid: "TerminateNodes",
      actions: ["ec2:TerminateInstances"],
      on: regional("ec2", "instance/*"),
      when: { StringLike: { "aws:ResourceTag/eks:nodegroup-name": "*" } },
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
  "aws:s3:bucket-pause-replication": [
    looks("ListBuckets", "s3:ListAllMyBuckets"),
    {
      sid: "PauseReplication",
      actions: ["s3:GetReplicationConfiguration", "s3:PutReplicationConfiguration", "s3:PauseReplication"],
      on: ({ partition }) => [`arn:${partition}:s3:::*`],
      narrowed: "by-arn",
    },
  ],
  "aws:ssm:send-command": [
    {
      sid: "SendCommand",
      actions: ["ssm:SendCommand"],
      on: ({ partition, region }) => [`arn:${partition}:ssm:${region}::document/AWSFIS-*`],
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
    looks("DescribeInstances", "ec2:DescribeInstances"),
  ],
};
