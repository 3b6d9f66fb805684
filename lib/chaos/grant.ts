import { Place } from "../core/place";
import { Statement } from "../parts/policy";

type Where = Required<Place>;

/** Of the action, as the template has them. */
type Parameters = Readonly<Record<string, string>>;

/** What an experiment's role may do for one action. */
export interface Grant {
  /** Alphanumeric, and the same for the same grant of several actions. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** What it may be done to, or why it must be everything. */
  readonly on: ((place: Where, parameters: Parameters) => readonly string[]) | { readonly everything: string };
  /** Whether IAM lets it be narrowed to the ARNs of the target, or also to what carries its tags. @default - it does not */
  readonly narrowed?: true | "by-arn";
  /** What belongs to each ARN of the target, as the end of its own ARN: `/stream/*`. @default - nothing */
  readonly below?: string;
  /** `arns` are those of the target, where it is named by any. @default - always */
  readonly when?:
    | Statement["Condition"]
    | ((place: Where, parameters: Parameters, arns?: readonly string[]) => Statement["Condition"]);
}

/** Resources of this account and region: `regional("rds", "db:*")`. */
export function regional(service: string, ...resources: readonly string[]): (place: Where) => string[] {
  return ({ partition, region, account }) =>
    resources.map((resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`);
}

const BEFORE = "the experiment looks for its targets before it knows an ARN";

/** Targets that are named by tags are looked for with the tagging API, which knows no resources. */
export const BY_TAG: Grant = { sid: "FindByTag", actions: ["tag:GetResources"], on: { everything: BEFORE } };

/** What describes targets; no such call can be narrowed to a resource. */
export function looks(sid: string, ...actions: readonly string[]): Grant {
  return { sid, actions, on: { everything: BEFORE } };
}
