import { Construct } from "constructs";
import type { Arbitrary } from "fast-check";

/** A pattern, and what it is told. */
export interface Case {
  /** What is made: `Postgres`. */
  readonly of: string;
  readonly props: Arbitrary<object>;
  /** Makes it, with the least that it needs around it. */
  readonly make: (scope: Construct, id: string, props: never) => Construct;
}

/** A case whose props and construct go together. */
export function generated<P extends object>(
  of: string,
  props: Arbitrary<P>,
  make: (scope: Construct, id: string, props: P) => Construct,
): Case {
  return { of, props, make };
}
