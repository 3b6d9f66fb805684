import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";
import { Duration, inWords } from "../core/duration";
import { requireDuration, requireThat } from "../core/guard";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { DeadLetters, putsAside } from "../parts/dead-letters";
import { serviceRole } from "../parts/service-role";

/** Who notices that alarms have gone quiet: a dead man's switch outside of this account. */
export interface Heartbeat {
  /** The HTTPS address that is called each time, and tells people when it is not. */
  readonly endpoint: string;
  /** Whole minutes, from 2 on. @default "5 minutes" */
  readonly every?: Duration;
}

/** What a heartbeat comes through, and where it is put aside when it cannot begin. */
interface Way {
  readonly topic: SnsTopic;
  readonly letters: DeadLetters;
}

/**
 * An alarm that is set off by the clock and notifies a topic of its own, under the same key and policy as those of people:
 * scheduler, alarm, key and topic are tested each time. CloudWatch looks at it again within a minute, and it is OK.
 *
 * It has its own topic, since a filter that keeps heartbeats from people is one more thing that may keep pages from them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export function heartbeat(scope: Construct, { topic, letters }: Way, { every = "5 minutes" }: Heartbeat): void {
  const length = requireDuration(scope, "heartbeat.every", every, "2 minutes", "1 day");
  requireThat(scope, length % 60 === 0, { prop: "heartbeat.every", must: "be whole minutes", got: every });
  const { partition } = placeOf(scope);
  const alarmName = nameOf(scope, "alarm", "heartbeat");
  const alarm = new CloudwatchMetricAlarm(scope, "heartbeat-alarm", {
    alarmName,
    alarmDescription: `Rings every ${every} on purpose. The receiver tells people when it does not.`,
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    dimensions: { TopicName: topic.name },
    statistic: "Sum",
    period: 60,
    comparisonOperator: "LessThanThreshold",
    // Never by itself: a sum of failures is not below 0.
    threshold: 0,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: "notBreaching",
    actionsEnabled: true,
    alarmActions: [topic.arn],
  });
  const role = serviceRole(scope, "heartbeat-role", {
    service: "scheduler.amazonaws.com",
    may: [
      { Sid: "SetsItOff", Effect: "Allow", Action: "cloudwatch:SetAlarmState", Resource: alarm.arn },
      putsAside(letters),
    ],
  });
  new SchedulerSchedule(scope, "heartbeat-schedule", {
    name: nameOf(scope, "schedule", "heartbeat"),
    description: `Sets ${alarmName} off`,
    scheduleExpression: `rate(${inWords(length)})`,
    flexibleTimeWindow: { mode: "OFF" },
    state: "ENABLED",
    target: {
      arn: `arn:${partition}:scheduler:::aws-sdk:cloudwatch:setAlarmState`,
      roleArn: role.arn,
      input: JSON.stringify({ AlarmName: alarm.alarmName, StateValue: "ALARM", StateReason: "heartbeat" }),
      deadLetterConfig: { arn: letters.queue.arn },
      // A late heartbeat is none.
      retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 2 },
    },
  });
}
