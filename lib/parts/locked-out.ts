import { Fence } from "../core/fence";

/** What commands find a security group by: AWS assigns its id. */
export interface Door {
  readonly region: string;
  /** The name of the security group. */
  readonly securityGroup: string;
}

/** The id of the security group, for a shell. */
export function securityGroupId({ region, securityGroup }: Door): string {
  return `$(aws ec2 describe-security-groups --region ${region} --filters Name=group-name,Values=${securityGroup} --query 'SecurityGroups[0].GroupId' --output text)`;
}

/**
 * A door that lets nobody in. Connections that are open outlive a rule, so `closes` ends them, and may say how that is seen.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function lockedOut(of: Door, closes: readonly string[]): Fence {
  const { region } = of;
  const inward = "SecurityGroupRules[?!IsEgress].SecurityGroupRuleId";
  const rules = `aws ec2 describe-security-group-rules --region ${region} --filters "Name=group-id,Values=$GROUP"`;
  return {
    steps: [
      `Find who is let in: \`GROUP=${securityGroupId(of)}\`, \`RULES=$(${rules} --query '${inward}' --output text)\`.`,
      `Let nobody in: \`aws ec2 revoke-security-group-ingress --region ${region} --group-id "$GROUP" --security-group-rule-ids $RULES\`.`,
      ...closes,
    ],
    holds: `Is nobody let in? It must say 0: \`${rules} --query 'length(${inward})'\`.`,
  };
}
