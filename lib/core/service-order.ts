/** A dependency between two nodes of any kind. */
interface Dependency<T> {
  readonly from: T;
  readonly to: T;
  readonly hard: boolean;
}

/** The nodes of a circle of dependencies, the first one again at the end; nothing where there is none. */
export function cycleOf<T>(edges: readonly Dependency<T>[]): T[] | undefined {
  const done = new Set<T>();
  const visit = (node: T, way: readonly T[]): T[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const { to } of edges.filter(({ from }) => from === node)) {
      const circle = visit(to, [...way, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const { from } of edges) {
    const circle = visit(from, []);
    if (circle) return circle;
  }
  return undefined;
}

/** What a node cannot do without, near and far: it is down when one of these is. */
export function neededBy<T>(node: T, edges: readonly Dependency<T>[]): T[] {
  const found = new Set<T>();
  const follow = (from: T): void => {
    for (const { to } of edges.filter((edge) => edge.hard && edge.from === from)) {
      if (found.has(to)) continue;
      found.add(to);
      follow(to);
    }
  };
  follow(node);
  return [...found];
}

/** Nodes in steps: each after all that it needs, and in the first step that is possible. Edges must not run in a circle. */
export function inRecoveryOrder<T>(nodes: readonly T[], edges: readonly Dependency<T>[]): T[][] {
  const steps = new Map<T, number>();
  const stepOf = (node: T): number => {
    const known = steps.get(node);
    if (known !== undefined) return known;
    const needs = edges.filter(({ from, hard }) => hard && from === node).map(({ to }) => stepOf(to));
    const step = needs.length === 0 ? 0 : Math.max(...needs) + 1;
    steps.set(node, step);
    return step;
  };
  const last = Math.max(...nodes.map(stepOf));
  return Array.from({ length: last + 1 }, (_, step) => nodes.filter((node) => steps.get(node) === step));
}
