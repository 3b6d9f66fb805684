import { Recoverable } from "../core/declarations";
import { Duration } from "../core/duration";
import { ServiceGraph } from "../core/service-graph";
import { Measurement } from "../review/recovery/declared";

/** How fast a service must be back after a loss, and how much of the newest data it may lose. */
export interface Objective {
  /** Recovery time objective: from the loss until requests are served again. */
  readonly rto: Duration;
  /** Recovery point objective: how much of the newest data may be lost. */
  readonly rpo: Duration;
  /**
   * How long until somebody notices; it counts only where people have to act. Shorter than the first page takes, it fails.
   *
   * @default - as long as the fastest page takes of what nothing else in the service needs, 15 minutes without one
   */
  readonly detection?: Duration;
}

/** An objective for a loss that no alarm tells of. */
export interface CorruptionObjective extends Objective {
  /** How long bad data may go unnoticed: nothing measures it, so somebody has to say it. */
  readonly detection: Duration;
}

/** What an `Objectives` can be told. */
export interface ObjectivesProps {
  /** The service whose parts must all come back, or one construct. */
  readonly of: ServiceGraph | Recoverable;
  /** The loss of one instance. @default - no objective */
  readonly instance?: Objective;
  /** The loss of one zone. @default - no objective */
  readonly zone?: Objective;
  /**
   * The loss of the region. Where the service takes requests, something in the graph leads them to another region, such as
   * a `RegionFailover`.
   *
   * @default - no objective
   */
  readonly region?: Objective;
  /** A bad write or deletion, by mistake or on purpose. @default - no objective */
  readonly corruption?: CorruptionObjective;
  /** The loss of the account, or of the control over it. @default - no objective */
  readonly account?: Objective;
  /**
   * How long people take to decide where a mechanism does not act by itself.
   *
   * @default "15 minutes" - 5 to answer and 10 to decide, as assumed
   */
  readonly decision?: Duration;
  /**
   * Records of restores and game days; each replaces what is assumed of the same mechanism. Keep them as JSON in the
   * repository (`sre-constructs/measured.schema.json`).
   *
   * @default - nothing was measured
   */
  readonly measured?: readonly Measurement[];
  /** Who leads a recovery, for the plan. @default "the engineer on call" */
  readonly owner?: string;
}
