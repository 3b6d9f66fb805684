import { Zone } from "../core/network";
import { Signal } from "../core/signal";

/** AWS's own recommended alarms. */
const AWS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#PrivateLinkEndpoints";

/** An endpoint of a service of AWS, as its metrics are found. */
export interface WatchedEndpoint {
  readonly id: string;
  /** `com.amazonaws.eu-west-1.ssm`. */
  readonly serviceName: string;
}

/** One signal an endpoint, such as `dropsSsm`. */
type Drops = Readonly<Record<`drops${string}`, Signal>>;

/** What is worth watching about the endpoints of a network, by service and by the zone of each subnet. */
export function endpointSignals(
  vpcId: string,
  endpoints: Readonly<Record<string, WatchedEndpoint>>,
  subnets: Readonly<Record<Zone, string>>,
  name: string,
): Drops {
  const rows = Object.entries(endpoints).map(([service, { id, serviceName }]): [string, Signal] => {
    const dimensions = {
      "VPC Id": vpcId,
      "VPC Endpoint Id": id,
      "Endpoint Type": "Interface",
      "Service Name": serviceName,
    };
    const dropped = { namespace: "AWS/PrivateLinkEndpoints", name: "PacketsDropped", statistic: "Sum" };
    const zones = Object.entries(subnets).map(([zone, subnet]) => [
      zone,
      { metric: { ...dropped, dimensions: { ...dimensions, "Subnet Id": subnet } } },
    ]);
    return [
      `drops${service.replace(/(^|[.-])(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
      {
        kind: "errors",
        means: `the endpoint of ${service} drops packets: calls to the service stall`,
        measure: { zones: Object.fromEntries(zones) },
        bad: "above",
        unit: "packets",
        ticket: 0,
        breaches: "5 of 5",
        firstSteps: [
          `Is the endpoint well? aws ec2 describe-vpc-endpoints --filters Name=tag:Name,Values=${name}-${service} --query 'VpcEndpoints[].[VpcEndpointId,State,LastError.Message]' --output text.`,
          "Is the service in trouble? Read the AWS Health Dashboard of the region. Yes: wait with what can wait. No: are there more calls than usual? An interface carries 10 Gbit/s at least.",
          "Only one zone? Then take that zone out at the entrance: its pages of zones say how.",
        ],
        mitigate: [
          `The endpoint alone is bad, and its callers have a way out: let them go by the internet: aws ec2 modify-vpc-endpoint --no-private-dns-enabled --vpc-endpoint-id $(aws ec2 describe-vpc-endpoints --filters Name=tag:Name,Values=${name}-${service} --query 'VpcEndpoints[0].VpcEndpointId' --output text).`,
          "The next apply leads back to it. To leave it out for longer, take it out of `endpoints`.",
        ],
        rationale: "AWS leaves the threshold open. An endpoint that is not used publishes nothing, and drops nothing.",
        source: AWS,
      },
    ];
  });
  return Object.fromEntries(rows);
}
