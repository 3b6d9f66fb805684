import { Construct } from "constructs";
import { refuse } from "../../core/guard";
import { placeOf } from "../../core/place";
import { postureOf } from "../../core/posture";
import { Statement, policy } from "../../parts/policy";

/** A service that sends to a queue on behalf of one of its own resources. */
export type Sender = { readonly topicArn: string } | { readonly ruleArn: string } | { readonly bucketArn: string };

/**
 * Who a sender is to SQS. The ARN of a bucket names no account: without one, a bucket of the same name that is somebody
 * else's later could send.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-least-privilege-policy.html
 */
const SENDERS = {
  topicArn: { Sid: "SentByTopics", Service: "sns.amazonaws.com", byAccount: false },
  ruleArn: { Sid: "SentByRules", Service: "events.amazonaws.com", byAccount: false },
  bucketArn: { Sid: "SentByBuckets", Service: "s3.amazonaws.com", byAccount: true },
} as const;

/** What kind of sender it is. */
export type SenderKind = keyof typeof SENDERS;

const KINDS = Object.keys(SENDERS) as SenderKind[];

/** The kind and the ARN of a sender. */
export function senderOf(scope: Construct, sender: Sender): readonly [SenderKind, string] {
  const named = Object.entries(sender) as [SenderKind, string][];
  const [first] = named;
  if (named.length === 1 && KINDS.includes(first[0])) return first;
  return refuse(scope, { prop: "sender", must: `be one of ${KINDS.join(", ")}`, got: named.map(([kind]) => kind) });
}

/** The ARNs that may send, by kind. */
export type Senders = Readonly<Record<SenderKind, readonly string[]>>;

/** No service sends. */
export const NOBODY: Senders = { topicArn: [], ruleArn: [], bucketArn: [] };

/**
 * Who may do what with a queue: the named senders may send, over TLS only, and where the posture protects nobody deletes
 * or empties it. Everybody else is the account's own and goes by IAM.
 */
export function queuePolicy(scope: Construct, arn: string, senders: Senders): string {
  const sent = KINDS.filter((kind) => senders[kind].length > 0).map((kind): Statement => {
    const { Sid, Service, byAccount } = SENDERS[kind];
    return {
      Sid,
      Effect: "Allow",
      Principal: { Service },
      Action: "sqs:SendMessage",
      Resource: arn,
      Condition: {
        ArnEquals: { "aws:SourceArn": senders[kind] },
        ...(byAccount && { StringEquals: { "aws:SourceAccount": placeOf(scope).account } }),
      },
    };
  });
  const deny = { Effect: "Deny", Principal: "*", Resource: arn } as const;
  const kept: Statement = { Sid: "NothingIsDeleted", ...deny, Action: ["sqs:DeleteQueue", "sqs:PurgeQueue"] };
  return policy(
    ...sent,
    { Sid: "OverTlsOnly", ...deny, Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ...(postureOf(scope).deletionProtection ? [kept] : []),
  );
}
