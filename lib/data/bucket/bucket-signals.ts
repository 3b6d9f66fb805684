import { Indicators } from "../../core/indicator";
import { Metric, Signal, Signals } from "../../core/signal";
import { asEver, healthOf } from "../../parts/first-aid";

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
  readonly region: string;
  /** @default - it is not replicated */
  readonly replica?: { readonly name: string; readonly region: string };
}

function requestMetric({ name: BucketName }: WatchedBucket) {
  return (name: string, statistic = "Sum") =>
    ({ namespace: "AWS/S3", name, statistic, dimensions: { BucketName, FilterId: EVERYTHING } }) satisfies Metric;
}

/** What is worth watching about the way to the replica. */
function replicationSignals({ name: source, region }: WatchedBucket, replica: NonNullable<WatchedBucket["replica"]>) {
  const { name: destination } = replica;
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
      firstSteps: [
        `How much waits, in operations? In this hour, and in the same one a week ago: ${asEver(of("OperationsPendingReplication"))}.`,
        "More than ever: much was written at once, and it catches up by itself. Nobody wrote more: it is S3, or the key there.",
        healthOf(region, replica.region),
      ],
      mitigate: [
        `Do not send readers to ${replica.region} for what is new, unless this region is lost.`,
        "Hold back the job that writes so much: S3 replicates a gigabit a second by its quota.",
      ],
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
        `What may the role of the rule do, and where does it write to? aws s3api get-bucket-replication --bucket ${source} --query 'ReplicationConfiguration.[Role,Rules[].[Status,Destination.Bucket,Destination.EncryptionConfiguration.ReplicaKmsKeyID]]'.`,
        `Did somebody change the replica, its policy or its key? aws cloudtrail lookup-events --region ${replica.region} --lookup-attributes AttributeKey=ResourceName,AttributeValue=${destination} --max-items 20 --query 'Events[].[EventTime,EventName,Username]' --output text.`,
        "Nobody did: does the plan of this stack differ from what is there? It must be empty: apply it.",
      ],
      mitigate: [
        `Mend the cause first: the new writes are replicated then. What failed meanwhile is copied by this, without its earlier versions; it lists both buckets: \`aws s3 sync s3://${source} s3://${destination} --source-region ${region} --region ${replica.region}\`.`,
      ],
      rationale: "AWS leaves silence open; no data is no write: nothing failed.",
      source: AWS,
    },
  } satisfies Record<string, Signal>;
}

/** What is worth watching about a bucket. What its users notice is a page; what they may have caused is a ticket. */
export function bucketSignals(watched: WatchedBucket) {
  const of = requestMetric(watched);
  const { name, region } = watched;
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
        `Is it asked more than ever? In this hour, and in the same one a week ago: ${asEver(of("AllRequests"))}.`,
        "Much more, and clients see 503 Slow Down: S3 takes 3500 writes and 5500 reads a second for each prefix, and grows with the load in minutes.",
        healthOf(region),
      ],
      mitigate: [
        "Let clients try again with longer pauses, and hold back the job that asks so much.",
        ...(watched.replica
          ? [
              `It lasts: let the service read from ${watched.replica.name} in ${watched.replica.region}. What was written in the last minutes may not be there; what is written there does not come here.`,
            ]
          : []),
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
        "Do clients see 403 or 404? Their log tells.",
        `403: did somebody change the bucket or its policy? aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=${name} --max-items 20 --query 'Events[].[EventTime,EventName,Username]' --output text.`,
        `403, and nobody did: does the policy still let them? Roles and the key come next: aws s3api get-bucket-policy --bucket ${name} --query Policy --output text.`,
        `404: was something deleted that is looked for? aws s3api list-object-versions --bucket ${name} --max-items 1000 --query 'DeleteMarkers[?IsLatest].[LastModified,Key]' --output text.`,
        "404, and nothing was: a client that looks before it writes is healthy with many of them. Tune this.",
      ],
      mitigate: [
        "Take back the change of the role, the key or the policy, or the rollout of the client.",
        "It was deleted: the version before is there. The way back from corruption, below, brings it back.",
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
      firstSteps: [
        `Is it asked more than ever? In this hour, and in the same one a week ago: ${asEver(of("AllRequests"))}.`,
        `Does it send more, in bytes? ${asEver(of("BytesDownloaded"))}.`,
        "More of either: a rollout or a job asks for it. As ever: it is S3, or KMS, which decrypts each object.",
        healthOf(region),
      ],
      mitigate: [
        "Take back the rollout, or hold back the job that asks so much.",
        "Let clients give up a request early and send it once more: most of those that take long are alone.",
      ],
      source: METRICS,
    },
    ...(watched.replica !== undefined && replicationSignals(watched, watched.replica)),
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
