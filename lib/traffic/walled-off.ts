import { Construct } from "constructs";
import { Firewall } from "../parts/firewall";
import { LoadBalancerProps } from "./load-balancer-props";

/** Lets in those that are named; where none are, everybody, and nobody where it is internal. */
export function walledOff(scope: Construct, { network, from }: LoadBalancerProps, internal: boolean): Firewall {
  const description = `load balancer ${scope.node.path}`;
  const firewall = new Firewall(scope, "firewall", { vpcId: network.vpcId, description });
  for (const cidr of from ?? (internal ? [] : ["0.0.0.0/0"])) {
    firewall.allowFrom({ cidr }, 443, `clients from ${cidr}`);
    firewall.allowFrom({ cidr }, 80, `clients from ${cidr}, sent to HTTPS`);
  }
  return firewall;
}
