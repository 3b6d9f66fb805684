import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcEndpointSubnetAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-subnet-association";
import { Construct } from "constructs";
import { requireForm, requireThat } from "../core/guard";
import { kebab } from "../core/naming";
import { placeOf } from "../core/place";
import { Firewall } from "../parts/firewall";

interface Around {
  readonly vpcId: string;
  readonly name: string;
}

/** Services that are reached by a route instead of an address; they cost nothing. */
const BY_ROUTE = ["s3", "dynamodb"] as const;

/**
 * Ways to S3 and DynamoDB that leave neither the network of AWS nor a bill at the NAT gateway.
 *
 * Route tables are joined one by one: a zone more adds, and touches nothing.
 */
export function gatewayEndpoints(scope: Construct, around: Around, tables: Readonly<Record<string, RouteTable>>): void {
  for (const service of BY_ROUTE) {
    const endpoint = new VpcEndpoint(scope, service, {
      vpcId: around.vpcId,
      serviceName: serviceName(scope, service),
      vpcEndpointType: "Gateway",
      tags: { Name: `${around.name}-${service}` },
    });
    for (const [name, { id }] of Object.entries(tables)) {
      new VpcEndpointRouteTableAssociation(scope, `${service}-${name}`, {
        vpcEndpointId: endpoint.id,
        routeTableId: id,
      });
    }
  }
}

/** Addresses in the network under which services of AWS answer, one in each zone, for everyone inside. */
export function interfaceEndpoints(
  scope: Construct,
  around: Around & { readonly cidr: string },
  services: readonly string[],
  subnets: Readonly<Record<string, Subnet>>,
): Record<string, VpcEndpoint> {
  const endpoints: Record<string, VpcEndpoint> = {};
  if (services.length === 0) return endpoints;
  const firewall = new Firewall(scope, "endpoints-firewall", {
    vpcId: around.vpcId,
    description: `services of AWS inside ${scope.node.path}`,
  });
  firewall.allowFrom({ cidr: around.cidr }, 443, "everyone inside");
  const ids = services.map(kebab);
  const must = "name each service once";
  requireThat(scope, new Set(ids).size === ids.length, { prop: "endpoints", must, got: services });
  for (const service of services) {
    requireForm(scope, "endpoints", service, /^[a-z][a-z0-9.-]+$/, `a short name such as "ssm" or "ecr.api"`);
    requireForm(
      scope,
      "endpoints",
      service,
      /^(?!s3$|dynamodb$)/,
      "other than s3 and dynamodb, which are always there",
    );
    const id = `endpoint-${kebab(service)}`;
    const endpoint = new VpcEndpoint(scope, id, {
      vpcId: around.vpcId,
      serviceName: serviceName(scope, service),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: [firewall.securityGroupId],
      tags: { Name: `${around.name}-${service}` },
    });
    endpoints[service] = endpoint;
    for (const [zone, subnet] of Object.entries(subnets)) {
      new VpcEndpointSubnetAssociation(scope, `${id}-${zone}`, { vpcEndpointId: endpoint.id, subnetId: subnet.id });
    }
  }
  return endpoints;
}

function serviceName(scope: Construct, service: string): string {
  const { region, partition } = placeOf(scope);
  const prefix = partition === "aws-cn" && !(BY_ROUTE as readonly string[]).includes(service) ? "cn.com" : "com";
  return `${prefix}.amazonaws.${region}.${service}`;
}
