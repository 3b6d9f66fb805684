import { ImageRepository } from "./image-repository";

/** What the names of repositories begin with that are replicated, by the region that they are replicated to. */
export type Prefixes = Readonly<Record<string, readonly string[]>>;

/** What is replicated to each region, in an order that does not depend on that of the list. */
export function prefixesOf(of: readonly Pick<ImageRepository, "name" | "replicateTo">[], also: Prefixes): Prefixes {
  const pairs = [
    ...of.map(({ replicateTo, name }) => [replicateTo as string, name]),
    ...Object.entries(also).flatMap(([region, prefixes]) => prefixes.map((prefix) => [region, prefix])),
  ];
  const regions = [...new Set(pairs.map(([region]) => region))].sort();
  const sorted = (wanted: string) => [
    ...new Set(pairs.filter(([region]) => region === wanted).map(([, prefix]) => prefix)),
  ];
  return Object.fromEntries(regions.map((region) => [region, shortest(sorted(region).sort())]));
}

/** What another one selects as well is not said twice. */
function shortest(prefixes: readonly string[]): string[] {
  return prefixes.filter((prefix) => !prefixes.some((other) => other !== prefix && prefix.startsWith(other)));
}

/** A list in parts of at most so many. */
export function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
