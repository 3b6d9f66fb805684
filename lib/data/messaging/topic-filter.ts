import { IConstruct } from "constructs";
import { requireThat, requireWhole } from "../../core/guard";
import { DeliveryProps } from "./topic-props";

type Filter = NonNullable<DeliveryProps["filter"]>;

/** Names in one filter, wherever in it they stand. */
const MOST_NAMES = 5;

/**
 * Refuses a filter that SNS would, or that lets nothing through.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function requireFilter(scope: IConstruct, filter: Filter, on: DeliveryProps["filterOn"]): void {
  const names = namesIn(scope, "filter", filter, on === "body");
  requireWhole(scope, "filter", names, 1, MOST_NAMES, "it counts names; leave it out for all messages");
}

function namesIn(scope: IConstruct, prop: string, filter: Filter, nested: boolean): number {
  return Object.entries(filter).reduce((sum, [name, values]) => {
    const at = `${prop}.${name}`;
    if (nested && isFilter(values)) return sum + namesIn(scope, at, values, nested);
    const must = "be a list of at least one value";
    requireThat(scope, Array.isArray(values) && values.length > 0, { prop: at, must, got: values });
    return sum + 1;
  }, 0);
}

function isFilter(values: unknown): values is Filter {
  return typeof values === "object" && values !== null && !Array.isArray(values);
}
