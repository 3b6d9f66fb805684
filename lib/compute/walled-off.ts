import { Construct } from "constructs";
import { Firewall } from "../parts/firewall";
import { FleetProps } from "./fleet-props";

/** The wall around a fleet: requests come in from the load balancer alone, and AWS is reached. */
export function walledOff(scope: Construct, { network, behind }: FleetProps): Firewall {
  const firewall = new Firewall(scope, "firewall", { vpcId: network.vpcId, description: `fleet ${scope.node.path}` });
  firewall.allowTo({ cidr: "0.0.0.0/0" }, 443, "AWS APIs, such as Systems Manager, have no fixed addresses");
  if (behind) firewall.connectFrom(behind, behind.targetPort, "requests from the load balancer");
  return firewall;
}
