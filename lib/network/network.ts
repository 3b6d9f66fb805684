import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { Breakable, Recoverable, Watchable } from "../core/declarations";
import { requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { Placement, Zone, ZoneSubnets } from "../core/network";
import { placeOf, zonesOf } from "../core/place";
import { postureOf } from "../core/posture";
import { Recoveries } from "../core/recovery";
import { Key } from "../parts/key";
import { requireKeyArn } from "../parts/key-arn";
import { networkBlock, requireApart } from "./addresses";
import { endpointSignals } from "./endpoint-signals";
import { gatewayEndpoints, interfaceEndpoints } from "./endpoints";
import { flowLogs } from "./flow-logs";
import { NetworkProps } from "./network-props";
import { networkFaults } from "./network-faults";
import { networkRecovers } from "./network-recovery";
import { networkSignals } from "./network-signals";
import { Shared, ZoneParts, nat, routeTable, wayOut, zoneOf } from "./zone";

/**
 * A network over several zones, none of which needs another: each has public, private and data subnets, its own routes
 * and, by the posture, its own way out. A zone added later adds resources and moves not one address.
 *
 * Data subnets have no way out. Who speaks to whom is logged, encrypted. The security group that AWS makes lets
 * nothing through.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html
 */
export class Network extends Construct implements Placement, Watchable, Recoverable, Breakable {
  readonly vpc: Vpc;
  readonly zones: Readonly<Record<Zone, ZoneSubnets>>;
  /** The provider's resources of each zone. */
  readonly parts: Readonly<Record<Zone, ZoneParts>>;
  /** The provider's resources of services that are reached by an address inside. */
  readonly endpoints: Readonly<Record<string, VpcEndpoint>>;
  readonly flowLogs: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    register(this, props, "NetworkProps");
    const { cidr, connectedTo = [], endpoints = [] } = props;
    const block = networkBlock(this, "cidr", cidr);
    requireApart(this, cidr, connectedTo);
    const names = this.zoneNames(props.zones);
    const name = nameOf(this, "log-group");

    this.vpc = new Vpc(this, "Resource", {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
      // Other addresses are another network: everything in it would go with it.
      lifecycle: { preventDestroy: postureOf(this).deletionProtection },
    });
    const vpcId = this.vpc.id;
    new DefaultSecurityGroup(this, "default-firewall", { vpcId, tags: { Name: `${name}-default-closed` } });
    const gateway = new InternetGateway(this, "gateway", { vpcId, tags: { Name: name } });
    const publicRoutes = routeTable(this, "public", { vpcId, name });
    const dataRoutes = routeTable(this, "data", { vpcId, name });
    new Route(this, "public-out", {
      routeTableId: publicRoutes.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway.id,
    });

    this.parts = this.laidOut(names, { vpcId, name, block, gateway, publicRoutes, dataRoutes });
    this.zones = mapped(this.parts, (zone) => ({
      public: zone.public.id,
      private: zone.private.id,
      data: zone.data.id,
    }));
    gatewayEndpoints(this, { vpcId, name }, { data: dataRoutes, ...mapped(this.parts, ({ routes }) => routes) });
    this.endpoints = interfaceEndpoints(
      this,
      { vpcId, name, cidr },
      endpoints,
      mapped(this.parts, (zone) => zone.private),
    );
    if (props.key !== undefined) requireKeyArn(this, "key", props.key);
    this.flowLogs = flowLogs(this, vpcId, props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn);
  }

  get vpcId(): string {
    return this.vpc.id;
  }

  /** The ways out, by the zone they stand in. */
  get natGateways(): Readonly<Record<Zone, NatGateway>> {
    return Object.fromEntries(Object.entries(this.parts).flatMap(([zone, { nat }]) => (nat ? [[zone, nat]] : [])));
  }

  get signals() {
    const endpoints = mapped(this.endpoints, ({ id, serviceNameInput: serviceName = "" }) => ({ id, serviceName }));
    const subnets = mapped(this.parts, (zone) => zone.private.id);
    const name = nameOf(this, "log-group");
    const { nameInput: flowLogs = "" } = this.flowLogs;
    const out = { name, cidr: this.vpc.cidrBlockInput ?? "", flowLogs, natZones: Object.keys(this.natGateways) };
    return {
      ...networkSignals(
        mapped(this.natGateways, ({ id }) => id),
        out,
      ),
      ...endpointSignals(this.vpcId, endpoints, subnets, name),
    };
  }

  get recovers(): Recoveries {
    return networkRecovers(Object.keys(this.natGateways).length === Object.keys(this.parts).length);
  }

  get faults() {
    return networkFaults(this.recovers, Object.keys(this.parts), { Network: nameOf(this, "log-group") });
  }

  private zoneNames(given: readonly string[] | undefined): readonly string[] {
    if (given === undefined) return zonesOf(this, postureOf(this).zones);
    const { region } = placeOf(this);
    const distinct = new Set(given).size;
    requireThat(this, distinct >= 2, { prop: "zones", must: "be at least 2, each once", got: given });
    requireThat(this, distinct === given.length, { prop: "zones", must: "name each zone once", got: given });
    const form = new RegExp(`^${region}[a-h]$`);
    for (const zone of given) requireForm(this, "zones", zone, form, `a zone of the region, such as ${region}a`);
    return given;
  }

  private laidOut(names: readonly string[], shared: Shared): Record<Zone, ZoneParts> {
    const parts = Object.fromEntries(names.map((zone) => [zone, zoneOf(this, zone, shared)]));
    const [first] = names;
    const own = postureOf(this).natGateways === "per-zone" ? names : [first];
    const gateways = Object.fromEntries(own.map((zone) => [zone, nat(this, zone, parts[zone], shared)]));
    for (const zone of names) wayOut(this, zone, parts[zone], (gateways[zone] ?? gateways[first]).id);
    return Object.fromEntries(names.map((zone) => [zone, { ...parts[zone], nat: gateways[zone] }]));
  }
}

function mapped<A, B>(of: Readonly<Record<string, A>>, to: (each: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, to(each)]));
}
