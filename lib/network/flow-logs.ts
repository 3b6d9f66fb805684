import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { logGroup } from "../parts/log-group";
import { serviceRole } from "../parts/service-role";

/**
 * Who spoke to whom, accepted and refused, a record a minute: what is asked after an incident.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogs(scope: Construct, vpcId: string, keyArn: string): CloudwatchLogGroup {
  const group = logGroup(scope, "flow-logs", { name: `/vpc/flow-logs/${nameOf(scope, "log-group")}`, keyArn });
  const role = serviceRole(scope, "flow-logs-role", {
    service: "vpc-flow-logs.amazonaws.com",
    may: [
      {
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${group.arn}:*`,
      },
      { Sid: "FindTheGroup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ],
  });
  new FlowLog(scope, "flow-log", {
    vpcId,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: 60,
    tags: { Name: nameOf(scope, "log-group") },
  });
  return group;
}
