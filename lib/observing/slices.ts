import { TerraformDataSource, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { constructsOf, declarationsOf, recordsOf } from "../core/collect";
import { Place, knownPlace, placeOf } from "../core/place";
import { Elements, addressOf } from "../core/resolve";
import { LeftOut, Slice } from "../review/dashboards/declared";
import { referencesIn } from "../review/dashboards/written";
import { DeclaredAlarm, DeclaredService } from "../review/manifest";
import { DeclaredBudget, DeclaredObjective } from "../review/slo/declared";

/**
 * What a stack declares of some constructs now, as its manifest will have it. Dashboards are not among it: they are made
 * of it.
 */
function sliceOf(stack: TerraformStack, of: readonly IConstruct[]): Slice {
  const elements = new Elements(stack);
  const all = constructsOf(stack);
  const paths = of.map(({ node }) => node.path);
  const objectives = recordsOf<DeclaredObjective>("objective", all, elements).filter(({ service }) =>
    paths.includes(service),
  );
  const kept = objectives.map(({ path }) => path);
  const budgets = recordsOf<DeclaredBudget>("budget", all, elements).filter((budget) =>
    budget.objectives.some(({ path }) => kept.includes(path)),
  );
  const told = [...paths, ...kept, ...budgets.map(({ path }) => path)];
  return {
    stack: stack.node.id,
    place: { ...knownPlace(stack) },
    constructs: declarationsOf(of, elements).constructs,
    services: recordsOf<DeclaredService>("service", of, elements),
    objectives,
    budgets,
    alarms: recordsOf<DeclaredAlarm>("alarm", all, elements).filter(({ path }) => told.includes(path)),
  };
}

/** What a dashboard shows of its own stack and of others, and what of all stacks cannot be drawn in this one. */
export interface Reach {
  readonly own: Slice;
  readonly others: readonly Slice[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Follows what is shown into the stacks where it stands.
 *
 * A dashboard never refers to another stack: that would order their deployments. Of other stacks it draws what is known
 * at synthesis, and says what it leaves out.
 */
export function reachOf(scope: IConstruct, shown: readonly IConstruct[]): Reach {
  const stack = TerraformStack.of(scope);
  const standing = (there: TerraformStack) => shown.filter((construct) => TerraformStack.of(construct) === there);
  const own = sliceOf(stack, standing(stack));
  const leftOut = undrawable(own, addressesOf(stack));
  const others: Slice[] = [];
  for (const other of new Set(shown.map((construct) => TerraformStack.of(construct)))) {
    if (other === stack) continue;
    const because = unreachable(other, placeOf(scope));
    if (because) leftOut.push(...standing(other).map(({ node }) => ({ path: node.path, because })));
    else others.push(sliceOf(other, standing(other)));
  }
  leftOut.push(...others.flatMap((slice) => undrawable(slice, new Set())));
  return { own, others, leftOut };
}

/** Metrics of another account are not seen from here. */
function unreachable(stack: TerraformStack, here: Required<Place>): string | undefined {
  const place = knownPlace(stack);
  if (place?.account === here.account) return undefined;
  return `it stands in ${stack.node.id}, ${place ? `in account ${place.account}` : "nobody says in which account"}`;
}

/** The addresses that a body in this stack can refer to. */
function addressesOf(stack: TerraformStack): Set<string> {
  return new Set(
    stack.node.findAll().flatMap((element) => {
      if (!TerraformElement.isTerraformElement(element)) return [];
      if (TerraformResource.isTerraformResource(element)) return [addressOf(element)];
      if (!TerraformDataSource.isTerraformDataSource(element)) return [];
      return [`data.${element.terraformResourceType}.${element.friendlyUniqueId}`];
    }),
  );
}

function undrawable({ constructs, objectives }: Slice, addresses: ReadonlySet<string>): LeftOut[] {
  const parts = constructs.flatMap(({ path, signals = {}, indicators = {}, queries = {} }) =>
    [signals, indicators, queries].flatMap(Object.entries).map(([name, declared]) => ({ path, name, declared })),
  );
  const promised = objectives.map(({ path, indicator }) => ({ path, declared: indicator }));
  return [...parts, ...promised].flatMap(({ declared, ...what }) => {
    const because = reasonOf(declared, addresses);
    return because === undefined ? [] : [{ ...what, because }];
  });
}

function reasonOf(declared: unknown, addresses: ReadonlySet<string>): string | undefined {
  const far = referencesIn(declared).find(({ address }) => !addresses.has(address));
  if (far) return `AWS assigns ${far.attribute} in another stack`;
  // A body is JSON in a template of Terraform: a quote inside an expression would end its text.
  return /\$\{[^}]*\\"/.test(JSON.stringify(declared)) ? "it is measured by an expression of Terraform" : undefined;
}
