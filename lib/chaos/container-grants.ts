import { BY_TAG, Grant, looks, regional } from "./grant";

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

/** Which zone a task stands in is that of its subnet, or of the instance that carries it. */
const SLOWED: readonly Grant[] = [
  ...STRESSED,
  looks("DescribeInstances", "ec2:DescribeInstances", "ec2:DescribeSubnets"),
];

const PODS: readonly Grant[] = [
  // Pods carry no tags; the service asks for those of their cluster.
  BY_TAG,
  looks("DescribeSubnets", "ec2:DescribeSubnets"),
  { sid: "DescribeCluster", actions: ["eks:DescribeCluster"], on: regional("eks", "cluster/*") },
];

/**
 * What experiments on tasks and pods need.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/ecs-task-actions.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/eks-pod-actions.html
 */
export const CONTAINER_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
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
  "aws:ecs:task-network-latency": SLOWED,
  "aws:ecs:task-network-packet-loss": SLOWED,
  // Kubernetes itself says who may.
  "aws:eks:inject-kubernetes-custom-resource": [],
  "aws:eks:pod-cpu-stress": PODS,
  "aws:eks:pod-delete": PODS,
  "aws:eks:pod-io-stress": PODS,
  "aws:eks:pod-memory-stress": PODS,
  "aws:eks:pod-network-blackhole-port": PODS,
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
};
