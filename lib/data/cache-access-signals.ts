import { Signal } from "../core/signal";
import { METRICS, Worst } from "./cache-measures";

/** What AWS lets a node of a size send, and what goes beyond it. */
const ALLOWANCES = {
  bandwidthIn: {
    metric: "NetworkBandwidthInAllowanceExceeded",
    means: "a node gets more than its bandwidth, and packets are dropped",
  },
  bandwidthOut: {
    metric: "NetworkBandwidthOutAllowanceExceeded",
    means: "a node answers more than its bandwidth, and packets are dropped",
  },
  packets: {
    metric: "NetworkPacketsPerSecondAllowanceExceeded",
    means: "a node has more packets than it may, and some are dropped",
  },
  connectionTracking: {
    metric: "NetworkConntrackAllowanceExceeded",
    means: "a node has more connections than its security group can follow, and new ones fail",
  },
} as const;

/** What is refused, and to whom. */
const REFUSALS = {
  authentication: {
    metric: "AuthenticationFailures",
    means: "clients are not let in",
    step: "Is the token of IAM older than 15 minutes, or may the role not connect? See mayConnect of the cache.",
  },
  refusedCommands: {
    metric: "CommandAuthorizationFailures",
    means: "clients are refused commands that their user may not run",
    step: "Read ACL LOG: which user, which command? Does `users` have to let it?",
  },
  refusedKeys: {
    metric: "KeyAuthorizationFailures",
    means: "clients are refused keys that their user may not touch",
    step: "Read ACL LOG: which user, which key? Does `users` have to let it?",
  },
} as const;

/** What is worth watching about the way to a cache: what the network drops, and who is refused. */
export function accessSignals(worst: Worst) {
  const counted = (metric: string, means: string, firstSteps: readonly string[], breaches: Signal["breaches"]) =>
    ({
      means,
      measure: worst(metric, "Sum"),
      bad: "above",
      ticket: 0,
      breaches,
      missing: "notBreaching",
      firstSteps,
      rationale: "None is the only good number.",
      source: METRICS,
    }) as const;
  const dropped = ["Larger values, or more requests than usual? Take a larger node, or read from replicas."];
  const signals = {
    ...mapped(ALLOWANCES, ({ metric, means }) => ({
      kind: "saturation" as const,
      ...counted(metric, means, dropped, "5 of 5"),
      unit: "packets",
    })),
    ...mapped(REFUSALS, ({ metric, means, step }) => ({
      kind: "errors" as const,
      ...counted(metric, means, [step], "3 of 3"),
      unit: "refusals",
    })),
    busyEngine: {
      kind: "saturation" as const,
      ...counted(
        "TrafficManagementActive",
        "the engine is sent more than it can take, and ElastiCache slows clients down",
        ["Look at engineCpu: read from replicas, take more shards or a larger node."],
        "3 of 3",
      ),
      measure: worst("TrafficManagementActive"),
      unit: "(1 while it does)",
    },
  };
  return signals;
}

function mapped<K extends string, T>(table: Readonly<Record<K, T>>, to: (row: T) => Signal): Record<K, Signal> {
  return Object.fromEntries(Object.entries<T>(table).map(([name, row]) => [name, to(row)])) as Record<K, Signal>;
}
