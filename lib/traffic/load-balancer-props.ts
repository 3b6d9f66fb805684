import { Duration } from "../core/duration";
import { Placement } from "../core/network";

/** The name that a service is reached by. */
export interface Domain {
  /** Such as `orders.example.com`. */
  readonly name: string;
  /**
   * The id of the Route 53 hosted zone in which the name is made, and the certificate proven.
   *
   * @default - no record is made: a certificate must be given
   */
  readonly zoneId?: string;
  /**
   * Whether the name is made to lead here. Not where something else decides where it leads, such as a `RegionFailover`.
   *
   * @default true
   */
  readonly record?: boolean;
}

/** What a `LoadBalancer` can be told. */
export interface LoadBalancerProps {
  /** Where it stands: the public subnets of all its zones, or the private ones for an internal scheme. */
  readonly network: Placement;
  /** The name that the service is reached by. @default - the load balancer's own: a certificate must be given */
  readonly domain?: Domain;
  /** The ARN of a certificate in the same region. @default - one is requested and proven in the domain's zone */
  readonly certificate?: string;
  /** Whether the internet reaches it. A change replaces it. @default "internet-facing" */
  readonly scheme?: "internet-facing" | "internal";
  /** The addresses that may connect. @default - all for an internet-facing scheme, none for an internal one */
  readonly from?: readonly string[];
  /** Where targets listen. A change replaces the target group. @default 8080 */
  readonly targetPort?: number;
  /** `HTTPS` encrypts to the targets as well; their certificates are not verified. @default "HTTP" */
  readonly targetProtocol?: "HTTP" | "HTTPS";
  /**
   * What a healthy target answers with 200. It should say that the target can serve, not that all it needs is up.
   *
   * @default "/healthz"
   */
  readonly healthPath?: string;
  /**
   * How long the slowest request may take: `idleTimeout` and `deregistrationDelay` must exceed it.
   *
   * @default "30 seconds"
   */
  readonly slowestRequest?: Duration;
  /** How long a connection may be silent, also while a target thinks (1 to 4000 seconds). @default "60 seconds" */
  readonly idleTimeout?: Duration;
  /**
   * How long the targets keep an idle connection: longer than `idleTimeout`, or the load balancer sends requests into
   * connections that the target just closes, and answers 502.
   *
   * @default "75 seconds" - what nginx keeps; Node.js keeps 5 until `server.keepAliveTimeout` says otherwise
   */
  readonly targetKeepAlive?: Duration;
  /** How long a client may keep one connection: longer than `idleTimeout` (60 to 604800 seconds). @default "1 hour" */
  readonly clientKeepAlive?: Duration;
  /** How long a target that leaves may finish its requests (0 to 3600 seconds). @default "60 seconds" */
  readonly deregistrationDelay?: Duration;
  /**
   * How long a new target's share grows to the full one: "0 seconds" or 30 to 900.
   *
   * @default "30 seconds", none with least outstanding requests
   */
  readonly slowStart?: Duration;
  /** How a target is chosen. @default "round_robin" */
  readonly algorithm?: "round_robin" | "least_outstanding_requests";
  /**
   * Healthy targets, as per cent of those in all zones, below which DNS calls the load balancer unhealthy (1-100): a
   * failover record then leads elsewhere, and without one clients are still sent here.
   *
   * @default 50 - what is left when one of two zones is lost still counts as healthy
   */
  readonly minimumHealthyPercent?: number;
  /** Which TLS a client must speak. @default "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" */
  readonly tlsPolicy?: string;
  /** The name of a bucket for access logs that lets the log delivery service write. @default - a bucket of its own */
  readonly accessLogs?: string;
}
