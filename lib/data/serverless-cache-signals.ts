import { Metric, Signals } from "../core/signal";
import { METRICS } from "./cache-measures";

const SERVERLESS =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html#serverless-metrics";
const GB = 1e9;

/** What the signals of a serverless cache are found by, and computed from. */
export interface WatchedServerless {
  readonly name: string;
  readonly maxGb: number;
  readonly maxEcpuPerSecond: number;
  readonly slowReadMs: number;
  /** Whether what it holds is nowhere else. */
  readonly data: boolean;
}

/** What is worth watching about a cache without nodes. */
export function serverlessSignals({ name, maxGb, maxEcpuPerSecond, slowReadMs, data }: WatchedServerless) {
  const of = (metric: string, statistic: string) => ({
    metric: { namespace: "AWS/ElastiCache", name: metric, statistic, dimensions: { clusterId: name } } satisfies Metric,
  });
  return {
    throttled: {
      kind: "errors",
      means: "commands are turned away: the cache is asked more than it may be, or faster than it grows",
      measure: of("ThrottledCmds", "Sum"),
      bad: "above",
      unit: "commands",
      ticket: 0,
      breaches: "3 of 5",
      firstSteps: [
        "Is maxEcpuPerSecond reached? If the load is real, raise it.",
        "Else a steep rise: it grows by itself.",
      ],
      rationale: "None is the only good number; a single one is a rise that it follows.",
      source: SERVERLESS,
    },
    readLatency: {
      kind: "latency",
      means: "one read in a hundred takes long",
      measure: of("SuccessfulReadRequestLatency", "p99"),
      bad: "above",
      unit: "microseconds",
      ticket: slowReadMs * 1000,
      firstSteps: [
        "Which commands? Large ranges and scripts hold up the others.",
        "Do clients stand in the same zones?",
      ],
      rationale: "From slowReadMs.",
      source: SERVERLESS,
    },
    units: {
      kind: "saturation",
      means: "the cache is asked almost as much as it may be; what comes on top is turned away",
      measure: of("ElastiCacheProcessingUnits", "Sum"),
      bad: "above",
      unit: "units a minute",
      ticket: 0.8 * maxEcpuPerSecond * 60,
      breaches: "15 of 15",
      missing: "notBreaching",
      firstSteps: ["Is the load real? Compare it with last week; if it is, raise maxEcpuPerSecond."],
      rationale: "Four fifths of what it may be asked in a minute.",
      source: SERVERLESS,
    },
    storage: {
      kind: "saturation",
      means: "the cache is almost full; then keys with an expiry go, or writes are refused",
      measure: of("BytesUsedForCache", "Maximum"),
      bad: "above",
      unit: "bytes",
      ticket: 0.85 * maxGb * GB,
      ...(data && { page: 0.95 * maxGb * GB }),
      breaches: "5 of 5",
      missing: "notBreaching",
      firstSteps: ["What grew? Keys without an expiry stay for ever.", "Raise maxGb, or let keys expire sooner."],
      rationale: "From maxGb; data that is nowhere else wakes someone before it goes.",
      source: SERVERLESS,
    },
    evictions: {
      kind: "saturation",
      means: "keys are thrown out before they expire",
      measure: of("Evictions", "Sum"),
      bad: "above",
      unit: "keys a minute",
      ticket: data ? 0 : 1000,
      breaches: data ? "1 of 1" : "10 of 10",
      missing: "notBreaching",
      firstSteps: ["Raise maxGb, or let keys expire sooner."],
      rationale: "Of data that is nowhere else, each key that goes is a loss.",
      source: METRICS,
    },
    authentication: {
      kind: "errors",
      means: "clients are not let in",
      measure: of("AuthenticationFailures", "Sum"),
      bad: "above",
      unit: "refusals",
      ticket: 0,
      breaches: "3 of 3",
      firstSteps: [
        "Is the token of IAM older than 15 minutes, or may the role not connect? See mayConnect of the cache.",
      ],
      rationale: "None is the only good number.",
      source: SERVERLESS,
    },
  } satisfies Signals;
}
