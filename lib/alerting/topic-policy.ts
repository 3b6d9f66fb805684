import { Construct } from "constructs";
import { placeOf } from "../core/place";
import { Statement, policy } from "../parts/policy";

/**
 * Who may publish to a topic of an escalation: this account's alarms and event sources, over TLS only.
 *
 * EventBridge gets no condition: it sends no source keys to SNS, and a condition would drop every event in silence.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function topicPolicy(scope: Construct, topicArn: string): string {
  const { account } = placeOf(scope);
  const own = { StringEquals: { "aws:SourceAccount": account } };
  const publisher = (Sid: string, Service: string, Condition?: Statement["Condition"]): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { Service },
    Action: "sns:Publish",
    Resource: topicArn,
    ...(Condition && { Condition }),
  });
  return policy(
    publisher("Alarms", "cloudwatch.amazonaws.com", own),
    publisher("RdsEvents", "events.rds.amazonaws.com", own),
    publisher("BackupEvents", "backup.amazonaws.com", own),
    publisher("Events", "events.amazonaws.com"),
    {
      Sid: "OverTlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}
