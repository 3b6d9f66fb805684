import { Zone } from "../core/network";

/** What the ways out of a network are found by, in commands: all names are known at synthesis. */
export interface Outward {
  /** How its subnets, route tables and gateways are named. */
  readonly name: string;
  readonly cidr: string;
  /** The log group of its flow logs. */
  readonly flowLogs: string;
  /** The zones that have a NAT gateway. */
  readonly natZones: readonly Zone[];
}

function natOf({ name }: Outward, zone: Zone): string {
  return `$(aws ec2 describe-nat-gateways --filter Name=tag:Name,Values=${name}-nat-${zone} Name=state,Values=available --query 'NatGateways[0].NatGatewayId' --output text)`;
}

/** Whom the private subnets ask outside, most often first. */
export function destinations({ flowLogs, cidr }: Outward): string {
  const query = `filter not isIpv4InSubnet(dstAddr, "${cidr}") | stats count(*) as times by dstAddr, dstPort | sort times desc | limit 20`;
  return [
    `\`QUERY=$(aws logs start-query --log-group-names ${flowLogs} --start-time $(($(date +%s) - 900)) --end-time $(date +%s) --query-string '${query}' --query queryId --output text)\``,
    '`until aws logs get-query-results --query-id "$QUERY" --query status --output text | grep -qvE "Scheduled|Running"; do sleep 2; done`',
    "`aws logs get-query-results --query-id \"$QUERY\" --query 'results[].[[0].value,[1].value,[2].value]' --output text`",
  ].join(", ");
}

/** Whether the gateways are well by their own account. */
export function gateways({ name }: Outward): string {
  return `aws ec2 describe-nat-gateways --filter 'Name=tag:Name,Values=${name}-nat-*' --query "NatGateways[].[NatGatewayId,Tags[?Key=='Zone']|[0].Value,State,FailureMessage]" --output text`;
}

/** What relieves clients whose connections out fail. */
export function networkRelief(out: Outward) {
  const { name, natZones } = out;
  const through = natZones.map((zone, index) => {
    const other = natZones[(index + 1) % natZones.length];
    const table = `$(aws ec2 describe-route-tables --filters Name=tag:Name,Values=${name}-private-${zone} --query 'RouteTables[0].RouteTableId' --output text)`;
    return `In ${zone}: \`aws ec2 replace-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${natOf(out, other)}\`.`;
  });
  const addresses = natZones.map(
    (zone) =>
      `In ${zone}: \`aws ec2 associate-nat-gateway-address --nat-gateway-id ${natOf(out, zone)} --allocation-ids $(aws ec2 allocate-address --query AllocationId --output text)\`.`,
  );
  return {
    /** Sends a zone out through another one's gateway. */
    otherWay:
      natZones.length > 1
        ? `One zone alone: send it out through another one's gateway. ${through.join(" ")} The next apply takes that back: let nobody apply until the gateway is well.`
        : "The network has one gateway: where each zone needs its own, the posture says so (`natGateways`).",
    /** As many ports once more, from an address that others may not let in. */
    address: `Give the gateway a second address, with as many ports once more; those who let you in by address do not know it. ${addresses.join(" ")} The next apply takes it off: release it then, and mend what uses up the ports.`,
  };
}
