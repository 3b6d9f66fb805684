import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { VpcEndpointSubnetAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-subnet-association";
import { TerraformStack } from "cdktf";
import fc from "../property";
import { Alarms } from "../../lib/alerting";
import { Network, NetworkProps } from "../../lib/network";
import { Config, Setting, Synthesized, synth } from "../synth";

const CIDR = "10.20.0.0/16";
const make = (props: Partial<NetworkProps> = {}) => {
  return (stack: TerraformStack) => new Network(stack, "network", { cidr: CIDR, ...props });
};
const planned = (props: Partial<NetworkProps> = {}, setting?: Setting) => synth(make(props), setting);
const cidrs = (plan: Synthesized) =>
  Object.fromEntries(Object.entries(plan.all(Subnet)).map(([path, { cidr_block }]) => [path, cidr_block]));

test("production has three zones, each with its own subnets, routes and way out", () => {
  const plan = planned();
  expect(Object.keys(plan.all(Subnet)).sort()).toEqual(
    ["a", "b", "c"]
      .flatMap((letter) => ["data", "private", "public"].map((tier) => `network/${tier}-eu-west-1${letter}`))
      .sort(),
  );
  for (const zone of ["eu-west-1a", "eu-west-1b", "eu-west-1c"]) {
    const table = `\${aws_route_table.network_private-${zone}-table_`;
    expect(plan.at(RouteTableAssociation, `network/private-${zone}-routes`).route_table_id).toContain(table);
    const out = plan.at(Route, `network/private-${zone}-out`);
    expect(out.route_table_id).toContain(table);
    expect(out.nat_gateway_id).toContain(`aws_nat_gateway.network_nat-${zone}_`);
    expect(plan.at(NatGateway, `network/nat-${zone}`).subnet_id).toContain(`aws_subnet.network_public-${zone}_`);
    expect(plan.at(Subnet, `network/private-${zone}`)).toMatchObject({
      availability_zone: zone,
      map_public_ip_on_launch: false,
    });
  }
  expect(plan.at(Eip, "network/nat-address-eu-west-1a").lifecycle).toEqual({ prevent_destroy: true });
  expect(plan.the(Vpc).lifecycle).toEqual({ prevent_destroy: true });
});

test("where the posture shares one NAT gateway, it stands in the first zone that is named", () => {
  const plan = planned({ zones: ["eu-west-1b", "eu-west-1a"] }, { posture: { natGateways: "one" } });
  expect(Object.keys(plan.all(NatGateway))).toEqual(["network/nat-eu-west-1b"]);
  for (const letter of "ab") {
    expect(plan.at(Route, `network/private-eu-west-1${letter}-out`).nat_gateway_id).toContain("nat-eu-west-1b");
  }
});

test("from one NAT gateway to one a zone, the first stays", () => {
  const [one, each] = (["one", "per-zone"] as const).map((natGateways) => planned({}, { posture: { natGateways } }));
  expect(each.all(NatGateway)).toMatchObject(one.all(NatGateway));
  expect(each.all(Eip)).toMatchObject(one.all(Eip));
});

test("data subnets have no way out but to S3 and DynamoDB", () => {
  const plan = planned();
  const routes = Object.entries(plan.all(Route)).filter(([, { route_table_id }]) => route_table_id.includes("data"));
  expect(routes).toEqual([]);
  for (const letter of "abc") {
    expect(plan.at(RouteTableAssociation, `network/data-eu-west-1${letter}-routes`).route_table_id).toContain(
      "network_data-table",
    );
  }
  expect(plan.at(VpcEndpointRouteTableAssociation, "network/s3-data").route_table_id).toContain("network_data-table");
});

test.each(["s3", "dynamodb"])("%s is reached without the NAT gateway", (service) => {
  const plan = planned();
  expect(plan.at(VpcEndpoint, `network/${service}`)).toMatchObject({
    service_name: `com.amazonaws.eu-west-1.${service}`,
    vpc_endpoint_type: "Gateway",
  });
  const joined = Object.keys(plan.all(VpcEndpointRouteTableAssociation)).filter((path) => path.includes(service));
  expect(joined.sort()).toEqual(
    ["data", "eu-west-1a", "eu-west-1b", "eu-west-1c"].map((name) => `network/${service}-${name}`),
  );
});

test("addresses follow from the letter of the zone: half for what runs, a quarter for entrances, an eighth for data", () => {
  expect(cidrs(planned({ zones: ["eu-west-1c", "eu-west-1a"] }))).toEqual({
    "network/private-eu-west-1a": "10.20.0.0/20",
    "network/public-eu-west-1a": "10.20.16.0/21",
    "network/data-eu-west-1a": "10.20.24.0/22",
    "network/private-eu-west-1c": "10.20.64.0/20",
    "network/public-eu-west-1c": "10.20.80.0/21",
    "network/data-eu-west-1c": "10.20.88.0/22",
  });
});

test("no two subnets overlap and all lie in the network, whatever its size", () => {
  const letters = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 22 }), letters, (prefix, chosen) => {
      const zones = chosen.map((letter) => `eu-west-1${letter}`);
      const blocks = Object.values(cidrs(planned({ cidr: `172.16.0.0/${prefix}`, zones }))).map(range);
      const sorted = [...blocks].sort(([a], [b]) => a - b);
      for (const [index, [first, last]] of sorted.entries()) {
        expect(first).toBeGreaterThan(sorted[index - 1]?.[1] ?? -1);
        expect(last).toBeLessThan(range(`172.16.0.0/${prefix}`)[1] + 1);
      }
    }),
    { numRuns: 10 },
  );
});

