import { Procedure } from "../review/procedures";

export type { Procedure, ProcedureStep } from "../review/procedures";

/** Procedures by name; names are camelCase nouns, and none of them is the name of a signal. */
export type Procedures = Readonly<Record<string, Procedure>>;
