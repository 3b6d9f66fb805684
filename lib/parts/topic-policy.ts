import { Construct } from "constructs";
import { placeOf } from "../core/place";
import { KeyUser, serviceOf } from "./key-policy";
import { Statement, policy } from "./policy";

/**
 * Services that publish by themselves, and whether they say for which account.
 *
 * EventBridge gets no condition: it sends no source keys to SNS, and a condition would drop every event in silence.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
const PUBLISHERS = {
  alarms: { Sid: "Alarms", byAccount: true },
  "rds-events": { Sid: "RdsEvents", byAccount: true },
  "backup-events": { Sid: "BackupEvents", byAccount: true },
  events: { Sid: "Events", byAccount: false },
  "bucket-events": { Sid: "BucketEvents", byAccount: true },
} as const satisfies Partial<Record<KeyUser, { readonly Sid: string; readonly byAccount: boolean }>>;

/** An AWS service that publishes by itself. */
export type Publisher = keyof typeof PUBLISHERS;

/** All of them. */
export const ALL_PUBLISHERS = Object.keys(PUBLISHERS) as Publisher[];

/** Who may publish to a topic: the named services, for this account and over TLS only; others go by IAM. */
export function topicPolicy(
  scope: Construct,
  topicArn: string,
  publishers: readonly Publisher[],
  ...more: readonly Statement[]
): string {
  const place = placeOf(scope);
  return policy(
    ...publishers.map((name): Statement => {
      const { Sid, byAccount } = PUBLISHERS[name];
      return {
        Sid,
        Effect: "Allow",
        Principal: { Service: serviceOf(name, place) },
        Action: "sns:Publish",
        Resource: topicArn,
        ...(byAccount && { Condition: { StringEquals: { "aws:SourceAccount": place.account } } }),
      };
    }),
    {
      Sid: "OverTlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    ...more,
  );
}
