import { Content } from "../core/content";
import { Duration } from "../core/duration";
import { Entrance } from "../core/entrance";
import { Placement } from "../core/network";
import { MathMeasure, Metric } from "../core/signal";
import { Waiver } from "../core/waiver";
import { Statement } from "../parts/policy";

/** What a `Fleet` must carry, and what one instance of it can. */
export interface Load {
  /** The highest rate that is expected, all instances together. */
  readonly peakRequestsPerSecond: number;
  /** Requests a second that one instance serves and stays within its objectives: from a load test. */
  readonly perInstance: number;
}

/** What a `Fleet` grows and shrinks on. */
export interface ScaleOn {
  /**
   * Of any signal: a metric, or an expression. It must fall when instances are added: a rate or a backlog for each of them,
   * never one for all. What is reckoned from the instances in service is given their metric:
   * `(instances) => queue.backlogPerWorker(instances)`.
   */
  readonly metric: Metric | MathMeasure | ((instances: Metric) => MathMeasure);
  /** What the metric is held at. */
  readonly target: number;
}

/** How much of a `Fleet` may run on capacity that AWS takes back at two minutes' notice, and why. */
export interface SpotShare extends Partial<Waiver> {
  /** Per cent of the instances above those that survive the loss of a zone (1-100); these are always on demand. */
  readonly sharePercent: number;
  /** Two types or more, of the same architecture and strength as `instanceType`: one pool alone runs dry at once. */
  readonly instanceTypes: readonly string[];
}

/** What a `Fleet` can be told. */
export interface FleetProps {
  /** Where it stands: the private subnets of all its zones, at least two. */
  readonly network: Placement;
  /** The id of the machine image. A change replaces the instances, one checkpoint after another. */
  readonly image: string;
  /** Where its requests come from. @default - it takes no requests and scales on `scaleOn` */
  readonly behind?: Entrance;
  /** Required behind an entrance. @default - one instance is enough to work on */
  readonly load?: Load;
  /** @default - requests for each target of the entrance, with headroom for the loss of a zone */
  readonly scaleOn?: ScaleOn;
  /** Requests a second that one instance gets while all zones are there. @default - what leaves room for the loss of one */
  readonly targetPerInstance?: number;
  /** Fewest instances. @default - the smallest multiple of the zones that carries the peak when one zone is lost */
  readonly min?: number;
  /**
   * Most instances.
   *
   * @default - twice what `min` is or should be: a peak twice as high as expected, still without one zone
   */
  readonly max?: number;
  /** @default "m7g.large" */
  readonly instanceType?: string;
  /** Needs a reason where the posture protects from deletion. @default - all instances are on demand */
  readonly spot?: SpotShare;
  /** What an instance runs at its first start, at most 16 KiB: no secrets, everyone on it can read them. @default - none */
  readonly userData?: Content;
  /** What else its role may do; Systems Manager reaches it in any case. @default - nothing */
  readonly may?: readonly Statement[];
  /** More tags for instances and volumes. @default - the provider's default tags and the name */
  readonly tags?: Readonly<Record<string, string>>;
  /** The size of the root volume; not less than the image's. @default 30 */
  readonly rootVolumeGib?: number;
  /** The name under which the image mounts its root. @default "/dev/xvda" */
  readonly rootDevice?: string;
  /**
   * The ARN of a KMS key that the role AWSServiceRoleForAutoScaling may use and make grants on.
   *
   * @default - the account's key for EBS. A key made here would have to name that role in its policy, and KMS refuses a
   * policy that names a role which does not exist: it does not in an account that never had an Auto Scaling group.
   */
  readonly key?: string;
  /** How long a new instance takes until it carries its share. @default "2 minutes" */
  readonly warmUp?: Duration;
  /** How long a new instance may fail health checks; at least `warmUp`. @default "5 minutes" */
  readonly gracePeriod?: Duration;
  /** How old an instance may grow: what is never replaced cannot be. @default "30 days" */
  readonly maxLifetime?: Duration;
  /** How long a rollout waits at each checkpoint, for alarms to speak. @default "10 minutes" */
  readonly checkpointDelay?: Duration;
}
