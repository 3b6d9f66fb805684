import { Place } from "../core/place";
import { Statement, policy } from "./policy";

type Terms = Required<Place>;

interface User {
  readonly service: (place: Terms) => string;
  readonly actions: readonly string[];
  readonly condition?: (place: Terms) => Statement["Condition"];
}

const PUBLISH = ["kms:Decrypt", "kms:GenerateDataKey*"];
const sameAccount = ({ account }: Terms) => ({ StringEquals: { "aws:SourceAccount": account } });

/**
 * What each service needs of a key it uses by itself.
 *
 * EventBridge and RDS events send no source keys with their KMS calls: a condition there would drop every message in
 * silence.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const USERS = {
  logs: {
    service: ({ region }) => `logs.${region}.amazonaws.com`,
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    condition: ({ partition, region, account }) => ({
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:*` },
    }),
  },
  alarms: { service: () => "cloudwatch.amazonaws.com", actions: PUBLISH, condition: sameAccount },
  events: { service: () => "events.amazonaws.com", actions: PUBLISH },
  "rds-events": { service: () => "events.rds.amazonaws.com", actions: PUBLISH },
  "backup-events": { service: () => "backup.amazonaws.com", actions: PUBLISH, condition: sameAccount },
  "bucket-events": { service: () => "s3.amazonaws.com", actions: PUBLISH, condition: sameAccount },
} as const satisfies Record<string, User>;

/** An AWS service that uses a key by itself. */
export type KeyUser = keyof typeof USERS;

/** All of them. */
export const KEY_USERS = Object.keys(USERS) as KeyUser[];

/** The principal that it is to IAM. */
export function serviceOf(user: KeyUser, place: Terms): string {
  return USERS[user].service(place);
}

/** A key policy: the account decides by IAM, and the named services do what they must. No wildcard principal. */
export function keyPolicy(place: Terms, usedBy: readonly KeyUser[]): string {
  const { partition, account } = place;
  return policy(
    {
      Sid: "AccountDecidesByIam",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...[...new Set(usedBy)].map((name): Statement => {
      const { service, actions, condition }: User = USERS[name];
      return {
        Sid: `UsedBy${name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
        Effect: "Allow",
        Principal: { Service: service(place) },
        Action: actions,
        Resource: "*",
        ...(condition && { Condition: condition(place) }),
      };
    }),
  );
}
