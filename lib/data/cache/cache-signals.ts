import { Signal, Signals } from "../../core/signal";
import { accessSignals } from "./cache-access-signals";
import { METRICS, worstOf } from "./cache-measures";
import { WatchedCache, memorySignals } from "./cache-memory-signals";
import { largerNodes, moreNodes, ofEachNode, slowLog, stateOf } from "./cache-relief";
import { replicaSignals } from "./cache-replica-signals";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache";

/**
 * Connections that one node takes.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
const MOST_CONNECTIONS = 65_000;

const HOLD_BACK =
  "Take back the rollout that asks for it, or stop the job: the engine runs one command after the other, and each that is not sent helps all.";

/** Metrics that one alarm takes. */
const MOST_METRICS = 10;

/** What is worth watching about some of the nodes. */
function nodeSignals(members: readonly string[], watched: WatchedCache) {
  const { node, replicas, slowCommandMs } = watched;
  const [worst, lowest] = [worstOf(members), worstOf(members, true)];
  const ofNode = worstOf(members, false, "0001");
  const larger = largerNodes(watched);
  const grown = [...moreNodes(watched), larger];
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
        `One node, or all of them? ${ofEachNode(watched, "EngineCPUUtilization")}.`,
        `Which commands take long? KEYS, large ranges and scripts hold up all others: ${slowLog(watched)}.`,
        "One node, and no such command: one key is asked by all; keep it in the clients for some seconds. All nodes: the load has outgrown them.",
      ],
      mitigate: [HOLD_BACK, ...grown],
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
      firstSteps: [
        `Many new connections a minute? TLS makes them dear: ${ofEachNode(watched, "NewConnections", "Sum")}.`,
        "Yes: a client opens one for each request, or restarts all the time. No: is a snapshot being taken, or a replica filled? It ends.",
        `Neither is in the state of the group (available): the load has outgrown the node: ${stateOf(watched)}.`,
      ],
      mitigate: ["Restart or take back the client that does not keep its connections.", larger],
      rationale: "The engine is one thread: on a node of two vCPUs, half of them is all that it gets.",
      source: METRICS,
    },
    ...memorySignals({ worst, lowest }, watched),
    readLatency: {
      kind: "latency",
      means: "one read in a hundred takes as long as what the slow log lists",
      measure: worst("SuccessfulReadRequestLatency", "p99"),
      bad: "above",
      unit: "microseconds",
      ticket: slowCommandMs * 1000,
      firstSteps: [
        `Which command holds up the others? ${slowLog(watched)}.`,
        `None: is one node short of CPU? ${ofEachNode(watched, "EngineCPUUtilization")}.`,
      ],
      mitigate: [HOLD_BACK, ...grown],
      rationale: "From slowCommandMs; the engine itself answers in less than a millisecond.",
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
      firstSteps: [
        `Which node has them? ${ofEachNode(watched, "CurrConnections")}.`,
        `Are new ones opened all the time? ${ofEachNode(watched, "NewConnections", "Sum")}.`,
        "Yes: a client opens one for each request, and does not close it. No: pool size × instances of the clients is too much.",
      ],
      mitigate: [
        "Restart the clients one after the other, first those that were rolled out last: what they do not need is closed.",
        ...moreNodes(watched),
      ],
      rationale: "AWS leaves the threshold open: four fifths of what a node takes.",
      source: AWS,
    },
    ...(replicas > 0 && replicaSignals(worst, lowest, watched)),
    ...accessSignals(worst, watched),
  } satisfies Signals;
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
