/** How a target is named. */
type Way = "arns" | "tags" | "parameters";

/** What an action is done to, and how that is found. */
export interface Aim {
  /** The key under which the action takes its target. */
  readonly key: string;
  readonly resourceType: string;
  /** @default - by ARNs or by tags */
  readonly by?: readonly Way[];
}

const INSTANCES: Aim = { key: "Instances", resourceType: "aws:ec2:instance" };
const VOLUMES: Aim = { key: "Volumes", resourceType: "aws:ec2:ebs-volume" };
const SUBNETS: Aim = { key: "Subnets", resourceType: "aws:ec2:subnet" };
const ROLES: Aim = { key: "Roles", resourceType: "aws:iam:role" };
const TASKS: Aim = { key: "Tasks", resourceType: "aws:ecs:task", by: ["arns", "tags", "parameters"] };
const PODS: Aim = { key: "Pods", resourceType: "aws:eks:pod", by: ["parameters"] };
const FUNCTIONS: Aim = { key: "Functions", resourceType: "aws:lambda:function" };

/**
 * The target of each action that takes one; another key or another type is refused by AWS as an experiment starts.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/action-sequence.html#action-targets
 */
export const AIMS: Readonly<Record<string, Aim>> = {
  "aws:arc:start-zonal-autoshift": { key: "ManagedResources", resourceType: "aws:arc:zonal-shift-managed-resource" },
  "aws:directconnect:virtual-interface-disconnect": {
    key: "VirtualInterfaces",
    resourceType: "aws:directconnect:virtual-interface",
  },
  "aws:dynamodb:global-table-pause-replication": { key: "Tables", resourceType: "aws:dynamodb:global-table" },
  "aws:ebs:pause-volume-io": VOLUMES,
  "aws:ebs:volume-io-latency": VOLUMES,
  "aws:ec2:api-insufficient-instance-capacity-error": { ...ROLES, by: ["arns"] },
  "aws:ec2:asg-insufficient-instance-capacity-error": {
    key: "AutoScalingGroups",
    resourceType: "aws:ec2:autoscaling-group",
  },
  "aws:ec2:reboot-instances": INSTANCES,
  "aws:ec2:send-spot-instance-interruptions": { key: "SpotInstances", resourceType: "aws:ec2:spot-instance" },
  "aws:ec2:stop-instances": INSTANCES,
  "aws:ec2:terminate-instances": INSTANCES,
  "aws:ecs:drain-container-instances": { key: "Clusters", resourceType: "aws:ecs:cluster" },
  "aws:ecs:stop-task": TASKS,
  "aws:ecs:task-cpu-stress": TASKS,
  "aws:ecs:task-io-stress": TASKS,
  "aws:ecs:task-kill-process": TASKS,
  "aws:ecs:task-network-blackhole-port": TASKS,
  "aws:ecs:task-network-latency": TASKS,
  "aws:ecs:task-network-packet-loss": TASKS,
  "aws:eks:inject-kubernetes-custom-resource": { key: "Cluster", resourceType: "aws:eks:cluster", by: ["arns"] },
  "aws:eks:pod-cpu-stress": PODS,
  "aws:eks:pod-delete": PODS,
  "aws:eks:pod-io-stress": PODS,
  "aws:eks:pod-memory-stress": PODS,
  "aws:eks:pod-network-blackhole-port": PODS,
  "aws:eks:pod-network-latency": PODS,
  "aws:eks:pod-network-packet-loss": PODS,
  "aws:eks:terminate-nodegroup-instances": { key: "Nodegroups", resourceType: "aws:eks:nodegroup" },
  "aws:elasticache:replicationgroup-interrupt-az-power": {
    key: "ReplicationGroups",
    resourceType: "aws:elasticache:replicationgroup",
    by: ["tags"],
  },
  "aws:fis:inject-api-internal-error": ROLES,
  "aws:fis:inject-api-throttle-error": ROLES,
  "aws:fis:inject-api-unavailable-error": ROLES,
  "aws:lambda:invocation-add-delay": FUNCTIONS,
  "aws:lambda:invocation-error": FUNCTIONS,
  "aws:lambda:invocation-http-integration-response": FUNCTIONS,
  "aws:memorydb:multi-region-cluster-pause-replication": {
    key: "MultiRegionClusters",
    resourceType: "aws:memorydb:multi-region-cluster",
  },
  "aws:network:disrupt-connectivity": SUBNETS,
  "aws:network:disrupt-vpc-endpoint": { key: "VPCEndpoints", resourceType: "aws:ec2:vpc-endpoint" },
  "aws:network:route-table-disrupt-cross-region-connectivity": SUBNETS,
  "aws:network:transit-gateway-disrupt-cross-region-connectivity": {
    key: "TransitGateways",
    resourceType: "aws:ec2:transit-gateway",
  },
  "aws:rds:failover-db-cluster": { key: "Clusters", resourceType: "aws:rds:cluster" },
  "aws:rds:reboot-db-instances": { key: "DBInstances", resourceType: "aws:rds:db" },
  "aws:s3:bucket-pause-replication": { key: "Buckets", resourceType: "aws:s3:bucket", by: ["tags"] },
  "aws:ssm:send-command": INSTANCES,
};
