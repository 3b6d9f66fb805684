/** An objective, its windows and its alarms. Decimals are texts, so that none is rounded on its way. */
export interface DeclaredObjective {
  readonly path: string;
  /** The path of the service's graph. */
  readonly service: string;
  /** What is measured. */
  readonly indicator: Readonly<Record<string, unknown>> & { readonly kind: string; readonly counts: string };
  /** The construct that declares the indicator, where it is a part of the service, and by which name. */
  readonly measures?: { readonly path: string; readonly indicator: string };
  /** Per cent of good events: `99.9`. */
  readonly objective: number;
  /** The same as a share: `0.999`. */
  readonly target: string;
  /** The share of events that may be bad: `0.001`. */
  readonly budget: string;
  readonly period: string;
  /** How long a good event may take. */
  readonly within?: string;
  readonly minimumFailures: number;
  readonly expectedRequestsPerHour?: number;
  readonly windows: readonly DeclaredBurn[];
  /** The names of the alarms that tell people; none where a Prometheus does. */
  readonly alarms: Readonly<Partial<Record<"page" | "ticket", string>>>;
  readonly runbook: string;
  readonly ceiling: DeclaredCeiling;
}

/** A pair of windows. */
export interface DeclaredBurn {
  readonly urgency: "page" | "ticket";
  readonly long: string;
  readonly short: string;
  /** Per cent of the budget that is gone when it fires. */
  readonly spends: number;
  /** How many times faster than allowed the budget burns: `14.4`. */
  readonly factor: string;
  /** The share of bad events above which both windows burn: `0.0144`. */
  readonly threshold: string;
  /** Seconds of a total outage until it fires, without the minute that CloudWatch looks at, and the delay of the metric. */
  readonly firesAfter: number;
  /** The names of the two alarms. */
  readonly alarms?: { readonly long: string; readonly short: string };
}

/** What the providers of all hard dependencies promise together. */
export interface DeclaredCeiling {
  /** The product in per cent; nothing where no dependency has a figure. */
  readonly product?: string;
  readonly shares: readonly CeilingShare[];
  /** Dependencies without a figure: unknown, not perfect. */
  readonly unknown: readonly string[];
}

/** What one dependency may take of the budget. */
export interface CeilingShare {
  readonly path: string;
  readonly sla: number;
  /** Per cent of the objective's budget that is gone when the provider just keeps its promise. */
  readonly share: string;
  readonly source: string;
  readonly asOf?: string;
}

/** What is done as a budget is spent, by whom. */
export interface DeclaredBudget {
  readonly path: string;
  /** The remaining budget of each objective as a metric. */
  readonly objectives: readonly {
    readonly path: string;
    readonly metric: Readonly<Record<string, unknown>>;
    /** The alarms, by per cent spent. */
    readonly alarms: Readonly<Record<string, string>>;
  }[];
  readonly policy: readonly DeclaredStep[];
  readonly runbook: string;
}

/** One step of a policy. */
export interface DeclaredStep {
  readonly spent: number;
  readonly urgency: "page" | "ticket";
  readonly who: string;
  readonly does: string;
  readonly releases: "open" | "reviewed" | "frozen";
}
