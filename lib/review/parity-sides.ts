import { ResourceConfig } from "./rule";

/** Resources by type and name; a stack and its standby give the same names to the same things. */
export type Inventory = Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;

/** What stands in one region. */
export interface Side {
  readonly region: string;
  readonly resources: Inventory;
}

/** Something of the primary, and where a counterpart may stand. */
export interface Own {
  readonly address: string;
  readonly config: ResourceConfig;
  readonly primary: Side;
  /** Every stack that is known, each with its region. */
  readonly sides: readonly Side[];
}
