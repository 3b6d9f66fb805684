import { TerraformStack } from "cdktf";
import { RegionFailover, RoutingControls } from "sre-constructs/traffic";

/** Payments move to another region when somebody says so, and when the first one fails. */
export function switches(stack: TerraformStack): RegionFailover {
  const controls = new RoutingControls(stack, "controls", {
    regions: ["eu-west-1", "eu-central-1"],
    worthItsPrice: "the regulator wants payments moved within a minute of the decision, every quarter",
  });
  return new RegionFailover(stack, "failover", {
    domain: { name: "payments.example.com", zoneId: "Z0123456789ABCDEFGHIJ" },
    endpoints: {
      "eu-west-1": { dnsName: "payments-1.eu-west-1.elb.amazonaws.com", zoneId: "Z32O12XQLNTSW2" },
      "eu-central-1": { dnsName: "payments-2.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5" },
    },
    switches: controls.switches,
  });
}
