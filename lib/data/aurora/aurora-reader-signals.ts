import { Signals } from "../../core/signal";
import { RelievedAurora, instancesOf, moreReaders } from "./aurora-relief";
import { LAGGING, RUNNING, STOP } from "../rds/rds-relief";
import { AWS, RdsMetric } from "../rds/rds-signals";

const METRICS = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html";

/** What is worth watching about those that read. */
export function readerSignals(reader: RdsMetric, cluster: RdsMetric, watched: RelievedAurora) {
  const { identifier, engine } = watched;
  return {
    readerCpu: {
      kind: "saturation",
      means: "the readers are short of CPU, and one of them would have to be the writer",
      measure: reader("CPUUtilization"),
      bad: "above",
      unit: "per cent",
      ticket: 90,
      breaches: "15 of 15",
      firstSteps: [
        `How many readers are there, and is each available? ${instancesOf(identifier)}.`,
        `One that is missing comes back by itself. All are there: ask each reader what it runs: ${RUNNING[engine]}`,
        "One statement takes it all: stop it, or give it an index. Many: the load has outgrown the readers.",
      ],
      mitigate: [STOP, moreReaders(watched)],
      source: AWS,
    },
    replicaLag: {
      kind: "latency",
      means: "readers answer with what is no longer true",
      measure: cluster("AuroraReplicaLagMaximum", "Maximum"),
      bad: "above",
      unit: "milliseconds",
      ticket: 2000,
      breaches: "5 of 5",
      firstSteps: [
        `Which reader is behind, in milliseconds, and how busy is it? ${LAGGING[engine]}`,
        "One: it is short of CPU or memory; readerCpu has a page of its own.",
        `All: does the writer load much at once? It ends, and they catch up: ${RUNNING[engine]}`,
      ],
      mitigate: ["Send what must not be old to the writer, at its own address, until they have caught up.", STOP],
      rationale: "A tenth of a second is usual.",
      source: METRICS,
    },
  } satisfies Signals;
}
