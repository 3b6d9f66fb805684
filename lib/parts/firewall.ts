import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { isIPv6 } from "node:net";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { requireForm, requireThat, requireWhole } from "../core/guard";
import { register } from "../core/hook";
import { kebab, nameOf } from "../core/naming";
import { Peer, Reachable } from "../core/network";
import { requireKind } from "../core/props";
import { isBlock } from "./cidr";

/** What a {@link Firewall} can be told. */
export interface FirewallProps {
  readonly vpcId: string;
  /** What stands behind it, in a few words. It cannot change later without replacing the group. */
  readonly description: string;
  /** Another region that it stands in. @default - the region of the stack */
  readonly region?: string;
}

/**
 * A security group in which every rule has one port, one peer and a reason; what is not allowed is refused, both ways.
 *
 * Each rule is a resource of its own, named after its reason: one rule more adds one resource and touches no other.
 */
export class Firewall extends Construct {
  readonly group: SecurityGroup;
  private readonly region?: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    register(this, props, "FirewallProps");
    requireForm(this, "description", props.description, /^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/, DESCRIPTION);
    this.region = props.region;
    const name = nameOf(this, "security-group", "", props.description);
    requireForm(this, "id", name, /^(?!sg-)/i, "one that makes no name with sg- in front: EC2 keeps those for ids");
    this.group = new SecurityGroup(this, "Resource", {
      name,
      description: props.description,
      vpcId: props.vpcId,
      region: props.region,
      // A group in use cannot be deleted: the successor must be there before its predecessor goes.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** What other firewalls name as their peer. */
  get securityGroupId(): string {
    return this.group.id;
  }

  /**
   * Lets a peer in at one TCP port.
   *
   * @throws where the port is no port, the peer nobody or two at once, the reason empty, or the same one given twice
   */
  allowFrom(peer: Peer, port: number, why: string): void {
    const id = this.rule("from", peer, port, why);
    new VpcSecurityGroupIngressRule(this, id, this.ruleOf(this.group.id, peer, port, why));
  }

  /** Lets what stands behind the firewall reach a peer at one TCP port. */
  allowTo(peer: Peer, port: number, why: string): void {
    const id = this.rule("to", peer, port, why);
    new VpcSecurityGroupEgressRule(this, id, this.ruleOf(this.group.id, peer, port, why));
  }

  /** Lets what stands behind this firewall connect to something: the rule out of here, and the rule in there. */
  connectTo(to: Reachable, why: string): void {
    requireKind(this, "to", to, "Reachable");
    const own = { securityGroupId: this.securityGroupId };
    this.allowTo(to, to.port, why);
    const id = this.rule("into", own, to.port, why);
    new VpcSecurityGroupIngressRule(this, id, this.ruleOf(to.securityGroupId, own, to.port, why));
  }

  /** Lets a peer connect to what stands behind this firewall: the rule in here, and the rule out of there. */
  connectFrom(from: { readonly securityGroupId: string }, port: number, why: string): void {
    const own = { securityGroupId: this.securityGroupId };
    this.allowFrom(from, port, why);
    const id = this.rule("out-of", own, port, why);
    new VpcSecurityGroupEgressRule(this, id, this.ruleOf(from.securityGroupId, own, port, why));
  }

  private ruleOf(securityGroupId: string, peer: Peer, port: number, why: string) {
    return {
      securityGroupId,
      description: why,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      region: this.region,
      ...("securityGroupId" in peer && { referencedSecurityGroupId: peer.securityGroupId }),
      ...("prefixListId" in peer && { prefixListId: peer.prefixListId }),
      ...("cidr" in peer && (isIPv6(peer.cidr.split("/")[0]) ? { cidrIpv6: peer.cidr } : { cidrIpv4: peer.cidr })),
    };
  }

  private rule(direction: "from" | "to" | "into" | "out-of", peer: Peer, port: number, why: string): string {
    requireKind(this, "peer", peer, {});
    requireWhole(this, "port", port, 1, 65_535);
    requireForm(this, "why", why, /^(?=.*\S)[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{1,255}$/, DESCRIPTION);
    requirePeer(this, peer);
    const id = `${direction}-${Token.isUnresolved(port) ? "port" : port}-${kebab(why.toLowerCase())}`;
    const isNew = this.node.tryFindChild(id) === undefined;
    const mend = "say what sets this rule apart";
    requireThat(this, isNew, { prop: "why", must: `be a reason that port ${port} has not got yet`, got: why, mend });
    return id;
  }
}

/** Refuses a peer that EC2 would refuse: none or several at once, an id of something else, half a block. */
function requirePeer(scope: Construct, peer: Peer): void {
  const named = (["securityGroupId", "cidr", "prefixListId"] as const).filter((kind) => kind in peer);
  const must = "be one of securityGroupId, cidr and prefixListId";
  requireThat(scope, named.length === 1, { prop: "peer", must, got: named });
  if ("securityGroupId" in peer) {
    const form = "the id of a security group, such as sg-0123456789abcdef0";
    requireForm(scope, "peer.securityGroupId", peer.securityGroupId, /^(\d{12}\/)?sg-[\w-]+$/, form);
  }
  if ("prefixListId" in peer) {
    const form = "the id of a prefix list, such as pl-0123456789abcdef0";
    requireForm(scope, "peer.prefixListId", peer.prefixListId, /^pl-[\w-]+$/, form);
  }
  if ("cidr" in peer) {
    const block = "be addresses such as 10.20.0.0/16, from the first one on";
    requireThat(scope, isBlock(peer.cidr), { prop: "peer.cidr", must: block, got: peer.cidr });
  }
}

const DESCRIPTION =
  "1 to 255 of the characters that EC2 knows in a description (letters, digits, . _-:/()#,@[]+=&;{}!$*)";
