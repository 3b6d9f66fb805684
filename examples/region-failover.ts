import { TerraformStack } from "cdktf";
import { RegionFailover, Routing } from "sre-constructs/traffic";

/** Orders are answered from Ireland, and from Frankfurt while Ireland does not serve. */
export function failover(stack: TerraformStack): RegionFailover {
  return new RegionFailover(stack, "failover", {
    domain: { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
    endpoints: {
      "eu-west-1": { dnsName: "orders-1.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2" },
      "eu-central-1": { dnsName: "orders-2.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" },
    },
    routing: Routing.failover("eu-west-1"),
    health: { paths: ["/healthz/deep"], interval: "10 seconds" },
    rto: "2 minutes",
  });
}
