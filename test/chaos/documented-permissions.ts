/** What AWS documents of an action. */
export interface Documented {
  /** The permissions that its page lists. */
  readonly lists: readonly string[];
  /** What the role has beyond that, and why. @default - nothing */
  readonly besides?: Readonly<Record<string, string>>;
}

const TASKS = ["ecs:DescribeTasks", "ssm:SendCommand", "ssm:ListCommands", "ssm:CancelCommand"];
const MANAGED = "the managed policy of AWS has it: tasks are found by their cluster and service as well";
const STRESSED: Documented = {
  lists: TASKS,
  besides: { "ecs:ListTasks": MANAGED, "ecs:DescribeContainerInstances": MANAGED },
};
const SLOWED: Documented = {
  lists: [...TASKS, "ecs:DescribeContainerInstances", "ec2:DescribeInstances", "ec2:DescribeSubnets"],
  besides: { "ecs:ListTasks": MANAGED },
};
const PODS: Documented = { lists: ["eks:DescribeCluster", "ec2:DescribeSubnets", "tag:GetResources"] };
const FUNCTIONS: Documented = {
  lists: ["s3:PutObject", "s3:DeleteObject", "lambda:GetFunction", "tag:GetResources"],
};
const SEEN = { "ec2:DescribeInstances": "targets are filtered by what describes them" };

