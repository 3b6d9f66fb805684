/** What a `Network` can be told. */
export interface NetworkProps {
  /**
   * Its addresses, /16 to /22. They are laid out for eight zones, by letter; they cannot change later.
   *
   * @see docs/architecture.md
   */
  readonly cidr: string;
  /**
   * The names of its zones, at least two, such as `["eu-west-1a", "eu-west-1b"]`. Where the posture shares one NAT
   * gateway, it stands in the first.
   *
   * @default - as many of the region's zones as the posture says
   */
  readonly zones?: readonly string[];
  /**
   * CIDRs of networks that this one is connected to (peering, transit gateway, VPN) and so must not overlap.
   *
   * @default - none
   */
  readonly connectedTo?: readonly string[];
  /**
   * Services of AWS to reach without the internet, by their short names: `["ssm", "ecr.api", "secretsmanager"]`. Each
   * costs by the hour and zone; S3 and DynamoDB are always there and cost nothing.
   *
   * @default - none
   */
  readonly endpoints?: readonly string[];
  /**
   * The ARN of the KMS key for the flow logs; the CloudWatch Logs service must be allowed to use it.
   *
   * @default - a key of its own
   */
  readonly key?: string;
}
