import { ImageRepository } from "./image-repository";

/** What the names of repositories begin with that are replicated, by the region that they are replicated to. */
export type Prefixes = Readonly<Record<string, readonly string[]>>;

/** What is replicated to each region, in an order that does not depend on that of the list. */
export function prefixesOf(of: readonly Pick<ImageRepository, "name" | "replicateTo">[], also: Prefixes): Prefixes {
  const regions = [...of.flatMap(({ replicateTo }) => replicateTo ?? []), ...Object.keys(also)];
  return Object.fromEntries(
    [...new Set(regions)].sort().map((region) => {
      const names = of.filter(({ replicateTo }) => replicateTo === region).map(({ name }) => name);
      return [region, shortest([...names, ...(also[region] ?? [])])];
    }),
  );
}

/** In order, and what another one selects as well is not said twice. */
function shortest(prefixes: readonly string[]): string[] {
  const all = [...new Set(prefixes)].sort();
  return all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
}

/** A list in parts of at most so many. */
export function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
