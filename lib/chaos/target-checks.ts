import { Construct } from "constructs";
import { Fault, FaultTarget } from "../core/fault";
import { requireForm, requireThat } from "../core/guard";
import { AIMS } from "./action-targets";

const SELECTION = /^(ALL|COUNT\([1-9]\d*\)|PERCENT\(([1-9]\d?|100)\))$/;

/** Refuses a target that the action does not take, or that the service finds in no such way. */
export function requireTarget(
  scope: Construct,
  prop: string,
  { action, target }: Pick<Fault, "action" | "target">,
): void {
  const aim = AIMS[action];
  if (!target || !aim) {
    const must = aim ? `be a ${aim.resourceType}, which ${action} is done to` : `be left out: ${action} has none`;
    return requireThat(scope, !target && !aim, { prop, must, got: target?.resourceType });
  }
  const { key, resourceType, by = ["arns", "tags"] } = aim;
  const given = { key: target.key, resourceType: target.resourceType };
  const must = `be ${key} of ${resourceType}, which ${action} is done to`;
  requireThat(scope, given.key === key && given.resourceType === resourceType, { prop, must, got: given });
  requireForm(scope, `${prop}.selection`, target.selection, SELECTION, "ALL, COUNT(n) or PERCENT(n)");
  const { arns = [], tags = {} } = target;
  const way = wayOf(target);
  const ways = by.map((each) => each.replace("arns", "ARNs"));
  const found = ways.length === 1 ? `be found by ${ways[0]} alone` : `be found by ${ways.join(" or by ")}, not by both`;
  requireThat(scope, way !== undefined && by.includes(way), { prop, must: found, got: { arns, tags } });
  requireThat(scope, arns.length <= 5, { prop: `${prop}.arns`, must: "be at most 5", got: arns.length });
}

/** How a target is found; nothing where that is not said, or said twice. */
function wayOf({ arns = [], tags = {}, parameters = {} }: FaultTarget) {
  const hasTags = Object.keys(tags).length > 0;
  if (arns.length > 0) return hasTags ? undefined : "arns";
  if (hasTags) return "tags";
  return Object.keys(parameters).length > 0 ? "parameters" : undefined;
}
