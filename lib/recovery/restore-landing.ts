import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { Placement } from "../core/network";
import { Firewall } from "../parts/firewall";
import { dataSubnets, zonesByName } from "../parts/zones";

/** Where restored databases stand, and how AWS Backup is told so. */
export interface Landing {
  /** Lets nobody in. */
  readonly firewall: Firewall;
  readonly overrides: Readonly<Record<string, string>>;
}

/** Data subnets behind a closed door: what is restored holds real data. */
export function landing(scope: Construct, network: Placement): Landing {
  const subnetIds = dataSubnets(scope, network);
  const { vpcId } = network;
  const firewall = new Firewall(scope, "restored", { vpcId, description: `restore tests of ${scope.node.path}` });
  const subnets = new DbSubnetGroup(scope, "subnets", {
    name: nameOf(scope, "db-group"),
    description: `restore tests of ${scope.node.path}`,
    subnetIds,
  });
  const vpcSecurityGroupIds = JSON.stringify([firewall.securityGroupId]);
  return { firewall, overrides: { dbSubnetGroupName: subnets.name, vpcSecurityGroupIds } };
}

/** Where the validator stands to ask a restored database: it reaches that, and AWS. */
export function beside(scope: Construct, network: Placement, restored: Firewall, port: number) {
  const description = `looks at restore tests of ${scope.node.path}`;
  const firewall = new Firewall(scope, "validator-firewall", { vpcId: network.vpcId, description });
  firewall.connectTo({ securityGroupId: restored.securityGroupId, port }, "asks what was restored");
  firewall.allowTo({ cidr: "0.0.0.0/0" }, 443, "calls AWS");
  const subnetIds = zonesByName(network).map(([, zone]) => zone.private);
  return { subnetIds, securityGroupId: firewall.securityGroupId };
}
