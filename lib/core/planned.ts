import { Aspects, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ResourceConfig } from "../review/rule";
import { prepared } from "./tokens";

/** A plan as cdktf writes it. */
interface Planned {
  readonly "//"?: { readonly metadata?: { readonly overrides?: { readonly stack?: readonly string[] } } };
  readonly resource?: Resources;
}

/** Resources by type and name. */
type Resources = Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;

/** What a resource adds to a plan: itself, and seldom what it was imported or moved from. */
type Fragment = Pick<Planned, "resource">;
type Fragments = ReadonlyMap<TerraformResource, Fragment>;

/** The plans of the synthesis that runs now, by the root of its tree. */
const plans = new WeakMap<IConstruct, ReadonlyMap<TerraformStack, Planned>>();

/** What resources of a stack add to its plan, since cdktf prepared it. */
const kept = new WeakMap<TerraformStack, Fragments>();

/** What was worked out in the synthesis that runs now, by the root of its tree. */
const worked = new WeakMap<IConstruct, Map<IConstruct, unknown>>();

/** What a construct works out from all that is declared: once a synthesis, since by then nothing changes any more. */
export function oncePerSynthesis<T>(construct: IConstruct, work: () => T): T {
  const known = worked.get(construct.node.root);
  if (!known) return work();
  if (!known.has(construct)) known.set(construct, work());
  return known.get(construct) as T;
}

/** The plan of a stack where it is made already: whoever reads it need not resolve the stack again. */
export function plannedIn(stack: TerraformStack): Planned | undefined {
  return plans.get(stack.node.root)?.get(stack);
}

/** What a resource adds to the plan, where that is made already. */
export function keptOf(resource: TerraformResource): Fragment | undefined {
  return kept.get(TerraformStack.of(resource))?.get(resource);
}

/**
 * Keeps what cdktf makes of resources when it looks for references between stacks: it would throw that away, and make it
 * twice more for the plan.
 */
export function keepPrepared(stack: TerraformStack): void {
  const prepare = stack.prepareStack.bind(stack);
  stack.prepareStack = () => {
    const fragments = new Map<TerraformResource, Fragment>();
    const keep = (resource: TerraformResource) => {
      const make = resource.toTerraform.bind(resource);
      return () => {
        const { value, isFixed } = prepared<Fragment>(stack, make());
        if (isFixed) fragments.set(resource, value);
        return {};
      };
    };
    instead(
      resourcesOf(stack).map((resource) => [resource, keep(resource)]),
      prepare,
    );
    kept.set(stack, fragments);
  };
}

/** Makes the plans of all stacks of an app, whose parts are all there: what judges them and what writes them read the same. */
export function makePlans(root: IConstruct, stacks: readonly TerraformStack[]): void {
  forgetPlans(root);
  worked.set(root, new Map());
  plans.set(root, new Map(stacks.map((stack) => [stack, planOf(stack)])));
}

/** Forgets the plans of an app: what is defined from now on must be seen. */
export function forgetPlans(root: IConstruct): void {
  plans.delete(root);
  worked.delete(root);
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

/** The plan of a stack: cdktf makes what was not kept, and merges what more than one writes to. */
function planOf(stack: TerraformStack): Planned {
  const fragments: Fragments = kept.get(stack) ?? new Map();
  const isAlone = (fragment: Fragment) => Object.keys(fragment).join() === "resource";
  const alone = new Set([...fragments.values()].filter(isAlone));
  const make = (apart: ReadonlySet<Fragment>) =>
    instead(
      [...fragments].map(([resource, fragment]) => [resource, () => (apart.has(fragment) ? {} : fragment)]),
      () => stack.toTerraform() as Planned,
    );
  try {
    return joined(make(alone), alone) ?? make(new Set());
  } finally {
    // Whatever changes from now on must be seen when the stack is synthesized again.
    kept.delete(stack);
  }
}

/** A plan with further resources, unless something in it writes to one of them, too. */
function joined(plan: Planned, fragments: ReadonlySet<Fragment>): Planned | undefined {
  if (plan["//"]?.metadata?.overrides?.stack?.includes("resource")) return undefined;
  const resource: Record<string, Record<string, ResourceConfig>> = { ...plan.resource };
  for (const fragment of fragments) {
    for (const [type, named] of Object.entries(fragment.resource ?? {})) {
      const known = (resource[type] ??= {});
      if (Object.keys(named).some((name) => name in known)) return undefined;
      Object.assign(known, named);
    }
  }
  return Object.keys(resource).length > 0 ? { ...plan, resource } : plan;
}

/** Runs something while resources add to the plan what is given here. */
function instead<T>(given: readonly (readonly [TerraformResource, () => object])[], run: () => T): T {
  for (const [resource, add] of given) resource.toTerraform = add;
  try {
    return run();
  } finally {
    for (const [resource] of given) Reflect.deleteProperty(resource, "toTerraform");
  }
}

function resourcesOf(stack: TerraformStack): TerraformResource[] {
  return stack.node
    .findAll()
    .filter((each) => TerraformElement.isTerraformElement(each) && TerraformResource.isTerraformResource(each))
    .map((each) => each as TerraformResource)
    .filter((each) => !Object.hasOwn(each, "toTerraform"));
}

function hasAspects(stack: TerraformStack): boolean {
  return stack.node.findAll().some((construct) => Aspects.of(construct).all.length > 0);
}
