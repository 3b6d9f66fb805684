import { Signal } from "../../core/signal";
import { METRICS, Worst } from "./cache-measures";
import { RelievedCache, engineLog, largerNodes, ofEachNode, stateOf } from "./cache-relief";

const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ElastiCache";

/** What is worth watching about the way from a primary to its replicas. */
export function replicaSignals(worst: Worst, lowest: Worst, watched: RelievedCache) {
  return {
    replicationLag: {
      kind: "latency",
      means: "a replica is behind: what it does not have is lost with the primary",
      measure: worst("ReplicationLag"),
      bad: "above",
      unit: "seconds",
      ticket: 5,
      breaches: "15 of 15",
      firstSteps: [
        `Which replica is behind, in seconds? ${ofEachNode(watched, "ReplicationLag")}.`,
        `Is more written than usual, or larger values? What each node sends, in bytes: ${ofEachNode(watched, "NetworkBytesOut", "Sum")}.`,
        `No: is it short of CPU? ${ofEachNode(watched, "EngineCPUUtilization")}.`,
      ],
      mitigate: ["Hold back the job that writes so much: the replicas catch up by themselves.", largerNodes(watched)],
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
      firstSteps: [
        `Which node, and is the group changing? ${stateOf(watched)}.`,
        `Does it copy everything again, and fail at that? ${engineLog(watched)}.`,
        "It copies for the first time: wait. It begins again and again: what is written meanwhile does not fit into the memory that is kept for it.",
      ],
      mitigate: ["Hold back what writes much, until the copy is done.", largerNodes(watched)],
      rationale: "Only replicas have it.",
      source: METRICS,
    },
  } satisfies Record<string, Signal>;
}
