import { Way } from "../declared";

/** A fault as an experiment brings it about. */
export interface DeclaredFault {
  /** The construct that is broken. */
  readonly path: string;
  /** The stack that the construct stands in. @default - that of the experiment */
  readonly elsewhere?: string;
  /** The name that the construct gives the fault. */
  readonly name: string;
  readonly action: string;
  readonly does: string;
  /** The fault of the same construct that it comes after. @default - it is brought about at once */
  readonly after?: string;
  readonly target?: DeclaredTarget;
  /** The claim of `recovers` that it puts to the test. @default - none: it is cut off for what others claim */
  readonly claim?: Way;
}

/** What a fault is done to. Values that AWS assigns are references. */
export interface DeclaredTarget {
  readonly resourceType: string;
  readonly arns?: readonly unknown[];
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly selection: string;
}

/** An alarm that ends an experiment. */
export interface DeclaredStop {
  readonly name: string;
  /** After how many seconds of outage it rings at the earliest. @default - nothing here says */
  readonly seconds?: number;
  /** The alarm that it stands in for, which would ring within the claimed outage. @default - it is the alarm as given */
  readonly insteadOf?: string;
}

/** When an experiment runs by itself. */
export interface DeclaredSchedule {
  readonly every: "week" | "month" | "quarter";
  readonly window: string;
  readonly timeZone: string;
  /** Why it may run unattended where the posture protects. @default - the posture does not protect */
  readonly acknowledged?: string;
}

/** One experiment: what is broken, what should happen, and what ends it. */
export interface DeclaredExperiment {
  /** The construct that defines it. */
  readonly path: string;
  /** The service, or the construct. */
  readonly of: string;
  readonly name: string;
  /** The Terraform address of the template. */
  readonly address: string;
  /** The tag `Name` of the template: AWS assigns its id. */
  readonly tag: string;
  /** The name of the log group that says what was done. */
  readonly logGroup: string;
  readonly scenario: string;
  /** The zone that is lost, slow or lossy. @default - something else is */
  readonly zone?: string;
  /** Whether the zone answers still, but slowly. @default - it is lost */
  readonly degraded?: "slow" | "lossy";
  /** The region that is cut off. @default - none */
  readonly region?: string;
  readonly hypothesis: string;
  readonly faults: readonly DeclaredFault[];
  /** How long the service may be down by what is claimed, in seconds. */
  readonly claimedSeconds: number;
  readonly takesMinutes: number;
  readonly stopOn: readonly DeclaredStop[];
  /** Where the experiment and its alarms contradict each other, and what was done about it. */
  readonly conflicts: readonly string[];
  /** @default - people start it */
  readonly schedule?: DeclaredSchedule;
}
