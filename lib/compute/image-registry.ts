import { IConstruct } from "constructs";
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

/** Tells the whole app of a repository. */
export function tellOfRepository(
  construct: IConstruct,
  { name, replicateTo }: Pick<KnownRepository, "name" | "replicateTo">,
) {
  const known = { registry: registryOf(construct), path: construct.node.path, name, replicateTo };
  note(construct.node.root, REPOSITORY, known satisfies KnownRepository);
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
