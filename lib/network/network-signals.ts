import { Zone } from "../core/network";
import { Metric, Signals } from "../core/signal";
import { Outward, destinations, gateways, networkRelief } from "./network-relief";

/** AWS's own recommended alarms. */
const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#NATGateway";

const METRICS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway-cloudwatch.html";

/** What is worth watching about the ways out of a network, by the zone that each stands in. */
export function networkSignals(natGateways: Readonly<Record<Zone, string>>, out: Outward) {
  const { otherWay, address } = networkRelief(out);
  const asked = destinations(out);
  const well = gateways(out);
  const zonal = <M>(measure: (metric: (name: string) => Metric) => M): { readonly zones: Record<Zone, M> } => ({
    zones: Object.fromEntries(
      Object.entries(natGateways).map(([zone, NatGatewayId]) => [
        zone,
        measure((name) => ({ namespace: "AWS/NATGateway", name, statistic: "Sum", dimensions: { NatGatewayId } })),
      ]),
    ),
  });
  return {
    portAllocation: {
      kind: "saturation",
      means: "the NAT gateway has no port left for a new connection out: some fail",
      measure: zonal((metric) => ({ metric: metric("ErrorPortAllocation") })),
      bad: "above",
      unit: "failed connections",
      ticket: 0,
      breaches: "5 of 5",
      missing: "notBreaching",
      firstSteps: [
        `Which destination? A gateway has 55,000 ports to each: ${asked}.`,
        "One stands out: is it a service of AWS? Yes: an endpoint leaves the gateway out (`endpoints`; S3 and DynamoDB have one). No: who asks it has to keep its connections, and use them again.",
        "None stands out: did the load rise, or do clients try again and again what fails? Mend that first.",
      ],
      mitigate: [
        "Clients open a connection for each request: limit or restart those that do, which frees ports within minutes.",
        address,
      ],
      rationale: "AWS asks for 15 of 15; each failure is a request of somebody, and five minutes tell it from a burst.",
      source: AWS,
    },
    droppedPackets: {
      kind: "errors",
      means: "the NAT gateway drops packets: connections out stall",
      measure: zonal((metric) => ({
        ratio: {
          bad: [metric("PacketsDropCount")],
          total: [metric("PacketsInFromSource"), metric("PacketsInFromDestination")],
          minimum: 10_000,
        },
      })),
      bad: "above",
      unit: "per cent of packets",
      ticket: 0.01,
      breaches: "5 of 5",
      firstSteps: [
        `Are the gateways well? ${well}.`,
        "AWS drops packets when a gateway itself is in trouble: read the AWS Health Dashboard. It is in trouble, or only one zone drops: send the zone out another way, as below.",
        `All zones drop: is it more than a gateway carries (100 Gbit/s, 10 million packets a second)? Whom do they ask? ${asked}.`,
      ],
      mitigate: [otherWay],
      rationale: "Below ten thousand packets a minute a single drop would be above 0.01 per cent.",
      source: AWS,
    },
    unanswered: {
      kind: "errors",
      means: "connections out are not answered",
      measure: zonal((metric) => ({
        math: {
          expression: "IF(attempts >= 100, 100 * (attempts - FILL(established, 0)) / attempts, 0)",
          metrics: {
            attempts: metric("ConnectionAttemptCount"),
            established: metric("ConnectionEstablishedCount"),
          },
        },
      })),
      bad: "above",
      unit: "per cent of connections",
      ticket: 10,
      breaches: "5 of 5",
      firstSteps: [
        `Is it only one zone? The zone ends the name of the alarm. Are the gateways well? ${well}.`,
        `One zone: it or its gateway is in trouble; send it out another way, as below. All zones: which destination does not answer? ${asked}.`,
        "It is of somebody else: are you blocked there, or is it down? Turn off what needs it, or let it fail fast.",
      ],
      mitigate: [
        otherWay,
        "One destination of somebody else: turn off what needs it, so that requests do not wait for it.",
      ],
      rationale: "AWS has no alarm for it. Fewer than a hundred attempts a minute say nothing as a share.",
      source: METRICS,
    },
  } satisfies Signals;
}
