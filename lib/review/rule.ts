import { Manifest } from "./manifest";

/** The configuration of one resource, as Terraform reads it. */
export type ResourceConfig = Readonly<Record<string, unknown>>;

/** The construct path of a resource, which synthesis writes into its configuration; a plan has none. */
export function pathOf(config: ResourceConfig): string | undefined {
  return (config["//"] as { metadata?: { path?: string } } | undefined)?.metadata?.path;
}

/** What rules judge: declarations, and the resources that some rule asked for. Plain data, from wherever it is. */
export interface Facts extends Pick<
  Manifest,
  "constructs" | "alarms" | "services" | "objectives" | "recoveries" | "experiments" | "place"
> {
  /** Resources by type and name, for the types that rules read. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, ResourceConfig>>>>;
}

/** What a rule found at one place. */
export interface Found {
  /** The path of the construct, of ours or not; the address of the resource, where nothing tells its path. */
  readonly path: string;
  readonly kept: boolean;
  readonly message: string;
  /** Whether it only warns, in every posture. @default - it fails where the posture says so */
  readonly advice?: true;
}

/** A promise that is judged over data: at synthesis, in CI, over a plan. */
export interface Rule {
  readonly safeguard: string;
  /** Resource types that the rule reads besides the declarations. */
  readonly reads: readonly string[];
  readonly judge: (facts: Facts) => Found[];
}
