import { Content } from "./content";

/** A question to the logs that is worth keeping, in CloudWatch's own query language. */
export interface Query {
  /** What the answer tells, in a few words: `errors by message`. */
  readonly asks: string;
  /** The commands of the query, joined by ` | `. */
  readonly query: Content;
  /** The names of the log groups. */
  readonly logGroups: readonly string[];
  /**
   * Whether the answer tells of deployments (a dashboard shows it) or of incidents (a review asks it).
   *
   * @default - it is for a runbook only
   */
  readonly shows?: "deployments" | "incidents";
}

/** Queries by name; names are camelCase nouns. */
export type Queries = Readonly<Record<string, Query>>;
