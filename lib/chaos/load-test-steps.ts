import { PageAlarm } from "../core/routing";

/** What the steps of a load test name. */
export interface StepPlan {
  readonly alarms: readonly PageAlarm[];
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** Seconds after which it is over, whatever happens. */
  readonly seconds: number;
}

/** How often the alarms are looked at. */
const LOOK_SECONDS = 15;

/** What a launch and the keeping of the results take besides the load. */
const AROUND_SECONDS = 15 * 60;

/**
 * The steps of a load test: the alarms are quiet, the task starts; then it is looked at, and the alarms are, until the
 * task is over or one of them rings, which stops it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function steps({ alarms, cluster, taskDefinition, subnets, securityGroup, seconds }: StepPlan): string {
  const look = (next: string, state?: string) => ({
    Type: "Task",
    Resource: "arn:aws:states:::aws-sdk:cloudwatch:describeAlarms",
    Parameters: {
      AlarmNames: alarms.map(({ name }) => name),
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      ...(state !== undefined && { StateValue: state }),
    },
    ResultSelector: {
      "metric.$": "States.ArrayLength($.MetricAlarms)",
      "composite.$": "States.ArrayLength($.CompositeAlarms)",
    },
    ResultPath: "$.alarms",
    Retry: RETRY,
    Next: next,
  });
  const any = (next: string) => ({
    Or: ["metric", "composite"].map((kind) => ({ Variable: `$.alarms.${kind}`, NumericGreaterThan: 0 })),
    Next: next,
  });
  return JSON.stringify({
    Comment: "a load test that its alarms stop",
    StartAt: "Find",
    TimeoutSeconds: seconds + AROUND_SECONDS,
    States: {
      Find: look("Count"),
      Count: {
        Type: "Pass",
        Parameters: { "found.$": "States.MathAdd($.alarms.metric, $.alarms.composite)" },
        Next: "Guarded",
      },
      // An alarm that is not there would stop nothing.
      Guarded: {
        Type: "Choice",
        Choices: [{ Variable: "$.found", NumericLessThan: alarms.length, Next: "Unguarded" }],
        Default: "LookBefore",
      },
      Unguarded: { Type: "Fail", Error: "Unguarded", Cause: "a stop alarm is not there" },
      LookBefore: look("QuietBefore", "ALARM"),
      QuietBefore: { Type: "Choice", Choices: [any("NotQuiet")], Default: "Start" },
      NotQuiet: { Type: "Fail", Error: "NotQuiet", Cause: "a stop alarm was on before the load" },
      Start: {
        Type: "Task",
        Resource: "arn:aws:states:::ecs:runTask",
        Parameters: {
          Cluster: cluster,
          TaskDefinition: taskDefinition,
          LaunchType: "FARGATE",
          PlatformVersion: "LATEST",
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: subnets,
              SecurityGroups: [securityGroup],
              AssignPublicIp: "DISABLED",
            },
          },
        },
        ResultSelector: { "arn.$": "$.Tasks[0].TaskArn" },
        ResultPath: "$.task",
        Next: "Wait",
      },
      Wait: { Type: "Wait", Seconds: LOOK_SECONDS, Next: "Look" },
      Look: look("Quiet", "ALARM"),
      Quiet: { Type: "Choice", Choices: [any("Stop")], Default: "LookAtTask" },
      Stop: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:ecs:stopTask",
        Parameters: { Cluster: cluster, "Task.$": "$.task.arn", Reason: "a stop alarm rang" },
        ResultPath: null,
        Retry: RETRY,
        Next: "Stopped",
      },
      Stopped: { Type: "Fail", Error: "Stopped", Cause: "a stop alarm rang under load" },
      LookAtTask: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:ecs:describeTasks",
        Parameters: { Cluster: cluster, "Tasks.$": "States.Array($.task.arn)" },
        ResultSelector: {
          "status.$": "$.Tasks[0].LastStatus",
          // What has not ended has no code yet.
          "failed.$": "States.ArrayLength($.Tasks[0].Containers[?(@.ExitCode > 0)])",
        },
        ResultPath: "$.seen",
        Retry: RETRY,
        Next: "Over",
      },
      Over: {
        Type: "Choice",
        Choices: [
          {
            And: [
              { Variable: "$.seen.status", StringEquals: "STOPPED" },
              { Variable: "$.seen.failed", NumericGreaterThan: 0 },
            ],
            Next: "Missed",
          },
          { Variable: "$.seen.status", StringEquals: "STOPPED", Next: "Held" },
        ],
        Default: "Wait",
      },
      Missed: {
        Type: "Fail",
        Error: "Missed",
        Cause: "a threshold of the script was missed, the stated rate was not reached, or the task failed",
      },
      Held: { Type: "Succeed" },
    },
  });
}

const RETRY = [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2 }];
