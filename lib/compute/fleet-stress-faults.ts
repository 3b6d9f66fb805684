import { Fault, FaultTarget } from "../core/fault";
import { Zone } from "../core/network";

/** How long something is slow or weak. */
const DURATION = "PT10M";

/** A minute less: the document first installs what it needs, and must not outlast the action that watches it. */
const DURATION_SECONDS = "540";

/** What a stress has to know of a fleet. */
export interface Stressed {
  /** The mechanism that carries on where one instance is as good as gone. */
  readonly mechanism: string;
  /** The one that carries on without a zone. @default - none is claimed, and no zone is made slow */
  readonly zoneMechanism?: string;
  readonly name: string;
  readonly min: number;
  readonly zones: readonly Zone[];
}

/**
 * What makes instances slow or weak and leaves them there: a fault that no health check may see. Each is done to one
 * instance of `min`, the share whose loss is claimed to be survived, by documents of AWS that need Amazon Linux or Ubuntu.
 * How strong each is: as strong as AWS's own scenarios, or, for the processor and the memory, near to the end.
 *
 * @see https://docs.aws.amazon.com/fis/latest/userguide/actions-ssm-agent.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/az-application-slowdown-scenario.html
 * @see https://docs.aws.amazon.com/fis/latest/userguide/cross-az-traffic-slowdown-scenario.html
 */
export function stressFaults(of: Stressed): Record<string, Fault> {
  const share: FaultTarget = { ...instancesOf(of.name), selection: `PERCENT(${Math.ceil(100 / of.min)})` };
  const one = `one instance in ${of.min}`;
  const stress = (document: string, does: string, parameters: Record<string, string>): Fault => ({
    scenario: "instance",
    mechanism: of.mechanism,
    ...commanded(document, parameters),
    target: share,
    onRequest: true,
    does,
  });
  return {
    cpuStress: stress("AWSFIS-Run-CPU-Stress", `${one} works at 95 % of its CPU`, {
      CPU: "0",
      LoadPercent: "95",
    }),
    memoryStress: stress("AWSFIS-Run-Memory-Stress", `${one} has 90 % of its memory taken`, {
      Percent: "90",
      Workers: "1",
    }),
    networkLatency: stress(
      "AWSFIS-Run-Network-Latency-Sources",
      `all that ${one} sends is 200 milliseconds late`,
      LATE,
    ),
    packetLoss: stress(
      "AWSFIS-Run-Network-Packet-Loss-Sources",
      `${one} loses 15 % of the packets that it sends`,
      LOSSY,
    ),
    slowVolume: {
      scenario: "instance",
      mechanism: of.mechanism,
      action: "aws:ebs:volume-io-latency",
      parameters: {
        duration: DURATION,
        readIOPercentage: "100",
        readIOLatencyMilliseconds: "1000",
        writeIOPercentage: "100",
        writeIOLatencyMilliseconds: "1000",
      },
      // Volumes of one action must stand in one zone.
      target: { key: "Volumes", resourceType: "aws:ec2:ebs-volume", tags: { Name: of.name }, selection: "COUNT(1)" },
      onRequest: true,
      does: "each read and write of one volume takes a second more",
    },
    ...(of.zoneMechanism !== undefined && zoneFaults(of, of.zoneMechanism)),
  };
}

const LATE = {
  Sources: "ALL",
  Interface: "DEFAULT",
  TrafficType: "egress",
  DelayMilliseconds: "200",
  JitterMilliseconds: "10",
  FlowsPercent: "100",
};

const LOSSY = {
  Sources: "ALL",
  Interface: "DEFAULT",
  TrafficType: "egress",
  LossPercent: "15",
  FlowsPercent: "100",
};

/**
 * Not only what stays in the zone, or leaves it, is hit: requests cross zones, and so do the answers to the load
 * balancer.
 */
function zoneFaults({ name, zones, min }: Stressed, mechanism: string): Record<string, Fault> {
  const inZone = (
    pack: "slow" | "lossy",
    document: string,
    parameters: Record<string, string>,
    does: string,
  ): Fault => ({
    scenario: "zone",
    mechanism,
    ...commanded(document, parameters),
    target: { ...instancesOf(name), selection: "ALL" },
    zone: { zones, by: { filter: "Placement.AvailabilityZone" }, always: min >= zones.length, pack },
    onRequest: true,
    does: `${does}; who watches may shift the zone away`,
  });
  return {
    zoneSlow: inZone(
      "slow",
      "AWSFIS-Run-Network-Latency-Sources",
      LATE,
      "all that its instances in the zone send is 200 milliseconds late",
    ),
    zoneLossy: inZone(
      "lossy",
      "AWSFIS-Run-Network-Packet-Loss-Sources",
      LOSSY,
      "its instances in the zone lose 15 % of the packets that they send",
    ),
  };
}

function commanded(document: string, parameters: Record<string, string>) {
  return {
    action: "aws:ssm:send-command",
    parameters: { duration: DURATION },
    command: {
      document,
      parameters: { DurationSeconds: DURATION_SECONDS, InstallDependencies: "True", ...parameters },
    },
  };
}

function instancesOf(name: string): Omit<FaultTarget, "selection"> {
  return {
    key: "Instances",
    resourceType: "aws:ec2:instance",
    tags: { Name: name },
    filters: { "State.Name": ["running"] },
  };
}
