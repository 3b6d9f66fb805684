import { Indicators } from "../core/indicator";
import { Signal, Signals } from "../core/signal";
import { WatchedTable, most, requests, sum, tableMetric } from "./table-measures";
import { Operation } from "./table-props";

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

const THROTTLED = [
  "One key or all? Contributor Insights of the table names the keys that are throttled most.",
  "All: has it reached its limit? Raise it, if the load is real. One: spread it over several keys.",
];

/** What is worth watching about a table. What its users notice is a page; what leads there is a ticket. */
export function tableSignals(watched: WatchedTable) {
  const { name, operations, indexes, lagging, most: limit } = watched;
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
      firstSteps: [`Which index: ${indexes.join(", ")}?`, ...THROTTLED],
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
      firstSteps: ["Is the load real? Compare it with last week; if it is, raise the limit."],
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
        "Read the AWS Health Dashboard of the region.",
        ...(lagging.length > 0 ? [`If it lasts, send requests to ${lagging.join(" or ")}: the table is there.`] : []),
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
      firstSteps: THROTTLED,
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
        "Do requests read or write more than before? Compare ReturnedItemCount and consumed units with last week.",
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
          "Read the AWS Health Dashboard of both regions.",
          "Do not fail over to a region that lags, unless this one is gone.",
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
