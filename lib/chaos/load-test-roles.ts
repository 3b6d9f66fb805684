import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { arnOf } from "../core/place";
import { serviceRole } from "../parts/service-role";

const TASKS = "ecs-tasks.amazonaws.com";

/** Who starts the containers, and who they are: they put results into the bucket, and nothing else. */
export function taskRoles(scope: Construct, bucketArn: string) {
  return {
    execution: serviceRole(scope, "execution", {
      service: TASKS,
      managed: ["service-role/AmazonECSTaskExecutionRolePolicy"],
    }),
    task: serviceRole(scope, "task-role", {
      service: TASKS,
      may: [{ Sid: "KeepResults", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn}/*` }],
    }),
  };
}

/** What the steps are about. */
export interface Stepping {
  readonly name: string;
  readonly cluster: EcsCluster;
  readonly task: EcsTaskDefinition;
  readonly roles: readonly IamRole[];
}

/** The role of the steps: they run one task in one cluster, stop it, and look at alarms. */
export function stepsRole(scope: Construct, { name, cluster, task, roles }: Stepping): IamRole {
  return serviceRole(scope, "steps-role", {
    service: "states.amazonaws.com",
    sourceArn: arnOf(scope, "states", `stateMachine:${name}`),
    may: [
      {
        Sid: "RunThisTask",
        Effect: "Allow",
        Action: "ecs:RunTask",
        Resource: task.arn,
        Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
      },
      {
        Sid: "WatchAndStopTasks",
        Effect: "Allow",
        Action: ["ecs:DescribeTasks", "ecs:StopTask"],
        Resource: arnOf(scope, "ecs", `task/${cluster.name}/*`),
      },
      {
        Sid: "GiveItsRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: roles.map(({ arn }) => arn),
        Condition: { StringEquals: { "iam:PassedToService": TASKS } },
      },
      // Composite alarms are seen by nobody whose permission is narrower.
      { Sid: "ReadAlarms", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: "*" },
      {
        Sid: "DeliverLogs",
        Effect: "Allow",
        Action: [
          "logs:CreateLogDelivery",
          "logs:GetLogDelivery",
          "logs:UpdateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:DescribeResourcePolicies",
          "logs:DescribeLogGroups",
        ],
        // The delivery of logs is set up for the account, not for a group.
        Resource: "*",
      },
      {
        Sid: "Trace",
        Effect: "Allow",
        Action: [
          "xray:PutTraceSegments",
          "xray:PutTelemetryRecords",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
        ],
        // X-Ray knows no resources for these.
        Resource: "*",
      },
    ],
  });
}
