import { IConstruct } from "constructs";
import { Content, verbatim } from "../core/content";
import { requireForm, requireThat } from "../core/guard";

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** @default - identity policies name no principal */
  readonly Principal?: Readonly<Record<string, Content | readonly Content[]>> | "*";
  readonly Action: string | readonly string[];
  /** @default - trust policies name no resource */
  readonly Resource?: Content | readonly Content[];
  /** @default - always */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Content | readonly Content[]>>>>;
}

/** A policy document as the compact text that Terraform and AWS compare; `${aws:username}` is a variable of IAM. */
export function policy(...statements: readonly Statement[]): string {
  return verbatim(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}

/** What publishes metrics of its own may do: metrics are no resources, so a namespace is all that it can be held to. */
export function mayPublish(sid: string, namespace: string): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: "cloudwatch:PutMetricData",
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": namespace } },
  };
}

const ACTION = /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/;

/**
 * Refuses statements that IAM would, or that say nothing, of a policy that stands with a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function requireStatements(scope: IConstruct, prop: string, statements: readonly Statement[]): void {
  for (const [index, { Sid, Principal, Action, Resource }] of statements.entries()) {
    const at = (name: string) => `${prop}[${index}].${name}`;
    requireForm(scope, at("Sid"), Sid, /^[A-Za-z0-9]+$/, "letters and digits");
    const isNew = statements.findIndex((other) => other.Sid === Sid) === index;
    requireThat(scope, isNew, { prop: at("Sid"), must: "be that of one statement", got: Sid });
    const mend = "the role is who may";
    requireThat(scope, Principal === undefined, { prop: at("Principal"), must: "be left out", got: Principal, mend });
    requireSome(scope, at("Action"), Action);
    for (const action of [Action].flat()) requireForm(scope, at("Action"), action, ACTION, "such as s3:GetObject");
    requireSome(scope, at("Resource"), Resource);
  }
}

function requireSome(scope: IConstruct, prop: string, got: Content | readonly Content[] = []): void {
  const holds = [got].flat().length > 0 && ![got].flat().includes("");
  requireThat(scope, holds, { prop, must: "name at least one", got });
}
