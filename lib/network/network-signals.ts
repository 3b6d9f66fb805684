import { Zone } from "../core/network";
import { Metric, Signals } from "../core/signal";

/** AWS's own recommended alarms. */
const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#NATGateway";

const METRICS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway-cloudwatch.html";

/** What is worth watching about the ways out of a network, by the zone that each stands in. */
export function networkSignals(natGateways: Readonly<Record<Zone, string>>) {
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
        "Which destination? A gateway has 55,000 ports to each: read the flow logs of the zone by destination.",
        "Reuse connections there, use an endpoint of the service, or add addresses to the gateway.",
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
      firstSteps: ["Look at the health of the zone: AWS drops packets when the gateway itself is in trouble."],
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
        "Which destination? Read the flow logs of the zone: who is asked, and sends nothing back?",
        "Only this zone? Then it is the zone or its gateway, not the destination.",
      ],
      rationale: "AWS has no alarm for it. Fewer than a hundred attempts a minute say nothing as a share.",
      source: METRICS,
    },
  } satisfies Signals;
}
