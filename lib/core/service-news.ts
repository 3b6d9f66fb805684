import { IConstruct } from "constructs";
import type { ServiceGraph } from "./service-graph";

/** Kept on the root of the tree, across copies of this package. */
const NEWS = Symbol.for("sre-constructs/service-news");

type Told = (graph: ServiceGraph) => void;

interface News {
  readonly graphs: ServiceGraph[];
  readonly told: Told[];
}

/** Tells of every service of the app: of those that are there, and of each that comes later. */
export function onService(construct: IConstruct, told: Told): void {
  const { graphs, told: others } = newsOf(construct);
  others.push(told);
  graphs.forEach(told);
}

/** The services of the app that are there already. */
export function servicesOf(construct: IConstruct): readonly ServiceGraph[] {
  return newsOf(construct).graphs;
}

/** Says that a service is there. */
export function announce(graph: ServiceGraph): void {
  const { graphs, told } = newsOf(graph);
  graphs.push(graph);
  for (const each of told) each(graph);
}

function newsOf({ node: { root } }: IConstruct): News {
  const known = root as { [NEWS]?: News };
  if (!known[NEWS]) Object.defineProperty(root, NEWS, { value: { graphs: [], told: [] } satisfies News });
  return known[NEWS] as News;
}
