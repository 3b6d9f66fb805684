import { IConstruct } from "constructs";
import { requireThat } from "../core/guard";
import { note, notesOf } from "../core/notes";
import { placeOf } from "../core/place";
import type { Prefixes } from "./image-prefixes";

/** A repository, as the replication of its registry knows it. */
export interface KnownRepository {
  /** The account and the region: there is one registry in each. */
  readonly registry: string;
  readonly path: string;
  readonly name: string;
  /** @default - its images stay in their region */
  readonly replicateTo?: string;
}

/** The replication of a registry, as repositories know it. */
export interface KnownReplication {
  readonly registry: string;
  readonly path: string;
  readonly prefixes: Prefixes;
}

const REPOSITORY = "image-repository";
const REPLICATION = "image-replication";

/** The registry that a construct belongs to. */
export function registryOf(construct: IConstruct): string {
  const { account, region } = placeOf(construct);
  return `${account}/${region}`;
}

/**
 * Tells the whole app of a repository.
 *
 * @throws where another one makes the same, or a replica of that name, in one of its regions
 */
export function tellOfRepository(
  construct: IConstruct,
  { name, replicateTo }: Pick<KnownRepository, "name" | "replicateTo">,
): void {
  const known: KnownRepository = { registry: registryOf(construct), path: construct.node.path, name, replicateTo };
  for (const other of notesOf<KnownRepository>(construct.node.root, REPOSITORY)) {
    const [twice] = registriesOf(known).filter((registry) => registriesOf(other).includes(registry));
    const isOther = other.name !== name || twice === undefined;
    const mend = "one with replicateTo serves both regions: name its images by uriIn(region)";
    requireThat(construct, isOther, {
      prop: "name",
      must: `be made once in ${twice}, as ${other.path} does`,
      got: name,
      mend,
    });
  }
  note(construct.node.root, REPOSITORY, known);
}

/** The registries that it stands in, with its replica. */
function registriesOf({ registry, replicateTo }: KnownRepository): string[] {
  const [account] = registry.split("/");
  return [registry, ...(replicateTo === undefined ? [] : [`${account}/${replicateTo}`])];
}

/** Tells the whole app of a replication. */
export function tellOfReplication(construct: IConstruct, prefixes: Prefixes): void {
  const known = { registry: registryOf(construct), path: construct.node.path, prefixes };
  note(construct.node.root, REPLICATION, known satisfies KnownReplication);
}

/** The repositories of the same registry, in all stacks. */
export function repositoriesBeside(construct: IConstruct): KnownRepository[] {
  const registry = registryOf(construct);
  return notesOf<KnownRepository>(construct.node.root, REPOSITORY).filter((each) => each.registry === registry);
}

/** The replication of the same registry, in whatever stack. */
export function replicationBeside(construct: IConstruct): KnownReplication | undefined {
  const registry = registryOf(construct);
  return notesOf<KnownReplication>(construct.node.root, REPLICATION).find((each) => each.registry === registry);
}

/** The prefix by which a registry replicates a repository to a region, if it does. */
export function prefixOf(prefixes: Prefixes, region: string, name: string): string | undefined {
  return (prefixes[region] ?? []).find((prefix) => name.startsWith(prefix));
}
