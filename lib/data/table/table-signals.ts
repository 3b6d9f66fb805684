import { Indicators } from "../../core/indicator";
import { Signal, Signals } from "../../core/signal";
import { asEver, healthOf } from "../../parts/first-aid";
import { WatchedTable, most, requests, sum, tableMetric } from "./table-measures";
import { Operation } from "./table-props";
import { asked, indexThrottled, throttled as turnedAway } from "./table-relief";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#DynamoDB";
const METRICS = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html";

/** Operations that read many items, and may take longer. */
const MANY: readonly Operation[] = [
  "Query",
  "Scan",
  "BatchGetItem",
  "BatchWriteItem",
  "TransactGetItems",
  "TransactWriteItems",
];

/** Whatever is set, CloudWatch ignores that a metric of DynamoDB is missing: so it is said. */
const SILENCE = { missing: "ignore" } as const;

/** What is worth watching about a table. What its users notice is a page; what leads there is a ticket. */
export function tableSignals(watched: WatchedTable) {
  const { name, region, operations, indexes, lagging, most: limit } = watched;
  const of = tableMetric(name);
  const throttled = (metric: string) =>
    ({
      kind: "errors",
      measure: sum(indexes.map((index) => of(metric, "Sum", { GlobalSecondaryIndexName: index }))),
      bad: "above",
      unit: "requests",
      ticket: 0,
      breaches: "5 of 5",
      ...SILENCE,
      ...indexThrottled(watched),
      source: AWS,
    }) as const;
  const full = (metric: string, units: number | undefined) =>
    ({
      kind: "saturation",
      means: "the table is asked almost as much as it may be; what comes on top is turned away",
      measure: { metric: of(metric, "Sum") },
      bad: "above",
      unit: "units a minute",
      ...(units !== undefined && { ticket: 0.8 * units * 60 }),
      breaches: "15 of 15",
      ...SILENCE,
      ...asked(watched, metric),
      rationale: "Four fifths of the most that it may be asked in a minute; without a limit it is shown only.",
      source: METRICS,
    }) as const;
  return {
    systemErrors: {
      kind: "errors",
      means: "DynamoDB fails requests",
      measure: { ratio: { ...requests(watched), minimum: 50 } },
      bad: "above",
      unit: "per cent of requests",
      page: 5,
      ticket: 1,
      ...SILENCE,
      firstSteps: [
        healthOf(region),
        ...operations.map(
          (Operation) =>
            `How many ${Operation} failed? In this hour, and in the same one a week ago: ${asEver(of("SystemErrors", "Sum", { Operation }))}.`,
        ),
      ],
      mitigate: [
        "Clients try again by themselves: let them do so with longer pauses, and hold back jobs that can wait.",
        ...(lagging.length > 0
          ? [
              `It lasts: send requests to ${lagging.join(" or ")}, where the table is. What was written here in the last seconds may come there later.`,
            ]
          : []),
      ],
      rationale:
        "Clients try again by themselves: less than a hundredth is noise. By operation: the metric has no total.",
      source: METRICS,
    },
    throttles: {
      kind: "errors",
      means: "requests are turned away, since the table or one of its keys is asked too much",
      measure: sum([of("ReadThrottleEvents", "Sum"), of("WriteThrottleEvents", "Sum")]),
      bad: "above",
      unit: "requests",
      ticket: 0,
      breaches: "5 of 5",
      ...SILENCE,
      ...turnedAway(watched),
      rationale: "AWS leaves the threshold open; five minutes in a row are more than a burst.",
      source: AWS,
    },
    ...(indexes.length > 0 && {
      indexThrottles: {
        ...throttled("WriteThrottleEvents"),
        means: "writes are turned away, since an index cannot follow",
        rationale: "An index that is throttled throttles the table.",
      } satisfies Signal,
      indexReadThrottles: {
        ...throttled("ReadThrottleEvents"),
        means: "reads of an index are turned away",
        rationale: "The table does not count them; five minutes in a row are more than a burst.",
      } satisfies Signal,
    }),
    latency: {
      kind: "latency",
      means: "one request in a hundred takes long, in DynamoDB itself",
      measure: most(operations.map((Operation) => of("SuccessfulRequestLatency", "p99", { Operation }))),
      bad: "above",
      unit: "milliseconds",
      ticket: operations.some((operation) => MANY.includes(operation)) ? 50 : 25,
      breaches: "10 of 10",
      ...SILENCE,
      firstSteps: [
        `Do requests read more than ever, in units? In this hour, and in the same one a week ago: ${asEver(of("ConsumedReadCapacityUnits", "Sum"))}.`,
        `Or write more? ${asEver(of("ConsumedWriteCapacityUnits", "Sum"))}.`,
        "More: larger items, or a query that reads many. As ever: it is DynamoDB itself.",
        healthOf(region),
      ],
      mitigate: [
        "Take back the rollout that began to read or write more at a time.",
        "Let clients give up a request early and send it once more: most of those that take long are alone.",
      ],
      rationale: "Single items take single-digit milliseconds; those that touch many may take twice the bound.",
      source: AWS,
    },
    reads: full("ConsumedReadCapacityUnits", limit.reads),
    writes: full("ConsumedWriteCapacityUnits", limit.writes),
    ...(lagging.length > 0 && {
      replicationLatency: {
        kind: "latency",
        means: "another region learns of writes late: what it does not have is lost with this region",
        measure: most(lagging.map((ReceivingRegion) => of("ReplicationLatency", "Average", { ReceivingRegion }))),
        bad: "above",
        unit: "milliseconds",
        page: 180_000,
        ticket: 30_000,
        breaches: "5 of 5",
        ...SILENCE,
        firstSteps: [
          `Which replica, and is it ACTIVE? aws dynamodb describe-table --table-name ${name} --query 'Table.Replicas[].[RegionName,ReplicaStatus,ReplicaStatusDescription]' --output text.`,
          `Is more written than ever, in units? In this hour, and in the same one a week ago: ${asEver(of("ConsumedWriteCapacityUnits", "Sum"))}.`,
          healthOf(region, ...lagging),
        ],
        mitigate: [
          "Do not fail over to a region that lags, unless this one is gone: what it does not have is lost to it until this one is back.",
          "Hold back the job that writes so much; what is read must be read in the region where it was written.",
        ],
        rationale: "AWS names three minutes; a healthy replica is a second behind.",
        source: AWS,
      } satisfies Signal,
    }),
  } satisfies Signals;
}

/** How good a table is, for objectives. */
export function tableIndicators(watched: WatchedTable) {
  const [first] = watched.operations;
  const { namespace, name, dimensions } = tableMetric(watched.name)("SuccessfulRequestLatency", "p99", {
    Operation: first,
  });
  return {
    availability: { kind: "availability", counts: "requests", ...requests(watched) },
    latency: {
      kind: "latency",
      counts: `requests (${first})`,
      distribution: { namespace, name, dimensions },
      unit: "milliseconds",
    },
  } satisfies Indicators;
}
