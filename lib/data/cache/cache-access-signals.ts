import { Signal } from "../../core/signal";
import { FirstAid } from "../../parts/first-aid";
import { METRICS, Worst } from "./cache-measures";
import {
  REGAIN,
  RelievedCache,
  SIGN_IN,
  USER_CHANGES,
  largerNodes,
  moreNodes,
  ofEachNode,
  slowLog,
  usersOf,
} from "./cache-relief";

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
    steps: SIGN_IN,
  },
  refusedCommands: {
    metric: "CommandAuthorizationFailures",
    means: "clients are refused commands that their user may not run",
    steps: ["Which command does its log name (NOPERM)? If it is meant to, let it by `users` of the cache."],
  },
  refusedKeys: {
    metric: "KeyAuthorizationFailures",
    means: "clients are refused keys that their user may not touch",
    steps: ["Which key does its log name (NOPERM)? If it is meant to, let it by `users` of the cache."],
  },
} as const;

/** What is worth watching about the way to a cache: what the network drops, and who is refused. */
export function accessSignals(worst: Worst, watched: RelievedCache) {
  const counted = (metric: string, means: string, aid: FirstAid, breaches: Signal["breaches"]) =>
    ({
      means,
      measure: worst(metric, "Sum"),
      bad: "above",
      ticket: 0,
      breaches,
      missing: "notBreaching",
      ...aid,
      rationale: "None is the only good number.",
      source: METRICS,
    }) as const;
  const dropped = (metric: string): FirstAid => ({
    firstSteps: [
      `One node, or all of them? ${ofEachNode(watched, metric, "Sum")}.`,
      `Does it send more than usual? What each node sent, in bytes: ${ofEachNode(watched, "NetworkBytesOut", "Sum")}.`,
      "One node: one key, or one large value, is asked by all; keep it in the clients for some seconds. All: the load has outgrown them.",
    ],
    mitigate: [
      "Take back the rollout that asks for more or larger values; packets that are dropped are sent again, late.",
      ...moreNodes(watched),
      largerNodes(watched),
    ],
  });
  const refused = (steps: readonly string[]): FirstAid => ({
    firstSteps: [
      `Who may do what, and is each user active? ${usersOf(watched)}.`,
      `Did somebody change one of them? ${USER_CHANGES}.`,
      ...steps,
    ],
    mitigate: REGAIN,
  });
  const signals = {
    ...mapped(ALLOWANCES, ({ metric, means }) => ({
      kind: "saturation" as const,
      ...counted(metric, means, dropped(metric), "5 of 5"),
      unit: "packets",
    })),
    ...mapped(REFUSALS, ({ metric, means, steps }) => ({
      kind: "errors" as const,
      ...counted(metric, means, refused(steps), "3 of 3"),
      unit: "refusals",
    })),
    busyEngine: {
      kind: "saturation" as const,
      ...counted(
        "TrafficManagementActive",
        "the engine is sent more than it can take, and ElastiCache slows clients down",
        {
          firstSteps: [
            `Which node? ${ofEachNode(watched, "TrafficManagementActive")}.`,
            `Which commands take long? ${slowLog(watched)}.`,
            "None does: the load has outgrown the nodes. engineCpu has a page of its own.",
          ],
          mitigate: [
            "Let clients send less at a time: take the last rollout back, or stop the job that sends so much.",
            ...moreNodes(watched),
            largerNodes(watched),
          ],
        },
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
