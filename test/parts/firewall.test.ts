import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformVariable } from "cdktf";
import { Peer } from "../../lib/core";
import { Firewall, FirewallProps } from "../../lib/network";
import { synth, synthAll } from "../synth";

const CLIENTS: Peer = { cidr: "10.20.0.0/16" };

const walled = (fill: (firewall: Firewall) => void = () => undefined, props: Partial<FirewallProps> = {}) =>
  synth((stack) => fill(new Firewall(stack, "db", { vpcId: "vpc-1", description: "orders database", ...props })));

test("what is not allowed is refused, both ways", () => {
  const stack = walled();
  expect(Object.keys(stack.json.resource)).toEqual(["aws_security_group"]);
  const group = stack.the(SecurityGroup);
  expect(group).toMatchObject({ vpc_id: "vpc-1", description: "orders database" });
  // Where they are left out, Terraform takes away what AWS lets out by itself.
  expect(group).not.toHaveProperty("ingress");
  expect(group).not.toHaveProperty("egress");
});

test("every rule has one port, one peer and a reason", () => {
  const stack = walled((firewall) => {
    firewall.allowFrom(CLIENTS, 5432, "orders are stored here");
    firewall.allowTo({ prefixListId: "pl-6da54004" }, 443, "backups go to S3");
  });
  expect(stack.at(VpcSecurityGroupIngressRule, "db/from-5432-orders-are-stored-here")).toMatchObject({
    security_group_id: expect.stringMatching(/^\$\{aws_security_group\.db_\w+\.id\}$/),
    description: "orders are stored here",
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
    cidr_ipv4: "10.20.0.0/16",
  });
  expect(stack.at(VpcSecurityGroupEgressRule, "db/to-443-backups-go-to-s3")).toMatchObject({
    from_port: 443,
    to_port: 443,
    prefix_list_id: "pl-6da54004",
  });
});

test.each<[string, Peer, string]>([
  ["IPv4 addresses", { cidr: "0.0.0.0/0" }, "cidr_ipv4"],
  ["IPv6 addresses", { cidr: "fd00:ec2::/32" }, "cidr_ipv6"],
  ["all of IPv6", { cidr: "::/0" }, "cidr_ipv6"],
  ["one IPv6 address", { cidr: "fd00:1:2:3:4:5:6:7/128" }, "cidr_ipv6"],
  ["a group", { securityGroupId: "sg-0a1b2c3d" }, "referenced_security_group_id"],
  ["a group of a peered account", { securityGroupId: "111122223333/sg-0a1b2c3d" }, "referenced_security_group_id"],
  ["a prefix list", { prefixListId: "pl-0a1b2c3d" }, "prefix_list_id"],
])("a peer may be %s", (_, peer, attribute) => {
  const rule = walled((firewall) => firewall.allowFrom(peer, 443, "clients")).the(VpcSecurityGroupIngressRule);
  const peers = ["cidr_ipv4", "cidr_ipv6", "referenced_security_group_id", "prefix_list_id"].filter((of) => of in rule);
  expect(peers).toEqual([attribute]);
  expect(Object.values(peer)).toEqual([rule[attribute]]);
});

test("one rule more adds one resource and touches no other", () => {
  const resources = (...ports: number[]) =>
    walled((firewall) => ports.forEach((port) => firewall.allowFrom(CLIENTS, port, "clients"))).json.resource;
  const [before, after] = [resources(443), resources(8443, 443)];
  const { aws_vpc_security_group_ingress_rule: rules, ...others } = after;
  expect(others.aws_security_group).toEqual(before.aws_security_group);
  expect(rules).toMatchObject(before.aws_vpc_security_group_ingress_rule);
  expect(Object.keys(rules)).toHaveLength(2);
});

test("a group in use has its successor before it goes, under another name", () => {
  const [one, other] = ["orders database", "orders database, version 2"].map((description) =>
    walled(undefined, { description }).the(SecurityGroup),
  );
  expect(one.lifecycle).toEqual({ create_before_destroy: true });
  expect(one.name).toMatch(/^test-db-[0-9a-f]{8}$/);
  expect(one.name).not.toBe(other.name);
});

test("to connect takes a rule out of here and a rule in there", () => {
  const stack = walled((firewall) => firewall.connectTo({ securityGroupId: "sg-cache", port: 6379 }, "sessions"));
  const own = expect.stringContaining("aws_security_group.db_");
  expect(stack.the(VpcSecurityGroupEgressRule)).toMatchObject({
    security_group_id: own,
    referenced_security_group_id: "sg-cache",
    to_port: 6379,
  });
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    security_group_id: "sg-cache",
    referenced_security_group_id: own,
    to_port: 6379,
  });
});

test("to be connected to takes a rule in here and a rule out of there", () => {
  const stack = walled((firewall) => firewall.connectFrom({ securityGroupId: "sg-web" }, 8080, "requests"));
  const own = expect.stringContaining("aws_security_group.db_");
  expect(stack.the(VpcSecurityGroupIngressRule)).toMatchObject({
    security_group_id: own,
    referenced_security_group_id: "sg-web",
  });
  expect(stack.the(VpcSecurityGroupEgressRule)).toMatchObject({
    security_group_id: "sg-web",
    referenced_security_group_id: own,
  });
});

