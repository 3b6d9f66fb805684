import { Placement } from "../core/network";

/** Where a store stands, and what it is encrypted with. */
export interface StoreSite {
  readonly network: Placement;
  /** The ARN of a KMS key. @default - a key of its own */
  readonly key?: string;
  /** @default - the region of the stack */
  readonly region?: string;
}
