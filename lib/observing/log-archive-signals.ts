import { Metric, Signals } from "../core/signal";

const METRICS = "https://docs.aws.amazon.com/firehose/latest/dev/cloudwatch-metrics.html";

/** What is worth watching about an archive: that lines get there, and in time. */
export function archiveSignals(stream: string) {
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
        "May the stream's role still write to the bucket, and use its key?",
        `Read the state of the stream: aws firehose describe-delivery-stream --delivery-stream-name ${stream}.`,
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
        "Which group logs more than it did? Compare IncomingBytes of the groups, then ask AWS for a higher limit.",
      ],
      rationale: "CloudWatch Logs tries again for a day: a moment of it loses nothing.",
      source: METRICS,
    },
  } satisfies Signals;
}
