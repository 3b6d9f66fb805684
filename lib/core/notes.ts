import { IConstruct } from "constructs";

const PREFIX = "sre-constructs/";

/**
 * Leaves a note on a construct: what one part of the library tells another without knowing it.
 *
 * It is node metadata, so it also crosses from one copy of this package to another.
 */
export function note(construct: IConstruct, kind: string, value: unknown): void {
  construct.node.addMetadata(PREFIX + kind, value);
}

/** The notes of one kind on a construct, oldest first. */
export function notesOf<T>(construct: IConstruct, kind: string): T[] {
  return construct.node.metadata.filter(({ type }) => type === PREFIX + kind).map(({ data }) => data as T);
}
