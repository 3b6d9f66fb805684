import { EventMeasure, Signals } from "../core/signal";

const EVENTS = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html";
const TOLD = "EventBridge hears it from CloudTrail: the account needs a trail of management events.";

/** What the signals of a secret are found by. */
export interface WatchedSecret {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly rotates: boolean;
}

/** Secrets Manager publishes no metric of a secret. What happens to it comes as events. */
function told(detailType: string, detail: Readonly<Record<string, unknown>>): EventMeasure {
  const by = { eventSource: ["secretsmanager.amazonaws.com"], ...detail };
  return { event: { source: ["aws.secretsmanager"], detailType: [detailType], detail: by } };
}

/** What is worth knowing about a secret. That it is deleted is a page: what it opens stays shut. */
export function secretSignals({ name, arn, region, rotates }: WatchedSecret) {
  const at = `--region ${region} --secret-id ${name}`;
  const rotationFailed = {
    kind: "errors",
    means: "the secret was not rotated: it keeps its value, or its clients and those who check it know different ones",
    measure: told("AWS Service Event via CloudTrail", {
      eventName: ["RotationFailed"],
      additionalEventData: { SecretId: [arn] },
    }),
    bad: "above",
    urgency: "ticket",
    firstSteps: [
      "Read the log of the function that rotates it: which of its four steps failed?",
      `Which version is current, and is one pending? aws secretsmanager list-secret-version-ids ${at}`,
      `Mend it, and rotate once more: aws secretsmanager rotate-secret ${at}`,
    ],
    rationale: TOLD,
    source: EVENTS,
  } as const;
  return {
    deleted: {
      kind: "errors",
      means: "somebody deleted the secret, or tried to: who reads it fails from now on",
      measure: told("AWS API Call via CloudTrail", {
        eventName: ["DeleteSecret"],
        requestParameters: { secretId: [arn, name] },
      }),
      bad: "above",
      urgency: "page",
      firstSteps: [
        `Is it deleted? aws secretsmanager describe-secret ${at} --query DeletedDate`,
        `Was it not meant to be? Take it back: aws secretsmanager restore-secret ${at}`,
      ],
      rationale: TOLD,
      source: EVENTS,
    },
    ...(rotates && { rotationFailed }),
  } satisfies Signals;
}
