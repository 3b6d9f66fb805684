import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { FaultTarget } from "../core/fault";
import { Place, arnOf, placeOf } from "../core/place";
import { Statement } from "../parts/policy";
import { serviceRole } from "../parts/service-role";
import { GRANTS } from "./action-grants";
import { BY_TAG, Grant } from "./grant";
import { Action, Template } from "./template";

const DELIVERY: Grant = {
  sid: "DeliverLogs",
  actions: [
    "logs:CreateLogDelivery",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  on: { everything: "the delivery of logs is set up for the account, not for a group" },
};

/** What a report shows, where one is written. */
export interface ReportAccess {
  readonly bucketArn: string;
  /** @default - no graphs */
  readonly dashboard?: string;
}

/** The role of one experiment: what its own actions need, done to its own targets. */
export function experimentRole(scope: Construct, template: Template, report?: ReportAccess): IamRole {
  const place = placeOf(scope);
  const granted = Object.values(template.actions).flatMap(({ id, target, parameters }) => {
    const aim = target && template.targets[target.name];
    const finding = aim?.tags ? [BY_TAG] : [];
    return [...finding, ...GRANTS[id]].map((grant) => statementOf(grant, place, aim, parameters));
  });
  const said = [...granted, statementOf(DELIVERY, place), ...(report ? reporting(report) : [])];
  return serviceRole(scope, "role", {
    service: "fis.amazonaws.com",
    sourceArn: arnOf(scope, "fis", "experiment/*"),
    may: distinct(said),
  });
}

/** A grant, narrowed to what the target is found by where IAM lets it. */
export function statementOf(
  { sid, actions, on, narrowed, below, when }: Grant,
  place: Required<Place>,
  aim?: FaultTarget,
  parameters: Action["parameters"] = {},
): Statement {
  const condition = typeof when === "function" ? when(place, parameters, aim?.arns) : when;
  const tags = narrowed === true && aim?.tags ? tagged(aim.tags) : undefined;
  const arns = narrowed && aim?.arns?.flatMap((arn) => (below === undefined ? [arn] : [arn, `${arn}${below}`]));
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: arns || (typeof on === "function" ? on(place, parameters) : "*"),
    ...((tags || condition) && { Condition: { ...condition, ...tags } }),
  };
}

function tagged(tags: Readonly<Record<string, string>>): Statement["Condition"] {
  const named = Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return { StringEquals: Object.fromEntries(named) };
}

function reporting({ bucketArn, dashboard }: ReportAccess): Statement[] {
  const shown: Statement[] =
    dashboard === undefined
      ? []
      : [
          { Sid: "ReadDashboard", Effect: "Allow", Action: "cloudwatch:GetDashboard", Resource: dashboard },
          // A picture is drawn of metrics, which are no resources.
          { Sid: "DrawGraphs", Effect: "Allow", Action: "cloudwatch:GetMetricWidgetImage", Resource: "*" },
        ];
  const write = ["s3:PutObject", "s3:GetObject"];
  return [{ Sid: "WriteReport", Effect: "Allow", Action: write, Resource: `${bucketArn}/*` }, ...shown];
}

/** Each statement once; the same Sid of another target gets a number, since a policy has each but once. */
function distinct(statements: readonly Statement[]): Statement[] {
  const texts = new Set<string>();
  const seen = new Map<string, number>();
  return statements.flatMap((statement) => {
    const text = JSON.stringify(statement);
    if (texts.has(text)) return [];
    texts.add(text);
    const count = (seen.get(statement.Sid) ?? 0) + 1;
    seen.set(statement.Sid, count);
    return [count === 1 ? statement : { ...statement, Sid: `${statement.Sid}${count}` }];
  });
}