/**
 * The permissions of each action, as its page has them; those for logs and reports come on top.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
export const DOCUMENTED: Readonly<Record<string, Documented>> = {
  "aws:arc:start-zonal-autoshift": {
    lists: [
      "arc-zonal-shift:StartZonalShift",
      "arc-zonal-shift:GetManagedResource",
      "arc-zonal-shift:UpdateZonalShift",
      "arc-zonal-shift:CancelZonalShift",
      "arc-zonal-shift:ListManagedResources",
      "autoscaling:DescribeTags",
      "tag:GetResources",
    ],
  },
  "aws:cloudwatch:assert-alarm-state": { lists: ["cloudwatch:DescribeAlarms"] },
  "aws:directconnect:virtual-interface-disconnect": {
    lists: [
      "directconnect:DescribeVirtualInterfaces",
      "directconnect:StartBgpFailoverTest",
      "directconnect:ListVirtualInterfaceTestHistory",
      "directconnect:StopBgpFailoverTest",
      "tag:GetResources",
    ],
  },
  "aws:dynamodb:global-table-pause-replication": {
    lists: [
      "dynamodb:PutResourcePolicy",
      "dynamodb:DeleteResourcePolicy",
      "dynamodb:GetResourcePolicy",
      "dynamodb:DescribeTable",
      "dynamodb:InjectError",
      "tag:GetResources",
    ],
  },
  "aws:ebs:pause-volume-io": { lists: ["ec2:DescribeVolumes", "ec2:PauseVolumeIO", "tag:GetResources"] },
  "aws:ebs:volume-io-latency": { lists: ["ec2:DescribeVolumes", "ec2:InjectVolumeIOLatency", "tag:GetResources"] },
  "aws:ec2:api-insufficient-instance-capacity-error": { lists: ["ec2:InjectApiError"] },
  "aws:ec2:asg-insufficient-instance-capacity-error": {
    lists: ["ec2:InjectApiError", "autoscaling:DescribeAutoScalingGroups"],
  },
  "aws:ec2:reboot-instances": { lists: ["ec2:RebootInstances", "ec2:DescribeInstances"] },
  "aws:ec2:send-spot-instance-interruptions": {
    lists: ["ec2:SendSpotInstanceInterruptions", "ec2:DescribeInstances"],
  },
  "aws:ec2:stop-instances": {
    lists: ["ec2:StopInstances", "ec2:StartInstances", "ec2:DescribeInstances", "kms:CreateGrant"],
  },
  "aws:ec2:terminate-instances": { lists: ["ec2:TerminateInstances", "ec2:DescribeInstances"] },
  "aws:ecs:drain-container-instances": {
    lists: [
      "ecs:DescribeClusters",
      "ecs:UpdateContainerInstancesState",
      "ecs:ListContainerInstances",
      "tag:GetResources",
    ],
  },
  "aws:ecs:stop-task": { lists: ["ecs:DescribeTasks", "ecs:ListTasks", "ecs:StopTask", "tag:GetResources"] },
  "aws:ecs:task-cpu-stress": STRESSED,
  "aws:ecs:task-io-stress": STRESSED,
  "aws:ecs:task-kill-process": STRESSED,
  "aws:ecs:task-network-blackhole-port": STRESSED,
  "aws:ecs:task-network-latency": SLOWED,
  "aws:ecs:task-network-packet-loss": SLOWED,
  "aws:eks:inject-kubernetes-custom-resource": { lists: [] },
  "aws:eks:pod-cpu-stress": PODS,
  "aws:eks:pod-delete": PODS,
  "aws:eks:pod-io-stress": PODS,
  "aws:eks:pod-memory-stress": PODS,
  "aws:eks:pod-network-blackhole-port": PODS,
  "aws:eks:pod-network-latency": PODS,
  "aws:eks:pod-network-packet-loss": PODS,
  "aws:eks:terminate-nodegroup-instances": {
    lists: ["ec2:DescribeInstances", "ec2:TerminateInstances", "eks:DescribeNodegroup", "tag:GetResources"],
  },
  "aws:elasticache:replicationgroup-interrupt-az-power": {
    lists: ["elasticache:InterruptClusterAzPower", "elasticache:DescribeReplicationGroups", "tag:GetResources"],
  },
  "aws:fis:inject-api-internal-error": { lists: ["fis:InjectApiInternalError"] },
  "aws:fis:inject-api-throttle-error": { lists: ["fis:InjectApiThrottleError"] },
  "aws:fis:inject-api-unavailable-error": { lists: ["fis:InjectApiUnavailableError"] },
  "aws:fis:wait": { lists: [] },
  "aws:lambda:invocation-add-delay": FUNCTIONS,
  "aws:lambda:invocation-error": FUNCTIONS,
  "aws:lambda:invocation-http-integration-response": FUNCTIONS,
  "aws:memorydb:multi-region-cluster-pause-replication": {
    lists: ["memorydb:DescribeMultiRegionClusters", "memorydb:PauseMultiRegionClusterReplication", "tag:GetResources"],
  },
  "aws:network:disrupt-connectivity": {
    lists: [
      "ec2:CreateNetworkAcl",
      "ec2:CreateNetworkAclEntry",
      "ec2:CreateTags",
      "ec2:DeleteNetworkAcl",
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ec2:GetManagedPrefixListEntries",
      "ec2:ReplaceNetworkAclAssociation",
    ],
  },
  "aws:network:disrupt-vpc-endpoint": {
    lists: [
      "ec2:DescribeVpcEndpoints",
      "ec2:DescribeSecurityGroups",
      "ec2:ModifyVpcEndpoint",
      "ec2:CreateSecurityGroup",
      "ec2:DeleteSecurityGroup",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:CreateTags",
      "vpce:AllowMultiRegion",
    ],
  },
  "aws:network:route-table-disrupt-cross-region-connectivity": {
    lists: [
      "ec2:AssociateRouteTable",
      "ec2:CreateManagedPrefixList",
      "ec2:CreateNetworkInterface",
      "ec2:CreateRoute",
      "ec2:CreateRouteTable",
      "ec2:CreateTags",
      "ec2:DeleteManagedPrefixList",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteRouteTable",
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcPeeringConnections",
      "ec2:DescribeVpcs",
      "ec2:DisassociateRouteTable",
      "ec2:GetManagedPrefixListEntries",
      "ec2:ModifyManagedPrefixList",
      "ec2:ModifyVpcEndpoint",
      "ec2:ReplaceRouteTableAssociation",
    ],
    besides: { "ec2:DescribeVpcEndpoints": "the policy of the scenario has it: endpoints move to the new tables" },
  },
  "aws:network:transit-gateway-disrupt-cross-region-connectivity": {
    lists: [
      "ec2:AssociateTransitGatewayRouteTable",
      "ec2:DescribeTransitGatewayAttachments",
      "ec2:DescribeTransitGatewayPeeringAttachments",
      "ec2:DescribeTransitGateways",
      "ec2:DisassociateTransitGatewayRouteTable",
    ],
  },
  "aws:rds:failover-db-cluster": {
    lists: ["rds:FailoverDBCluster", "rds:DescribeDBClusters", "tag:GetResources"],
    besides: {
      "rds:DescribeDBInstances": "the managed policy of AWS has it: the zone of a writer is that of an instance",
    },
  },
  "aws:rds:reboot-db-instances": {
    lists: ["rds:RebootDBInstance", "rds:DescribeDBInstances", "tag:GetResources"],
    besides: { "rds:DescribeDBClusters": "the managed policy of AWS has it: an instance may be one of a cluster" },
  },
  "aws:s3:bucket-pause-replication": {
    lists: [
      "s3:PutReplicationConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:PauseReplication",
      "s3:ListAllMyBuckets",
      "tag:GetResources",
    ],
  },
  "aws:ssm:send-command": {
    lists: ["ssm:SendCommand", "ssm:ListCommands", "ssm:CancelCommand"],
    besides: { ...SEEN, "ec2:DescribeSubnets": "the managed policy of AWS has it: traffic documents ask for zones" },
  },
};
