import { Metric, Signals } from "../../core/signal";
import { asEver } from "../../parts/first-aid";
import { METRICS } from "./cache-measures";
import { REGAIN, SIGN_IN, USER_CHANGES, usersOf } from "./cache-relief";

const SERVERLESS =
  "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html#serverless-metrics";
const GB = 1e9;

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheUsageLimits.html */
export const MOST_GB = 5000;
export const MOST_ECPU = 15_000_000;

/** What the signals of a serverless cache are found by, and computed from. */
export interface WatchedServerless {
  readonly name: string;
  /** The id of the group of those who may sign in. */
  readonly userGroup: string;
  readonly maxGb: number;
  readonly maxEcpuPerSecond: number;
  readonly slowReadMs: number;
  /** Whether what it holds is nowhere else. */
  readonly data: boolean;
}

/** What is worth watching about a cache without nodes. */
export function serverlessSignals(watched: WatchedServerless) {
  const { name, userGroup, maxGb, maxEcpuPerSecond, slowReadMs, data } = watched;
  const of = (metric: string, statistic: string) => ({
    metric: { namespace: "AWS/ElastiCache", name: metric, statistic, dimensions: { clusterId: name } } satisfies Metric,
  });
  const asked = of("ElastiCacheProcessingUnits", "Sum").metric;
  const state = `aws elasticache describe-serverless-caches --serverless-cache-name ${name} --query 'ServerlessCaches[0].[Status,CacheUsageLimits]'`;
  const limits = (gb: number, ecpu: number) =>
    `\`aws elasticache modify-serverless-cache --serverless-cache-name ${name} --cache-usage-limits 'DataStorage={Maximum=${gb},Unit=GB},ECPUPerSecond={Maximum=${ecpu}}'\``;
  const faster =
    maxEcpuPerSecond < MOST_ECPU
      ? `The load is real: let it be asked twice as much. It is paid for as it is used; write it as maxEcpuPerSecond in the code afterwards, or the next apply takes it back: ${limits(maxGb, Math.min(2 * maxEcpuPerSecond, MOST_ECPU))}.`
      : "Nothing may be asked more: keep in the clients, for some seconds, what is asked most.";
  const larger =
    maxGb < MOST_GB
      ? `Let it hold twice as much. It is paid for as it is used; write it as maxGb in the code afterwards, or the next apply takes it back: ${limits(Math.min(2 * maxGb, MOST_GB), maxEcpuPerSecond)}.`
      : "Nothing may hold more: spread the keys over two caches.";
  const back = "Take back the rollout that asks so much, or stop the job.";
  const grew = [
    `How much does it hold, in bytes? In this hour, and in the same one a week ago: ${asEver(of("BytesUsedForCache", "Maximum").metric)}.`,
    `How many keys? Keys without an expiry stay for ever: ${asEver(of("CurrItems", "Maximum").metric)}.`,
  ];
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
        `How much is it asked? In this hour, and in the same one a week ago: ${asEver(asked)}.`,
        `What may it be asked in a second, and is it available? ${state}.`,
        "Far less than that: it was a steep rise, and the cache grows after it by itself, within minutes.",
      ],
      mitigate: [back, faster],
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
        `Is it asked more than ever? In this hour, and in the same one a week ago: ${asEver(asked)}.`,
        `It is: is something turned away as well? ${asEver(of("ThrottledCmds", "Sum").metric)}.`,
        "It is not: did a rollout bring larger ranges, scripts, or clients in other zones?",
      ],
      mitigate: [back, faster],
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
      firstSteps: [
        `Is the load real? In this hour, and in the same one a week ago: ${asEver(asked)}.`,
        `What may it be asked in a second? ${state}.`,
      ],
      mitigate: [back, faster],
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
      firstSteps: grew,
      mitigate: [larger, "Did a rollout begin to write more, larger or everlasting keys? Take it back."],
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
      firstSteps: [
        ...grew,
        `Is what goes missed? Fewer hits than a week ago say so: ${asEver(of("CacheHitRate", "Average").metric)}.`,
      ],
      mitigate: [larger, "Let keys expire sooner, where the service can say so without a rollout."],
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
        `Who may do what, and is each user active? ${usersOf({ userGroup })}.`,
        `Did somebody change one of them? ${USER_CHANGES}.`,
        ...SIGN_IN,
      ],
      mitigate: REGAIN,
      rationale: "None is the only good number.",
      source: SERVERLESS,
    },
  } satisfies Signals;
}
