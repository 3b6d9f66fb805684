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
      `Which of its four steps failed? Read the log of the function that rotates it: aws logs tail --region ${region} "/aws/lambda/$(aws secretsmanager describe-secret ${at} --query RotationLambdaARN --output text | sed 's/.*:function://; s/:.*//')" --since 6h.`,
      `Which version is current, and is one pending? aws secretsmanager list-secret-version-ids ${at} --query 'Versions[].[VersionId,VersionStages[0],CreatedDate]' --output text.`,
      "AWSPENDING stands alone: the value before still opens; nobody is hurt, mend the function. AWSCURRENT is new, and clients fail: those who check it do not know it, take the last value back.",
    ],
    mitigate: [`The function is mended: rotate once more: aws secretsmanager rotate-secret ${at}.`],
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
        `Is it deleted? aws secretsmanager describe-secret ${at} --query DeletedDate --output text.`,
        "None: it was refused, and the secret is there. A date: it opens nothing from now on, and is gone for good then. Not found: it is gone.",
        `Who was it? aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteSecret --max-results 5 --query 'Events[].[EventTime,Username,Resources[0].ResourceName]' --output text.`,
        "Nobody you know: somebody may have got in; say so at once, before anything else is changed.",
      ],
      mitigate: [
        `It waits to be deleted: take it back: aws secretsmanager restore-secret ${at}.`,
        "It is gone: apply the stack again, then write its value, by the procedure `setValue`.",
        "Clients still fail: restart those that read it once.",
      ],
      rationale: TOLD,
      source: EVENTS,
    },
    ...(rotates && { rotationFailed }),
  } satisfies Signals;
}
