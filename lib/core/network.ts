/** The name of an availability zone, such as `eu-west-1a`. */
export type Zone = string;

/** The subnets of one zone, by what may reach them. */
export interface ZoneSubnets {
  /**
   * The id of the subnet that the internet reaches: load balancers, NAT gateways.
   *
   * @default - the zone has none
   */
  readonly public?: string;
  /** The id of the subnet that reaches the internet, not the other way round: instances, tasks. */
  readonly private: string;
  /**
   * The id of the subnet without a way out: databases, caches.
   *
   * @default - the private subnet
   */
  readonly data?: string;
}

/** Where a service stands: our `Network`, or a literal that names one that exists. An import is a literal. */
export interface Placement {
  readonly vpcId: string;
  readonly zones: Readonly<Record<Zone, ZoneSubnets>>;
}

/** Who a rule of a firewall speaks of: another firewall's group, addresses, or a prefix list. */
export type Peer = { readonly securityGroupId: string } | { readonly cidr: string } | { readonly prefixListId: string };

/** Something that takes connections at one TCP port: our `Postgres`, or a literal. */
export interface Reachable {
  readonly securityGroupId: string;
  readonly port: number;
}