test("one firewall is a peer of another, and what is not known yet passes", () => {
  const stack = synth((scope) => {
    const [web, database] = ["web", "db"].map((id) => new Firewall(scope, id, { vpcId: "vpc-1", description: id }));
    database.allowFrom(web, 5432, "orders are stored here");
    const office = new TerraformVariable(scope, "office", { type: "string" });
    const port = new TerraformVariable(scope, "port", { type: "number" });
    database.allowFrom({ cidr: office.stringValue }, port.numberValue, "support");
  });
  expect(stack.at(VpcSecurityGroupIngressRule, "db/from-5432-orders-are-stored-here")).toMatchObject({
    referenced_security_group_id: expect.stringContaining("aws_security_group.web_"),
  });
  expect(stack.at(VpcSecurityGroupIngressRule, "db/from-port-support")).toMatchObject({
    cidr_ipv4: "${var.office}",
    from_port: "${var.port}",
  });
});

test.each<[string, Peer, number, string, string]>([
  ["a port that is none", CLIENTS, 0, "clients", "'port' must be between 1 and 65535, got 0"],
  ["a port beyond the last", CLIENTS, 65_536, "clients", "'port' must be between 1 and 65535, got 65536"],
  ["half a port", CLIENTS, 80.5, "clients", "'port' must be a whole number, got 80.5"],
  ["no reason", CLIENTS, 443, "", "'why' must be 1 to 255 of the characters that EC2 knows"],
  ["a reason of blanks", CLIENTS, 443, "  ", "'why' must be 1 to 255 of the characters that EC2 knows"],
  ["a reason that EC2 cannot store", CLIENTS, 443, "Müller's clients", "'why' must be 1 to 255 of the characters"],
  ["a reason without end", CLIENTS, 443, "x".repeat(256), "'why' must be 1 to 255 of the characters"],
  ["an address without a length", { cidr: "10.20.0.0" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  ["a byte above 255", { cidr: "10.256.0.0/16" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  ["a length above 32", { cidr: "10.20.0.0/33" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  ["a block that begins in its middle", { cidr: "10.20.0.1/16" }, 443, "clients", "from the first one on"],
  ["an IPv6 block that does", { cidr: "fd00::1/64" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  ["IPv6 that is none", { cidr: "fd00:::/64" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  ["a length above 128", { cidr: "fd00::/129" }, 443, "clients", "'peer.cidr' must be addresses such as"],
  [
    "a group by name",
    { securityGroupId: "web" },
    443,
    "clients",
    "'peer.securityGroupId' must be the id of a security",
  ],
  ["a list by name", { prefixListId: "s3" }, 443, "clients", "'peer.prefixListId' must be the id of a prefix list"],
  ["nobody", {} as Peer, 443, "clients", "'peer' must be one of securityGroupId, cidr and prefixListId, got []"],
  [
    "two peers at once",
    { ...CLIENTS, securityGroupId: "sg-web" },
    443,
    "clients",
    `'peer' must be one of securityGroupId, cidr and prefixListId, got ["securityGroupId","cidr"]`,
  ],
])("fails on %s", (_, peer, port, why, message) => {
  expect(() => walled((firewall) => firewall.allowFrom(peer, port, why))).toThrow(message);
  expect(() => walled((firewall) => firewall.allowTo(peer, port, why))).toThrow(/^test\/db: /);
});

test("fails on the same reason twice at one port; another port or another way may have it", () => {
  const twice = (firewall: Firewall) => {
    firewall.allowFrom({ cidr: "10.1.0.0/16" }, 443, "clients");
    firewall.allowFrom({ cidr: "10.2.0.0/16" }, 8443, "clients");
    firewall.allowTo({ cidr: "10.1.0.0/16" }, 443, "clients");
  };
  expect(() => walled(twice)).not.toThrow();
  expect(() =>
    walled((firewall) => {
      twice(firewall);
      firewall.allowFrom({ cidr: "10.2.0.0/16" }, 443, "Clients");
    }),
  ).toThrow(
    `test/db: 'why' must be a reason that port 443 has not got yet, got "Clients"; say what sets this rule apart`,
  );
});

test("fails on a description that EC2 cannot store", () => {
  expect(() => walled(undefined, { description: "x".repeat(256) })).toThrow("'description' must be 1 to 255");
  expect(() => walled(undefined, { description: "a < b" })).toThrow("'description' must be 1 to 255 of the characters");
});

test("fails on a name that EC2 takes for an id", () => {
  const made = () =>
    synthAll({ "sg-orders": (stack) => new Firewall(stack, "db", { vpcId: "vpc-1", description: "orders" }) });
  expect(made).toThrow("sg-orders/db: 'id' must be one that makes no name with sg- in front: EC2 keeps those for ids");
});
