import { Duration } from "../duration";
import { DeclaredEdge } from "../manifest";

/** What can be lost. */
export const SCENARIOS = ["instance", "zone", "region", "corruption", "account"] as const;

type Scenario = (typeof SCENARIOS)[number];

/** A length of time and what it rests on. */
export interface Reckoned {
  readonly value: Duration;
  readonly basis: string;
  readonly source: string;
}

/** One way back, as the manifest has it. */
export interface Way {
  readonly mechanism: string;
  readonly rpo: Reckoned;
  readonly rto: Reckoned;
  readonly selfHealing: boolean;
  readonly leadsRequests?: boolean;
  readonly gibPerHour?: { readonly value: number; readonly basis: string; readonly source: string };
  readonly scaleUp?: Reckoned;
  readonly floor?: { readonly rto?: Reckoned; readonly rpo?: Reckoned };
  readonly steps?: readonly string[];
  /** What is done once what was lost is there again. */
  readonly failback?: readonly string[];
  readonly tested?: { readonly every: Duration; readonly by: string };
}

/** How a construct is kept out when its region comes back. */
export interface DeclaredFence {
  readonly steps: readonly string[];
  readonly holds: string;
}

/** A part of a service that has to come back. */
export interface RecoveringComponent {
  readonly path: string;
  readonly is: string;
  /** Whether it holds data that must be backed up: what holds none cannot hold bad data. */
  readonly holdsData: boolean;
  readonly recovers: Readonly<Partial<Record<Scenario, readonly Way[]>>>;
  /** @default - it needs none */
  readonly fence?: DeclaredFence;
}

/** How fast a service must be back after a loss, and how much of the newest data it may lose. */
export interface RecoveryGoal {
  readonly rto: Duration;
  readonly rpo: Duration;
  /** How long until somebody notices. @default - as the alarms say */
  readonly detection?: Duration;
}

/** What a restore or a game day took. Its schema is `measured.schema.json`. */
export interface Measurement {
  /** The construct path, with or without the stack in front. */
  readonly construct: string;
  /** The mechanism, as `recovers` names it. */
  readonly mechanism: string;
  /** The day, YYYY-MM-DD. */
  readonly on: string;
  /** Where it is recorded: the restore job, the report of the experiment. */
  readonly evidence: string;
  /** How long it took. Of a restore it counts only where it is worse than what its size says. @default - not measured */
  readonly rto?: Duration;
  /** How much was lost. @default - not measured */
  readonly rpo?: Duration;
  /** How fast a restore went: it says more than how long it took, since data grows. @default - not measured */
  readonly gibPerHour?: number;
}

/** Objectives of recovery of one service or construct, with all that they are judged by. */
export interface DeclaredRecovery {
  readonly path: string;
  /** The service graph, or the construct. */
  readonly of: string;
  /** Whether requests come in somewhere, which must be led elsewhere when a region is lost. */
  readonly takesRequests: boolean;
  /** Who leads the recovery. */
  readonly owner: string;
  /** How long people take to decide where a mechanism does not act by itself. */
  readonly decision: Reckoned;
  readonly goals: Readonly<Partial<Record<Scenario, RecoveryGoal>>>;
  readonly components: readonly RecoveringComponent[];
  readonly edges: readonly DeclaredEdge[];
  readonly measured: readonly Measurement[];
}
