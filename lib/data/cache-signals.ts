import { Signal, Signals } from "../core/signal";
import { accessSignals } from "./cache-access-signals";
import { METRICS, Worst, worstOf } from "./cache-measures";
import { NodeSize } from "./cache-nodes";
import { Holding } from "./cache-props";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache";
const MARBOT = "https://github.com/marbot-io/monitoring-jump-start";

/**
 * Connections that one node takes.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
const MOST_CONNECTIONS = 65_000;

/** Metrics that one alarm takes. */
const MOST_METRICS = 10;

/** What the signals of a cache are found by, and computed from. */
export interface WatchedCache {
  /** The CacheClusterId of each node. */
  readonly members: readonly string[];
  readonly node: NodeSize;
  readonly replicas: number;
  readonly holds: Holding;
  readonly evicts: boolean;
  readonly slowCommandMs: number;
}

/** What is worth watching about some of the nodes. */
function nodeSignals(members: readonly string[], watched: WatchedCache) {
  const { node, replicas, holds, evicts, slowCommandMs } = watched;
  const [worst, lowest] = [worstOf(members), worstOf(members, true)];
  const ofNode = worstOf(members, false, "0001");
  return {
    engineCpu: {
      kind: "saturation",
      means: "the engine is short of CPU: it runs commands one after the other, so all of them wait",
      measure: worst("EngineCPUUtilization", "Average"),
      bad: "above",
      unit: "per cent",
      ticket: 90,
      breaches: "5 of 5",
      firstSteps: [
        "Which commands? The query `slowCommands` lists those that took longest: KEYS, large ranges, scripts.",
        "One hot key, or all? If all, read from replicas, take more shards or a larger node.",
      ],
      source: AWS,
    },
    cpu: {
      kind: "saturation",
      means: "a node is short of CPU",
      measure: ofNode("CPUUtilization", "Average"),
      bad: "above",
      unit: "per cent",
      ticket: node.vcpus <= 2 ? 90 / node.vcpus : 90,
      breaches: "5 of 5",
      firstSteps: ["Many new connections? TLS makes them dear: clients must keep theirs.", "Else take a larger node."],
      rationale: "The engine is one thread: on a node of two vCPUs, half of them is all that it gets.",
      source: METRICS,
    },
    memory: {
      kind: "saturation",
      means: evicts
        ? "the memory is full: what was asked for longest ago goes"
        : "the memory is almost full; then writes are refused",
      measure: worst("DatabaseMemoryUsagePercentage"),
      bad: "above",
      unit: "per cent",
      ...(!evicts && { page: 95, ticket: 85 }),
      breaches: "5 of 5",
      firstSteps: [
        "What grew? Compare CurrItems with CurrVolatileItems: keys without an expiry stay for ever.",
        "Take a larger node, or more shards: both are done while it is in use.",
      ],
      rationale: "AWS leaves the threshold open. A cache that evicts is full by design: it is shown only.",
      source: AWS,
    },
    evictions: {
      kind: "saturation",
      means: "keys are thrown out before they expire",
      measure: worst("Evictions", "Sum"),
      bad: "above",
      unit: "keys a minute",
      ticket: holds === "data" ? 0 : 1000,
      breaches: holds === "data" ? "1 of 1" : "10 of 10",
      missing: "notBreaching",
      firstSteps: [
        "Does the hit rate fall with it? If not, what goes is not missed.",
        "If it does, take a larger node, or let keys expire sooner.",
      ],
      rationale: "Of data that is nowhere else, each key that goes is a loss.",
      source: MARBOT,
    },
    hitRate: {
      kind: "traffic",
      means: "the cache is asked for what it does not have, and what is behind it does the work",
      measure: lowest("CacheHitRate", "Average"),
      bad: "below",
      unit: "per cent",
      missing: "notBreaching",
      firstSteps: ["Was it emptied, or did a rollout change the keys? Did many keys expire at the same time?"],
      rationale: "No threshold of its own: only its owner knows how much of the load the store behind it bears.",
      source: METRICS,
    },
    readLatency: {
      kind: "latency",
      means: "one read in a hundred takes as long as what the slow log lists",
      measure: worst("SuccessfulReadRequestLatency", "p99"),
      bad: "above",
      unit: "microseconds",
      ticket: slowCommandMs * 1000,
      firstSteps: ["Read the slow log: which command holds up the others?"],
      rationale: "From slowCommandMs; the engine itself answers in less than a millisecond.",
      source: METRICS,
    },
    swap: {
      kind: "saturation",
      means: "a node has no memory left for the engine itself, and swaps",
      measure: worst("SwapUsage"),
      bad: "above",
      unit: "bytes",
      ticket: 50 * 1024 ** 2,
      breaches: "5 of 5",
      firstSteps: ["Raise reserved-memory-percent, or take a larger node."],
      rationale: "The bound that AWS names in its guide.",
      source: METRICS,
    },
    connections: {
      kind: "saturation",
      means: "new connections will soon be refused",
      measure: ofNode("CurrConnections"),
      bad: "above",
      unit: "connections",
      ticket: 0.8 * MOST_CONNECTIONS,
      breaches: "10 of 10",
      missing: "notBreaching",
      firstSteps: ["Do clients keep their connections, and close those that they do not need?"],
      rationale: "AWS leaves the threshold open: four fifths of what a node takes.",
      source: AWS,
    },
    ...(replicas > 0 && replicaSignals(worst, lowest)),
    ...accessSignals(worst),
  } satisfies Signals;
}

/** What is worth watching about the way from a primary to its replicas. */
function replicaSignals(worst: Worst, lowest: Worst) {
  return {
    replicationLag: {
      kind: "latency",
      means: "a replica is behind: what it does not have is lost with the primary",
      measure: worst("ReplicationLag"),
      bad: "above",
      unit: "seconds",
      ticket: 5,
      breaches: "15 of 15",
      firstSteps: ["More written than usual, or large values? Look at NetworkBytesOut and EngineCPUUtilization."],
      rationale: "AWS leaves the threshold open; a healthy replica is less than a second behind.",
      source: AWS,
    },
    replicaLink: {
      kind: "errors",
      means: "a replica has lost its primary: a failover to it would lose what was written since",
      measure: lowest("MasterLinkHealthStatus", "Minimum"),
      bad: "below",
      unit: "(0 while it is lost)",
      ticket: 1,
      breaches: "3 of 3",
      firstSteps: ["Read the query `engineNews`: does it copy everything again, and fail at that?"],
      rationale: "Only replicas have it.",
      source: METRICS,
    },
  } satisfies Record<string, Signal>;
}

/** What is worth watching about a cache. An alarm takes ten nodes: those of further ones are signals with a number. */
export function cacheSignals(watched: WatchedCache) {
  const { members, replicas } = watched;
  // Whole shards stay together.
  const each = Math.floor(MOST_METRICS / (replicas + 1)) * (replicas + 1);
  const further: Record<string, Signal> = {};
  for (let from = each, nth = 2; from < members.length; from += each, nth++) {
    for (const [name, signal] of Object.entries(nodeSignals(members.slice(from, from + each), watched))) {
      further[`${name}${nth}`] = signal;
    }
  }
  return { ...nodeSignals(members.slice(0, each), watched), ...(further as Record<never, Signal>) };
}
