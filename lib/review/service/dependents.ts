import { DeclaredService, Manifest } from "../manifest";

/** A service, and whether it is down or only worse without a construct. */
export interface Dependent {
  readonly service: DeclaredService;
  readonly hard: boolean;
  /** What is worse. */
  readonly because?: string;
}

/** The services that depend on a construct by their graphs. */
export function dependentsOn({ services }: Pick<Manifest, "services">, path: string): Dependent[] {
  return services.flatMap((service): Dependent[] => {
    if (hardParts(service).has(path)) return [{ service, hard: true }];
    const soft = service.edges.find(({ to, hard }) => to === path && !hard);
    if (soft) return [{ service, hard: false, because: soft.because }];
    // What a part needs that the service only prefers.
    return service.edges.some(({ to }) => to === path) ? [{ service, hard: false }] : [];
  });
}

/** The services that a construct has to do with: it is a part of them, is one, or keeps a promise of theirs. */
export function servicesAround(manifest: Manifest, path: string): DeclaredService[] {
  const { services, objectives, budgets } = manifest;
  const kept = budgets.find((budget) => budget.path === path)?.objectives.map((each) => each.path) ?? [];
  const promised = objectives.filter((each) => each.path === path || kept.includes(each.path)).map((of) => of.service);
  const parts = dependentsOn(manifest, path).map(({ service }) => service);
  return services.filter((service) => parts.includes(service) || [path, ...promised].includes(service.path));
}

/** What a service is down without, near and far. */
function hardParts({ entrance, runs, edges }: DeclaredService): ReadonlySet<string> {
  const found = new Set([...(entrance === undefined ? [] : [entrance]), ...runs]);
  // A set takes what is added while it is walked.
  for (const from of found) {
    for (const edge of edges) if (edge.hard && edge.from === from) found.add(edge.to);
  }
  return found;
}
