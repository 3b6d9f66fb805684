import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { Zone } from "../core/network";
import { postureOf } from "../core/posture";
import { Block, Tier, subnetCidr } from "./addresses";

/** What one zone of a network consists of. */
export interface ZoneParts {
  readonly public: Subnet;
  readonly private: Subnet;
  readonly data: Subnet;
  /** Routes of the private subnet: its way out, and nobody else's. */
  readonly routes: RouteTable;
  /** @default - the zone goes out through another one's */
  readonly nat?: NatGateway;
}

/** What the zones of a network share. */
export interface Shared {
  readonly vpcId: string;
  readonly name: string;
  readonly block: Block;
  readonly gateway: InternetGateway;
  readonly publicRoutes: RouteTable;
  readonly dataRoutes: RouteTable;
}

/** Kubernetes finds the subnets of its load balancers by these. @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const KUBERNETES: Partial<Record<Tier, string>> = {
  public: "kubernetes.io/role/elb",
  private: "kubernetes.io/role/internal-elb",
};

/** The subnets of one zone, each with its routes; the way out is added by {@link nat} and {@link wayOut}. */
export function zoneOf(scope: Construct, zone: Zone, shared: Shared): ZoneParts {
  const routes = routeTable(scope, `private-${zone}`, shared);
  return {
    public: subnet(scope, zone, "public", shared, shared.publicRoutes),
    private: subnet(scope, zone, "private", shared, routes),
    data: subnet(scope, zone, "data", shared, shared.dataRoutes),
    routes,
  };
}

function subnet(scope: Construct, zone: Zone, tier: Tier, shared: Shared, routes: RouteTable): Subnet {
  const role = KUBERNETES[tier];
  const made = new Subnet(scope, `${tier}-${zone}`, {
    vpcId: shared.vpcId,
    availabilityZone: zone,
    cidrBlock: subnetCidr(shared.block, zone, tier),
    mapPublicIpOnLaunch: false,
    tags: {
      Name: `${shared.name}-${tier}-${zone}`,
      Network: shared.name,
      Zone: zone,
      Tier: tier,
      ...(role !== undefined && { [role]: "1" }),
    },
  });
  new RouteTableAssociation(scope, `${tier}-${zone}-routes`, { subnetId: made.id, routeTableId: routes.id });
  return made;
}

/** A route table without routes; what stands in it is added one resource a route. */
export function routeTable(scope: Construct, name: string, shared: Pick<Shared, "vpcId" | "name">): RouteTable {
  return new RouteTable(scope, `${name}-table`, {
    vpcId: shared.vpcId,
    tags: { Name: `${shared.name}-${name}` },
  });
}

/** A NAT gateway in the public subnet of a zone, with an address that stays. */
export function nat(scope: Construct, zone: Zone, { public: subnet }: ZoneParts, shared: Shared): NatGateway {
  const tags = { Name: `${shared.name}-nat-${zone}`, Zone: zone };
  const address = new Eip(scope, `nat-address-${zone}`, {
    domain: "vpc",
    tags,
    // Others let it in by this address: one lost is one they have to change.
    lifecycle: { preventDestroy: postureOf(scope).deletionProtection },
  });
  return new NatGateway(scope, `nat-${zone}`, {
    allocationId: address.allocationId,
    subnetId: subnet.id,
    connectivityType: "public",
    tags,
    dependsOn: [shared.gateway],
  });
}

/** Sends what leaves a private subnet through a NAT gateway. */
export function wayOut(scope: Construct, zone: Zone, { routes }: ZoneParts, natGatewayId: string): void {
  new Route(scope, `private-${zone}-out`, {
    routeTableId: routes.id,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId,
  });
}
