/** A quota of an account in a region, of which AWS counts what is used: another stack may use up the rest. */
export interface Quota {
  /** What there may be so many of, for people: `load balancers`. */
  readonly of: string;
  /** What AWS counts it by, the dimensions of `AWS/Usage`. */
  readonly usage: {
    readonly service: string;
    readonly resource: string;
    /** @default "None" */
    readonly class?: string;
  };
  /** What Service Quotas is asked for more by. */
  readonly asked: { readonly service: string; readonly code: string };
  /** Where metric and code are from. */
  readonly source: string;
}

/** Quotas by name; names are camelCase nouns. */
export type Quotas = Readonly<Record<string, Quota>>;
