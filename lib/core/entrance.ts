import { Duration } from "./duration";
import { Metric } from "./signal";

/** Where requests come in, for what stands behind it: our `LoadBalancer`, or a literal that names one that exists. */
export interface Entrance {
  readonly targetGroupArn: string;
  /** The port that targets listen on. */
  readonly targetPort: number;
  /** The group that requests to the targets come from. */
  readonly securityGroupId: string;
  /** Requests that one target gets in a minute: what stands behind it scales on this. */
  readonly requestsPerTarget: Metric;
  /** How long a target that leaves may finish its requests. */
  readonly deregistrationDelay: Duration;
}