function range(cidr: string): [number, number] {
  const [address, prefix] = cidr.split("/");
  const first = Buffer.from(address.split(".").map(Number)).readUInt32BE();
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

test("a zone added to a running network only adds", () => {
  const endpoints = ["ssm"];
  const [two, three] = ["ab", "abc"].map(
    (letters) => planned({ endpoints, zones: [...letters].map((letter) => `eu-west-1${letter}`) }).json.resource,
  );
  const entries = (resources: Config) =>
    Object.entries(resources).flatMap(([type, named]) =>
      Object.entries(named as Config).map(([name, config]) => [`${type}.${name}`, config]),
    );
  const after = Object.fromEntries(entries(three));
  for (const [address, config] of entries(two)) expect([address, after[address]]).toEqual([address, config]);
  const added = Object.keys(after).filter(
    (address) => !Object.keys(Object.fromEntries(entries(two))).includes(address),
  );
  expect(added.every((address) => address.includes("eu-west-1c"))).toBe(true);
  expect(added).toHaveLength(13);
});

test("what AWS lets through by default lets nothing through", () => {
  const closed = planned().the(DefaultSecurityGroup);
  expect(closed).not.toHaveProperty("ingress");
  expect(closed).not.toHaveProperty("egress");
});

test("who spoke to whom is logged, encrypted, for as long as the posture keeps logs", () => {
  const plan = planned({}, { posture: { logDays: 90 } });
  expect(plan.the(FlowLog)).toMatchObject({ traffic_type: "ALL", max_aggregation_interval: 60 });
  expect(plan.the(CloudwatchLogGroup)).toMatchObject({
    name: "/vpc/flow-logs/test-network",
    retention_in_days: 90,
    kms_key_id: expect.stringContaining("aws_kms_key.network_key"),
  });
  expect(JSON.parse(plan.at(IamRole, "network/flow-logs-role").assume_role_policy).Statement[0].Condition).toEqual({
    StringEquals: { "aws:SourceAccount": "111122223333" },
  });
});

test("subnets say their zone and tier, for experiments and Kubernetes to find", () => {
  const plan = planned();
  const tags = (tier: string) => plan.at(Subnet, `network/${tier}-eu-west-1a`).tags;
  expect(tags("public")).toMatchObject({ Zone: "eu-west-1a", Tier: "public", "kubernetes.io/role/elb": "1" });
  expect(tags("private")).toMatchObject({ Tier: "private", "kubernetes.io/role/internal-elb": "1" });
  expect(tags("data")).toMatchObject({ Tier: "data" });
});

test("a service of AWS is reached inside, from inside, in each zone", () => {
  const plan = planned({ endpoints: ["ecr.api"] });
  expect(plan.at(VpcEndpoint, "network/endpoint-ecr-api")).toMatchObject({
    service_name: "com.amazonaws.eu-west-1.ecr.api",
    vpc_endpoint_type: "Interface",
    private_dns_enabled: true,
  });
  expect(Object.keys(plan.all(VpcEndpointSubnetAssociation))).toHaveLength(3);
  const rule = Object.values(plan.json.resource.aws_vpc_security_group_ingress_rule as Config)[0];
  expect(rule).toMatchObject({ cidr_ipv4: CIDR, from_port: 443, to_port: 443 });
});

test("each way out is watched in its zone", () => {
  const watched = (posture: Setting["posture"]) =>
    Object.keys(
      synth(
        (stack) => {
          const alarms = new Alarms(stack, "alarms", {
            notify: {
              page: "arn:aws:sns:eu-west-1:111122223333:page",
              ticket: "arn:aws:sns:eu-west-1:111122223333:ticket",
            },
          });
          alarms.watch(make()(stack));
        },
        { posture },
      ).all(CloudwatchMetricAlarm),
    ).sort();
  expect(watched({})).toEqual(
    ["dropped-packets", "port-allocation", "unanswered"].flatMap((signal) =>
      ["a", "b", "c"].map((letter) => `network/alarms/${signal}-eu-west-1${letter}-ticket`),
    ),
  );
  expect(watched({ natGateways: "one" })).toHaveLength(3);
});

test("each endpoint is watched in each zone, by the dimensions of its subnet", () => {
  const plan = synth((stack) => {
    const alarms = new Alarms(stack, "alarms", {
      notify: { page: "arn:aws:sns:eu-west-1:111122223333:page", ticket: "arn:aws:sns:eu-west-1:111122223333:ticket" },
    });
    alarms.watch(new Network(stack, "network", { cidr: "10.20.0.0/16", endpoints: ["ssm", "ecr.api"] }));
  });
  const drops = Object.entries(plan.all(CloudwatchMetricAlarm)).filter(([path]) => path.includes("/drops-"));
  expect(drops.map(([path]) => path)).toEqual(
    ["ecr-api", "ssm"].flatMap((service) =>
      ["a", "b", "c"].map((letter) => `network/alarms/drops-${service}-eu-west-1${letter}-ticket`),
    ),
  );
  expect(drops[1][1].dimensions).toEqual({
    "VPC Id": expect.stringContaining("aws_vpc.network_"),
    "VPC Endpoint Id": expect.stringContaining("aws_vpc_endpoint.network_endpoint-ecr-api_"),
    "Endpoint Type": "Interface",
    "Service Name": "com.amazonaws.eu-west-1.ecr.api",
    "Subnet Id": expect.stringContaining("aws_subnet.network_private-eu-west-1b_"),
  });
});

test("a network survives the loss of a zone only where none goes out through another", () => {
  const recovers = (natGateways: "one" | "per-zone") => {
    let network: Network | undefined;
    synth((stack) => (network = make()(stack)), { posture: { natGateways } });
    return Object.keys(network!.recovers);
  };
  expect(recovers("per-zone")).toEqual(["zone"]);
  expect(recovers("one")).toEqual([]);
});

test.each<[string, Partial<NetworkProps>, string]>([
  ["no CIDR", { cidr: "10.20.0.0" }, "'cidr' must be IPv4 addresses such as 10.20.0.0/16, got \"10.20.0.0\""],
  ["bytes above 255", { cidr: "10.256.0.0/16" }, "'cidr' must be IPv4 addresses"],
  ["IPv6", { cidr: "fd00::/16" }, "'cidr' must be IPv4 addresses"],
  ["two slashes", { cidr: "10.20.0.0/16/20" }, "'cidr' must be IPv4 addresses"],
  ["a network too small to grow", { cidr: "10.20.0.0/23" }, "'cidr' must have a prefix between /16 and /22"],
  ["a network larger than AWS makes", { cidr: "10.0.0.0/8" }, "'cidr' must have a prefix between /16 and /22"],
  ["an address inside the network", { cidr: "10.20.1.0/16" }, "'cidr' must begin at its first address"],
  ["one zone", { zones: ["eu-west-1a"] }, "'zones' must be at least 2, each once"],
  ["a zone twice", { zones: ["eu-west-1a", "eu-west-1b", "eu-west-1a"] }, "'zones' must name each zone once"],
  ["a zone of elsewhere", { zones: ["eu-west-1a", "eu-west-2b"] }, "'zones' must be a zone of the region"],
  ["a zone without a slot", { zones: ["eu-west-1a", "eu-west-1z"] }, "'zones' must be a zone of the region"],
  ["a local zone", { zones: ["eu-west-1a", "eu-west-1-lon-1a"] }, "'zones' must be a zone of the region"],
  ["overlap", { connectedTo: ["10.20.128.0/17"] }, "'cidr' must not overlap 10.20.128.0/17"],
  ["overlap from outside", { connectedTo: ["10.0.0.0/8"] }, "'cidr' must not overlap 10.0.0.0/8"],
  ["a neighbour that is none", { connectedTo: ["vpc-1"] }, "'connectedTo' must be IPv4 addresses"],
  ["an endpoint by its long name", { endpoints: ["com.amazonaws.eu-west-1 ssm"] }, "'endpoints' must be a short name"],
  ["an endpoint twice", { endpoints: ["ssm", "ecr.api", "ssm"] }, "'endpoints' must name each service once"],
  ["an endpoint that is there", { endpoints: ["s3"] }, "'endpoints' must be other than s3 and dynamodb"],
])("fails on %s", (_, props, message) => {
  expect(() => planned(props)).toThrow(message);
});

test("fails in a region the table does not know, until zones are named", () => {
  const region = "xx-nowhere-1";
  expect(() => planned({}, { region })).toThrow("'zones' must be given where the region is not in the table");
  expect(() => planned({ zones: [`${region}a`, `${region}b`] }, { region })).not.toThrow();
});

test("fails where the region has fewer zones than the posture asks for", () => {
  expect(() => planned({}, { posture: { zones: 4 } })).toThrow("'zones' must be at most 3 in eu-west-1, got 4");
});

test("neighbouring networks are connected without a word", () => {
  expect(() => planned({ connectedTo: ["10.21.0.0/16", "10.19.0.0/16"] })).not.toThrow();
});

test("each private route table is the zone's own, public and data tables are shared", () => {
  expect(Object.keys(planned().all(RouteTable)).sort()).toEqual([
    "network/data-table",
    "network/private-eu-west-1a-table",
    "network/private-eu-west-1b-table",
    "network/private-eu-west-1c-table",
    "network/public-table",
  ]);
});
