import { Procedure } from "../review/procedures";

export type { Procedure, ProcedureStep } from "../review/procedures";

/**
 * Procedures by name; names are camelCase nouns, and none of them is the name of a signal. The one named `rollback` takes the
 * last change back: runbooks lead to it.
 */
export type Procedures = Readonly<Record<string, Procedure>>;
