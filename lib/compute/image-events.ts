import { EventMeasure } from "../core/signal";

export const EVENTS = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html";
export const TRAIL = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html";
/** Without which a signal on a call stays silent. */
export const TOLD = "EventBridge hears it from CloudTrail: the account needs a trail of management events.";
/** How far an event of ECR itself can be relied on. */
export const MISSED = "ECR sends its events on a best-effort basis: one may never come.";

/** What somebody asks of a repository, as CloudTrail tells it: that it was refused, too. */
export function called(name: string, ...eventName: readonly string[]): EventMeasure {
  const by = {
    eventSource: ["ecr.amazonaws.com"],
    eventName,
    requestParameters: { repositoryName: [name] },
  };
  return { event: { source: ["aws.ecr"], detailType: ["AWS API Call via CloudTrail"], detail: by } };
}

/** Who asked for it, as a step. */
export function whoCalled(region: string, eventName: string): string {
  return `Who was it? aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=${eventName} --max-results 5 --query 'Events[].[EventTime,Username,Resources[0].ResourceName]' --output text.`;
}

/** What else it may be. */
export const STRANGER = "Nobody you know: somebody may have got in; say so at once, before anything else is changed.";
