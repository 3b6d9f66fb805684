import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { placeOf } from "../core/place";
import { Statement, policy, requireStatements } from "./policy";

/** What a service may do in this account. */
export interface ServiceRoleProps {
  /** Who takes the role: `monitoring.rds.amazonaws.com`. */
  readonly service: string;
  /**
   * AWS-managed policies, by the path after `policy/`.
   *
   * @default - none
   */
  readonly managed?: readonly string[];
  /**
   * What else the role may do.
   *
   * @default - nothing
   */
  readonly may?: readonly Statement[];
  /**
   * Whether the service says for which account it acts when it takes the role; EC2 instances do not.
   *
   * @default true
   */
  readonly namesAccount?: boolean;
  /**
   * The ARN of what the service acts for when it takes the role, with `*` for what AWS assigns.
   *
   * @default - anything in the account
   */
  readonly sourceArn?: string;
}

/** A role that one AWS service takes, for this account only. Children: the policies, by the last word of their name. */
export function serviceRole(scope: Construct, id: string, props: ServiceRoleProps): IamRole {
  const { service, managed = [], may = [], namesAccount = true, sourceArn } = props;
  requireStatements(scope, "may", may);
  const { account, partition } = placeOf(scope);
  const role = new IamRole(scope, id, {
    name: nameOf(scope, "role", id),
    assumeRolePolicy: policy({
      Sid: "TakenByTheService",
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      ...(namesAccount && {
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": sourceArn } }),
        },
      }),
    }),
  });
  for (const name of managed) {
    new IamRolePolicyAttachment(scope, `${id}-${name.split("/").pop()}`, {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/${name}`,
    });
  }
  if (may.length > 0) new IamRolePolicy(scope, `${id}-policy`, { name: id, role: role.name, policy: policy(...may) });
  return role;
}
