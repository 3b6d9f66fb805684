import { Metric, Signals } from "../core/signal";
import { LOUDEST } from "../parts/log-steps";

const METRICS = "https://docs.aws.amazon.com/firehose/latest/dev/cloudwatch-metrics.html";

/** What is worth watching about an archive: that lines get there, and in time. */
export function archiveSignals(stream: string) {
  const key = `$(aws firehose describe-delivery-stream --delivery-stream-name ${stream} --query DeliveryStreamDescription.DeliveryStreamEncryptionConfiguration.KeyARN --output text)`;
  const metric = (name: string, statistic: string): Metric => {
    return { namespace: "AWS/Firehose", name, statistic, dimensions: { DeliveryStreamName: stream } };
  };
  return {
    freshness: {
      kind: "latency",
      means: "lines wait to be archived; after a day they are lost",
      measure: { metric: metric("DeliveryToS3.DataFreshness", "Maximum") },
      bad: "above",
      unit: "seconds",
      ticket: 1800,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        `In which state is the stream? aws firehose describe-delivery-stream --delivery-stream-name ${stream} --query 'DeliveryStreamDescription.[DeliveryStreamStatus,DeliveryStreamEncryptionConfiguration.[Status,KeyARN],FailureDescription]'.`,
        "ENABLED, without a failure: may its role still write to the bucket? A policy of the bucket or the organisation may deny it.",
        `Is its key enabled? aws kms describe-key --key-id ${key} --query KeyMetadata.KeyState --output text.`,
      ],
      mitigate: [
        `The key is Disabled: aws kms enable-key --key-id ${key}.`,
        "Role or bucket were changed by hand: apply the stack again. The stream holds lines for a day; what is older stays in its log group alone.",
      ],
      rationale: "Lines are written every 5 minutes; half an hour is six attempts.",
      source: METRICS,
    },
    throttled: {
      kind: "saturation",
      means: "the archive takes lines too slowly: the stream has reached its limit",
      measure: { metric: metric("ThrottledRecords", "Sum") },
      bad: "above",
      unit: "records",
      ticket: 0,
      period: "5 minutes",
      breaches: "3 of 3",
      missing: "notBreaching",
      firstSteps: [
        `Which group logs more than it did? ${LOUDEST}.`,
        "One stands out: since a new version? Yes: take it back, or log less. None does: the account has grown; ask for more, as below.",
      ],
      mitigate: [
        "CloudWatch tries again for a day: nothing is lost until then. Raise the level of what logs most.",
        "Ask AWS for a higher limit of the stream (Firehose limits form): it may take days.",
      ],
      rationale: "CloudWatch Logs tries again for a day: a moment of it loses nothing.",
      source: METRICS,
    },
  } satisfies Signals;
}
