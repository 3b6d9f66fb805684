import { AlarmBill } from "./alarms/cost";
import { DeclaredDashboard } from "./dashboards/declared";
import { DeclaredExperiment } from "./recovery/experiments/declared";
import { Procedure } from "./procedures";
import { DeclaredOnCall } from "./on-call";
import { DeclaredFence, DeclaredRecovery } from "./recovery/declared";
import { DeclaredBudget, DeclaredObjective } from "./slo/declared";

/** The manifest: what a stack declares and what was found about it, as data. Its schema is `manifest.schema.json`. */
export interface Manifest {
  readonly version: 1;
  readonly stack: string;
  /** Account, region and partition, where the stack says so. */
  readonly place?: Readonly<Record<string, string>>;
  readonly posture: Readonly<Record<string, string | number | boolean>>;
  /** Stacks that must be applied first. */
  readonly dependsOn: readonly string[];
  /** Terraform resources by type. */
  readonly resources: Readonly<Record<string, number>>;
  readonly constructs: readonly DeclaredConstruct[];
  readonly alarms: readonly DeclaredAlarm[];
  /** What all alarms of the stack cost, also those that others made. */
  readonly alarmBill: AlarmBill;
  readonly verdicts: readonly Verdict[];
  readonly waivers: readonly ListedWaiver[];
  readonly figures: readonly ListedFigure[];
  /** What services are made of. */
  readonly services: readonly DeclaredService[];
  /** Objectives of availability and latency, with their alarms. */
  readonly objectives: readonly DeclaredObjective[];
  /** What is done as the budgets of objectives are spent, by whom. */
  readonly budgets: readonly DeclaredBudget[];
  /** Objectives of recovery, and what the mechanisms give. */
  readonly recoveries: readonly DeclaredRecovery[];
  /** Experiments that put claims to the test. */
  readonly experiments: readonly DeclaredExperiment[];
  /** Dashboards: what each shows, its rows follow from the rest. */
  readonly dashboards: readonly DeclaredDashboard[];
  /** Who is told of alarms, in which order. */
  readonly onCall: readonly DeclaredOnCall[];
}

/** What one construct declares. Values that AWS assigns are {@link Reference}s. */
export interface DeclaredConstruct {
  readonly path: string;
  /** The name of its class. */
  readonly is: string;
  readonly signals?: Readonly<Record<string, unknown>>;
  readonly indicators?: Readonly<Record<string, unknown>>;
  readonly recovers?: Readonly<Record<string, unknown>>;
  readonly sla?: Readonly<Record<string, unknown>>;
  readonly protects?: readonly DeclaredProtection[];
  readonly faults?: Readonly<Record<string, unknown>>;
  readonly queries?: Readonly<Record<string, DeclaredQuery>>;
  readonly procedures?: Readonly<Record<string, Procedure>>;
  readonly quotas?: Readonly<Record<string, DeclaredQuota>>;
  readonly fence?: DeclaredFence;
  readonly grows?: Readonly<Record<string, unknown>>;
  /** Which concern keeps which safeguard for it, as `safeguard: path of the concern`. */
  readonly kept: Readonly<Record<string, string>>;
}

/** A question to the logs. */
export interface DeclaredQuery {
  readonly asks: string;
  readonly query: string;
  /** Names; those that AWS assigns are references. */
  readonly logGroups: readonly Written[];
  readonly shows?: "deployments" | "incidents";
}

/** A quota of account and region that a construct takes a part of. */
export interface DeclaredQuota {
  readonly of: string;
  /** The dimensions of `AWS/Usage`. */
  readonly usage: { readonly service: string; readonly resource: string; readonly class?: string };
  readonly asked: { readonly service: string; readonly code: string };
  readonly source: string;
}

/** A service: what it is made of, by construct path. */
export interface DeclaredService {
  readonly path: string;
  readonly entrance?: string;
  readonly runs: readonly string[];
  readonly needs: readonly string[];
  readonly prefers: readonly { readonly on: string; readonly because: string }[];
  /** Every dependency of the service and of those it needs. */
  readonly edges: readonly DeclaredEdge[];
  /** Steps of recovery: what is in one step can come back at the same time. */
  readonly recoveryOrder: readonly (readonly string[])[];
}

/** One dependency: without `to`, `from` is down (hard) or worse (soft, and why). */
export interface DeclaredEdge {
  readonly from: string;
  readonly to: string;
  readonly hard: boolean;
  readonly because?: string;
}

/** Something a construct holds that must not be lost. */
export interface DeclaredProtection {
  readonly type: string;
  readonly arn: unknown;
  readonly name?: Written;
  readonly sizeGib?: number;
  readonly backUp: true | { readonly no: string };
  readonly notCopied?: string;
  readonly needed?: boolean;
  readonly by: readonly string[];
}

/** A value that AWS assigns: the attribute of a Terraform address. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
}

/** A text: known at synthesis, assigned by AWS, or parts of both in order. */
export type Written = string | Reference | { readonly join: readonly (string | Reference)[] };

/** An alarm that a concern made from a signal. */
export interface DeclaredAlarm {
  readonly name: string;
  readonly address: string;
  /** The construct that is watched. */
  readonly path: string;
  /** The signal, or nothing for the composite that speaks for all tickets of a construct. */
  readonly signal?: string;
  readonly zone?: string;
  readonly urgency: "page" | "ticket";
  readonly threshold?: number;
  /** Where it stands, where that is not the region of the stack. */
  readonly region?: string;
  /** How long a breach lasts at most until it rings, in seconds: period × evaluation periods. */
  readonly seconds?: number;
  /**
   * How soon it rings on a breach that does not end, in seconds: the data points that must breach, and the time until
   * CloudWatch looks.
   *
   * @default - as `seconds`
   */
  readonly soonest?: number;
  /** Whether it notifies by itself; the tickets of one construct notify through one composite. */
  readonly notifies: boolean;
}

/** What was found about one promise of one construct. */
export interface Verdict {
  readonly safeguard: string;
  readonly path: string;
  readonly outcome: "kept" | "waived" | "warned" | "broken";
  readonly message: string;
}

/** A safeguard given up, by whom and why. */
export interface ListedWaiver {
  readonly path: string;
  readonly safeguard: string;
  readonly waived: string;
  readonly until?: string;
}

/** A number that a declaration rests on. */
export interface ListedFigure {
  readonly path: string;
  /** Where in the declaration, such as `recovers.zone.Multi-AZ failover.rto`. */
  readonly of: string;
  readonly value: string | number;
  readonly basis: string;
  readonly source: string;
  readonly asOf?: string;
}
