import { Token } from "cdktf";
import { Fence } from "../core/fence";

/** What keeps a region out of the answers of DNS. */
export interface Answered {
  readonly domain: { readonly name: string; readonly zoneId: string };
  /** The regions that may be the lost one: of a failover the primary alone. */
  readonly regions: readonly string[];
  readonly ttlSeconds: number;
  /** @default - health alone decides */
  readonly switches?: Readonly<Record<string, string>>;
}

/**
 * DNS would lead back as soon as the lost region answers again: its check is made one that never succeeds. A check that is
 * only inverted would lead there at once, while nothing answers; so it is disabled, which makes it healthy, and inverted.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
 */
export function regionFence({ domain, regions, ttlSeconds, switches }: Answered): Fence {
  // DNS spells the star of a wildcard in octal digits.
  const name = `${domain.name.replace("*", String.raw`\052`)}.`;
  const record = `ResourceRecordSets[?Name=='${name}' && SetIdentifier=='$LOST'].HealthCheckId | [0]`;
  const others = regions.length > 1 ? `, ${regions.join(" or ")}` : "";
  return {
    steps: [
      `Keep the lost region${others}: \`LOST=${regions[0]}\`.`,
      ...(switches ? switchedOff(switches) : []),
      `Find what DNS asks of it: \`CHECK=$(aws route53 list-resource-record-sets --hosted-zone-id ${domain.zoneId} --query "${record}" --output text)\`.`,
      `Let DNS never lead back by itself: \`aws route53 update-health-check --health-check-id "$CHECK" --disabled --inverted\`. Route 53 is edited in us-east-1: where that is the lost region, the doors below keep it out until it answers.`,
      `It does not hold alone. Where no region is healthy DNS leads to the lost one all the same; and who has kept an old answer for longer than ${ttlSeconds} seconds, or a connection, still comes there. The doors below keep them out.`,
    ],
    holds: `Does it count as unhealthy, whatever answers? It must say True twice: \`aws route53 get-health-check --health-check-id "$CHECK" --query 'HealthCheck.HealthCheckConfig.[Disabled,Inverted]' --output text\`.`,
  };
}

/** By the data plane of routing controls, of which four regions may be lost. What AWS assigns is found by its name. */
function switchedOff(switches: Readonly<Record<string, string>>): string[] {
  const at = '--region "$AT" --endpoint-url "$ENDPOINT"';
  const named = `RoutingControls[?ends_with(RoutingControlName, '$LOST')].RoutingControlArn | [0]`;
  const known = Object.entries(switches).filter(([, arn]) => !Token.isUnresolved(arn));
  const found = known.map(([region, arn]) => `${region} has ${arn}`).join(", ");
  return [
    "Take an endpoint that you wrote down, or one of these: `aws route53-recovery-control-config list-clusters --region us-west-2 --query 'Clusters[].ClusterEndpoints[].[Region,Endpoint]' --output text`. Paste a line whose region is there after: `read -r AT ENDPOINT`.",
    known.length > 0
      ? `Paste the switch of the lost region after \`read -r SWITCH\`: ${found}.`
      : `Find its switch: \`SWITCH=$(aws route53-recovery-cluster list-routing-controls ${at} --query "${named}" --output text)\`.`,
    `Turn it off: \`aws route53-recovery-cluster update-routing-control-state ${at} --routing-control-arn "$SWITCH" --routing-control-state Off\`.`,
  ];
}
