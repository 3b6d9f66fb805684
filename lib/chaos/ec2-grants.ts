import { Grant, looks, regional } from "./grant";

const SEEN = looks("DescribeInstances", "ec2:DescribeInstances");
const INSTANCES = regional("ec2", "instance/*");
const MARKED = { StringEquals: { "ec2:ResourceTag/managedByFIS": "true" } };

/** Volumes of a stopped instance may be encrypted under any key of the account: EC2 asks for a grant as it starts. */
const STARTS_ENCRYPTED: Grant = {
  sid: "StartEncrypted",
  actions: ["kms:CreateGrant"],
  on: regional("kms", "key/*"),
  when: ({ region }) => ({
    StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` },
    Bool: { "kms:GrantIsForAWSResource": "true" },
  }),
};

/** Launches are made to fail for the group or the role of the target alone. */
function injects(action: string): Grant {
  return {
    sid: "FailLaunches",
    actions: ["ec2:InjectApiError"],
    on: { everything: "the call that is made to fail has no resource; the action is a condition" },
    when: { "ForAnyValue:StringEquals": { "ec2:FisActionId": [action] } },
  };
}

const GROUPS = looks("DescribeGroups", "autoscaling:DescribeAutoScalingGroups");

/**
 * What experiments on EC2 and its network need.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSFaultInjectionSimulatorEC2Access.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSFaultInjectionSimulatorNetworkAccess.html
 */
export const EC2_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  "aws:ec2:asg-insufficient-instance-capacity-error": [
    GROUPS,
    injects("aws:ec2:asg-insufficient-instance-capacity-error"),
  ],
  "aws:ec2:api-insufficient-instance-capacity-error": [injects("aws:ec2:api-insufficient-instance-capacity-error")],
  "aws:ec2:reboot-instances": [
    SEEN,
    { sid: "RebootInstances", actions: ["ec2:RebootInstances"], on: INSTANCES, narrowed: true },
  ],
  "aws:ec2:send-spot-instance-interruptions": [
    SEEN,
    { sid: "InterruptSpot", actions: ["ec2:SendSpotInstanceInterruptions"], on: INSTANCES, narrowed: true },
  ],
  "aws:ec2:stop-instances": [
    SEEN,
    {
      sid: "StopInstances",
      actions: ["ec2:StopInstances", "ec2:StartInstances"],
      on: INSTANCES,
      narrowed: true,
    },
    STARTS_ENCRYPTED,
  ],
  "aws:ec2:terminate-instances": [
    SEEN,
    { sid: "TerminateInstances", actions: ["ec2:TerminateInstances"], on: INSTANCES, narrowed: true },
  ],
  "aws:ebs:pause-volume-io": [
    looks("DescribeVolumes", "ec2:DescribeVolumes"),
    { sid: "PauseVolume", actions: ["ec2:PauseVolumeIO"], on: regional("ec2", "volume/*"), narrowed: true },
  ],
  "aws:network:disrupt-connectivity": [
    looks(
      "DescribeNetwork",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ec2:DescribeManagedPrefixLists",
    ),
    { sid: "ReadPrefixes", actions: ["ec2:GetManagedPrefixListEntries"], on: regional("ec2", "prefix-list/*") },
    {
      sid: "MakeAcl",
      actions: ["ec2:CreateNetworkAcl"],
      on: regional("ec2", "network-acl/*"),
      when: { StringEquals: { "aws:RequestTag/managedByFIS": "true" } },
    },
    { sid: "MakeAclInVpc", actions: ["ec2:CreateNetworkAcl"], on: regional("ec2", "vpc/*") },
    {
      sid: "MarkAcl",
      actions: ["ec2:CreateTags"],
      on: regional("ec2", "network-acl/*"),
      when: {
        StringEquals: { "ec2:CreateAction": "CreateNetworkAcl", "aws:RequestTag/managedByFIS": "true" },
      },
    },
    {
      sid: "ChangeMarkedAcl",
      actions: ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"],
      on: regional("ec2", "network-acl/*", "vpc/*"),
      when: MARKED,
    },
    // An association has three resources; the list of the subnet's own goes back to one that is not marked.
    { sid: "SwapAcl", actions: ["ec2:ReplaceNetworkAclAssociation"], on: regional("ec2", "network-acl/*") },
    {
      sid: "SwapAclOfSubnet",
      actions: ["ec2:ReplaceNetworkAclAssociation"],
      on: regional("ec2", "subnet/*"),
      narrowed: true,
    },
  ],
  // https://docs.aws.amazon.com/resilience-hub/latest/userguide/next-gen-resilience-testing-iam-sa-multi-region-isolation.html
  "aws:network:route-table-disrupt-cross-region-connectivity": [
    looks(
      "DescribeRoutes",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeVpcPeeringConnections",
    ),
    { sid: "ReadPrefixes", actions: ["ec2:GetManagedPrefixListEntries"], on: regional("ec2", "prefix-list/*") },
    {
      sid: "MakeRoutes",
      actions: ["ec2:CreateRouteTable", "ec2:CreateManagedPrefixList"],
      on: regional("ec2", "route-table/*", "prefix-list/*"),
      when: { StringEquals: { "aws:RequestTag/managedByFIS": "true" } },
    },
    { sid: "MakeRoutesInVpc", actions: ["ec2:CreateRouteTable"], on: regional("ec2", "vpc/*") },
    {
      sid: "ChangeMarkedRoutes",
      actions: ["ec2:DeleteRouteTable", "ec2:DeleteManagedPrefixList", "ec2:ModifyManagedPrefixList"],
      on: regional("ec2", "route-table/*", "prefix-list/*"),
      when: { StringEquals: { "aws:ResourceTag/managedByFIS": "true" } },
    },
    {
      sid: "SwapRoutes",
      actions: [
        "ec2:AssociateRouteTable",
        "ec2:DisassociateRouteTable",
        "ec2:ReplaceRouteTableAssociation",
        "ec2:CreateRoute",
      ],
      // The tables of the subnets come back in the end, and these are not marked.
      on: regional("ec2", "route-table/*", "subnet/*"),
    },
  ],
};
