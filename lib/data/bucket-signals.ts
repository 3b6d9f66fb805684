import { Indicators } from "../core/indicator";
import { Metric, Signal, Signals } from "../core/signal";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#S3";
const METRICS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html";

/** The name of the request metrics: of the whole bucket. */
export const EVERYTHING = "everything";
/** The name of the one replication rule. */
export const REPLICATION_RULE = "everything";

/** What the metrics of a bucket are found by. */
export interface WatchedBucket {
  readonly name: string;
  /** @default - it is not replicated */
  readonly replica?: string;
}

function requestMetric({ name: BucketName }: WatchedBucket) {
  return (name: string, statistic = "Sum") =>
    ({ namespace: "AWS/S3", name, statistic, dimensions: { BucketName, FilterId: EVERYTHING } }) satisfies Metric;
}

/** What is worth watching about the way to the replica. */
function replicationSignals(source: string, destination: string) {
  const dimensions = { SourceBucket: source, DestinationBucket: destination, RuleId: REPLICATION_RULE };
  const of = (name: string) => ({ namespace: "AWS/S3", name, statistic: "Maximum", dimensions }) satisfies Metric;
  const requires = [{ setting: "replication time control", met: true, mend: "replicateTo" }];
  return {
    replicationLatency: {
      kind: "latency",
      means: "the other region has objects late: what it does not have is lost with this region",
      measure: { metric: of("ReplicationLatency") },
      bad: "above",
      unit: "seconds",
      ticket: 900,
      breaches: "5 of 5",
      missing: "notBreaching",
      requires,
      firstSteps: ["Much more written than usual? Read the AWS Health Dashboard of both regions."],
      rationale: "AWS promises 15 minutes; an objective on a lost region rests on them.",
      source: METRICS,
    },
    replicationFailed: {
      kind: "errors",
      means: "objects are not replicated, and nobody tries again",
      measure: { metric: of("OperationsFailedReplication") },
      bad: "above",
      unit: "objects",
      ticket: 0,
      breaches: "5 of 5",
      missing: "notBreaching",
      requires,
      firstSteps: [
        "May the role of the replication use both keys, and write there?",
        "Replicate again what failed: S3 Batch Replication, for objects whose replication status is FAILED.",
      ],
      rationale: "AWS leaves silence open; no data is no write: nothing failed.",
      source: AWS,
    },
  } satisfies Record<string, Signal>;
}

/** What is worth watching about a bucket. What its users notice is a page; what they may have caused is a ticket. */
export function bucketSignals(watched: WatchedBucket) {
  const of = requestMetric(watched);
  const requires = [{ setting: "request metrics", met: true, mend: "S3BucketMetric" }];
  return {
    serverErrors: {
      kind: "errors",
      means: "S3 fails requests",
      measure: { ratio: { bad: [of("5xxErrors")], total: [of("AllRequests")], minimum: 50 } },
      bad: "above",
      unit: "per cent of requests",
      page: 5,
      ticket: 1,
      requires,
      firstSteps: [
        "503 Slow Down? Spread keys over more prefixes, and raise the load slowly.",
        "Else read the AWS Health Dashboard of the region.",
      ],
      rationale: "AWS alarms at a twentieth. Clients try again by themselves: less than a hundredth is noise.",
      source: AWS,
    },
    clientErrors: {
      kind: "errors",
      means: "requests are refused or ask for what is not there",
      measure: { ratio: { bad: [of("4xxErrors")], total: [of("AllRequests")], minimum: 50 } },
      bad: "above",
      unit: "per cent of requests",
      ticket: 5,
      breaches: "15 of 15",
      requires,
      firstSteps: [
        "403: did a role, the key or the bucket policy change? 404: does a client look for what was deleted?",
        "A client that looks before it writes is healthy with many 404: tune this.",
      ],
      source: AWS,
    },
    firstByte: {
      kind: "latency",
      means: "one request in a hundred waits long for its first byte",
      measure: { metric: of("FirstByteLatency", "p99") },
      bad: "above",
      unit: "milliseconds",
      ticket: 1000,
      breaches: "10 of 10",
      requires,
      firstSteps: ["Is it S3, or KMS? Compare requests with the KMS quota of the region."],
      source: METRICS,
    },
    ...(watched.replica !== undefined && replicationSignals(watched.name, watched.replica)),
  } satisfies Signals;
}

/** How good a bucket is, for objectives. */
export function bucketIndicators(watched: WatchedBucket) {
  const of = requestMetric(watched);
  const { namespace, name, dimensions } = of("FirstByteLatency");
  return {
    availability: { kind: "availability", counts: "requests", bad: [of("5xxErrors")], total: [of("AllRequests")] },
    latency: {
      kind: "latency",
      counts: "requests",
      distribution: { namespace, name, dimensions },
      unit: "milliseconds",
    },
  } satisfies Indicators;
}
