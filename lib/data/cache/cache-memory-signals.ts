import { Signals } from "../../core/signal";
import { METRICS, Worst } from "./cache-measures";
import { NodeSize } from "./cache-nodes";
import { Holding } from "./cache-props";
import { RelievedCache, cacheEvents, largerNodes, moreShards, ofEachNode } from "./cache-relief";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache";
const MARBOT = "https://github.com/marbot-io/monitoring-jump-start";

/** What the signals of a cache are found by, and computed from. */
export interface WatchedCache extends RelievedCache {
  /** The CacheClusterId of each node. */
  readonly members: readonly string[];
  readonly node: NodeSize;
  readonly holds: Holding;
  readonly evicts: boolean;
  readonly slowCommandMs: number;
}

/** What is worth watching about the memory of some of the nodes. */
export function memorySignals(of: { readonly worst: Worst; readonly lowest: Worst }, watched: WatchedCache) {
  const { worst, lowest } = of;
  const { holds, evicts } = watched;
  const larger = largerNodes(watched);
  const room = [...moreShards(watched), larger];
  return {
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
        `One node, or all of them? ${ofEachNode(watched, "DatabaseMemoryUsagePercentage")}.`,
        `One alone: a few keys of it are very large, or share a hash tag. All: how many keys has each? ${ofEachNode(watched, "CurrItems")}.`,
        `And of them, how many go by themselves one day? Far fewer: the others stay for ever, and somebody must delete them: ${ofEachNode(watched, "CurrVolatileItems")}.`,
      ],
      mitigate: [
        "Did a rollout begin to write more, larger or everlasting keys? Take it back: those with an expiry go by themselves.",
        ...room,
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
        `Is what goes missed? Then the hit rate falls with it: ${ofEachNode(watched, "CacheHitRate", "Average")}.`,
        "It does not fall: nothing is wrong, and the threshold of this signal is too low. It does: what is in use has outgrown the memory.",
      ],
      mitigate: ["Let keys expire sooner, where the service can say so without a rollout.", ...room],
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
      firstSteps: [
        `Was it emptied, or did it fail over? ${cacheEvents(watched)}.`,
        `How many keys has each node? ${ofEachNode(watched, "CurrItems")}.`,
        "As many as ever: a rollout changed the keys that it asks for. Few: they expired at the same time, or it was emptied; it fills again.",
      ],
      mitigate: [
        "Take the rollout back, or let fewer requests in until it is filled again: what is behind it does all the work.",
      ],
      rationale: "No threshold of its own: only its owner knows how much of the load the store behind it bears.",
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
      firstSteps: [
        `Which node, and how much, in bytes? ${ofEachNode(watched, "SwapUsage")}.`,
        `How much memory has it left, in bytes? ${ofEachNode(watched, "FreeableMemory", "Minimum")}.`,
        `Is a snapshot being taken, or a replica filled? It needs memory, and ends: ${cacheEvents(watched)}.`,
      ],
      mitigate: ["Hold back what writes much, while a snapshot or a new replica takes memory.", larger],
      rationale: "The bound that AWS names in its guide.",
      source: METRICS,
    },
  } satisfies Signals;
}
