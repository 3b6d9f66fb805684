import { Manifest, Written } from "../manifest";

/** Where the metrics and alarms of a stack are. */
export interface Site {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** What a dashboard reads of one stack: the manifest of its own, extracts of others. */
export type Slice = Pick<Manifest, "stack" | "constructs" | "alarms" | "objectives" | "budgets" | "services"> & {
  readonly place?: Manifest["place"];
};

/** Something that cannot be drawn: a construct, or one signal or indicator of it. */
export interface LeftOut {
  readonly path: string;
  readonly name?: string;
  readonly because: string;
}

/** A rule of EventBridge that matches what happens to a part of a service. */
export interface EventRule {
  readonly path: string;
  readonly rule: Written;
  readonly says: string;
}

/** A dashboard as a concern declares it; its rows follow from the declarations of what it shows. */
export interface DeclaredDashboard {
  readonly path: string;
  /** The name in CloudWatch. */
  readonly name: string;
  readonly title: string;
  /** All parts of a service, or what is most telling of each of several. */
  readonly shows: "service" | "services";
  /** The paths of the graphs. */
  readonly services: readonly string[];
  /** What belongs to the service and is no dependency, by path. */
  readonly also: readonly string[];
  /** The address under which runbooks are published. */
  readonly runbooks?: string;
  readonly rules: readonly EventRule[];
  readonly leftOut: readonly LeftOut[];
  /** What stands in other stacks. */
  readonly others: readonly Slice[];
}
