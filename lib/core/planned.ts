import { Aspects, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ResourceConfig } from "../review/rule";

/** A plan as cdktf writes it. */
interface Planned {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;
}

/** The plans of the synthesis that runs now, by the root of its tree. */
const plans = new WeakMap<IConstruct, ReadonlyMap<TerraformStack, Planned>>();

/** The plan of a stack where it is made already: whoever reads it need not resolve the stack again. */
export function plannedIn(stack: TerraformStack): Planned | undefined {
  return plans.get(stack.node.root)?.get(stack);
}

/** Makes the plans of all stacks of an app, whose parts are all there: what judges them and what writes them read the same. */
export function makePlans(root: IConstruct, stacks: readonly TerraformStack[]): void {
  forgetPlans(root);
  plans.set(root, new Map(stacks.map((stack) => [stack, stack.toTerraform() as Planned])));
}

/** Forgets the plans of an app: what is defined from now on must be seen. */
export function forgetPlans(root: IConstruct): void {
  plans.delete(root);
}

/** Lets cdktf write the plan that is made already: to make one takes most of the time of a synthesis. */
export function withPlan(stack: TerraformStack, write: () => void): void {
  const plan = plannedIn(stack);
  // cdktf invokes aspects when it writes: they may change what was planned.
  if (!plan || hasAspects(stack)) return write();
  stack.toTerraform = () => plan;
  try {
    write();
  } finally {
    Reflect.deleteProperty(stack, "toTerraform");
  }
}

function hasAspects(stack: TerraformStack): boolean {
  return stack.node.findAll().some((construct) => Aspects.of(construct).all.length > 0);
}
