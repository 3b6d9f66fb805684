import { Statement } from "../parts/policy";
import { Grant, looks, regional } from "./grant";

/** What the service makes for the time of an experiment carries a mark, by which it finds it in the end. */
const ASKED = { StringEquals: { "aws:RequestTag/managedByFIS": "true" } };
const MARKED = { StringEquals: { "ec2:ResourceTag/managedByFIS": "true" } };

function asItIsMade(call: string): Statement["Condition"] {
  return { StringEquals: { "ec2:CreateAction": call, "aws:RequestTag/managedByFIS": "true" } };
}

function marks(sid: string, resource: string, call: string): Grant {
  return { sid, actions: ["ec2:CreateTags"], on: regional("ec2", resource), when: asItIsMade(call) };
}

/**
 * What experiments on networks need.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSFaultInjectionSimulatorNetworkAccess.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/cross-region-scenario.html
 */
export const NETWORK_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
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
      when: ASKED,
    },
    { sid: "MakeAclInVpc", actions: ["ec2:CreateNetworkAcl"], on: regional("ec2", "vpc/*") },
    {
      sid: "MarkAcl",
      actions: ["ec2:CreateTags"],
      on: regional("ec2", "network-acl/*"),
      when: asItIsMade("CreateNetworkAcl"),
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
  "aws:network:disrupt-vpc-endpoint": [
    looks("DescribeEndpoints", "ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups"),
    {
      sid: "MakeClosedGroup",
      actions: ["ec2:CreateSecurityGroup"],
      on: regional("ec2", "vpc/*", "security-group/*"),
    },
    marks("MarkGroup", "security-group/*", "CreateSecurityGroup"),
    {
      sid: "CloseMarkedGroup",
      actions: ["ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupEgress"],
      on: regional("ec2", "security-group/*"),
      when: { StringEquals: { "aws:ResourceTag/managedByFIS": "true" } },
    },
    {
      sid: "CloseEndpoint",
      // The second is asked for where an endpoint leads to another region.
      actions: ["ec2:ModifyVpcEndpoint", "vpce:AllowMultiRegion"],
      on: regional("ec2", "vpc-endpoint/*"),
      narrowed: true,
    },
    // The groups of the endpoint come back in the end, and these are not marked.
    { sid: "SwapGroups", actions: ["ec2:ModifyVpcEndpoint"], on: regional("ec2", "security-group/*") },
  ],
  "aws:network:route-table-disrupt-cross-region-connectivity": [
    looks(
      "DescribeRoutes",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ec2:DescribeManagedPrefixLists",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeVpcPeeringConnections",
      "ec2:DescribeVpcEndpoints",
    ),
    { sid: "ReadPrefixes", actions: ["ec2:GetManagedPrefixListEntries"], on: regional("ec2", "prefix-list/*") },
    {
      sid: "MakeRoutes",
      actions: ["ec2:CreateRouteTable", "ec2:CreateManagedPrefixList", "ec2:CreateNetworkInterface"],
      on: regional("ec2", "route-table/*", "prefix-list/*", "network-interface/*"),
      when: ASKED,
    },
    { sid: "MakeRoutesInVpc", actions: ["ec2:CreateRouteTable"], on: regional("ec2", "vpc/*") },
    {
      sid: "MakeInterfaceInSubnet",
      actions: ["ec2:CreateNetworkInterface"],
      on: regional("ec2", "subnet/*", "security-group/*"),
    },
    marks("MarkTable", "route-table/*", "CreateRouteTable"),
    marks("MarkPrefixes", "prefix-list/*", "CreateManagedPrefixList"),
    marks("MarkInterface", "network-interface/*", "CreateNetworkInterface"),
    {
      sid: "ChangeMarkedRoutes",
      actions: [
        "ec2:CreateRoute",
        "ec2:DeleteRouteTable",
        "ec2:DisassociateRouteTable",
        "ec2:DeleteNetworkInterface",
        "ec2:ModifyVpcEndpoint",
      ],
      on: regional("ec2", "route-table/*", "vpc/*", "network-interface/*"),
      when: MARKED,
    },
    // The endpoints for S3 and DynamoDB move to the new tables; they are those of the network, and not marked.
    { sid: "MoveEndpoints", actions: ["ec2:ModifyVpcEndpoint"], on: regional("ec2", "vpc-endpoint/*") },
    {
      sid: "ChangeMarkedPrefixes",
      actions: ["ec2:DeleteManagedPrefixList", "ec2:ModifyManagedPrefixList"],
      on: regional("ec2", "prefix-list/*"),
      when: { StringEquals: { "aws:ResourceTag/managedByFIS": "true" } },
    },
    {
      sid: "SwapRoutes",
      actions: ["ec2:AssociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
      // The tables of the subnets come back in the end, and these are not marked.
      on: regional("ec2", "route-table/*", "subnet/*"),
    },
    { sid: "LeaveSubnet", actions: ["ec2:DisassociateRouteTable"], on: regional("ec2", "subnet/*") },
  ],
  "aws:network:transit-gateway-disrupt-cross-region-connectivity": [
    looks(
      "DescribeTransitGateways",
      "ec2:DescribeTransitGateways",
      "ec2:DescribeTransitGatewayAttachments",
      "ec2:DescribeTransitGatewayPeeringAttachments",
    ),
    {
      sid: "SwapTransitRoutes",
      actions: ["ec2:AssociateTransitGatewayRouteTable", "ec2:DisassociateTransitGatewayRouteTable"],
      // Attachments are swapped, which carry no tags of the gateway that is the target.
      on: regional("ec2", "transit-gateway-route-table/*", "transit-gateway-attachment/*"),
    },
  ],
};
