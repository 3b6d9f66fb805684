import { Duration } from "../core/duration";
import { Routing } from "./routing";

/** Where a service is reached in one region: our `LoadBalancer` has both, a literal does as well. */
export interface Endpoint {
  /** The name by which the region is reached, such as that of its load balancer. */
  readonly dnsName: string;
  /**
   * The id of the hosted zone that this name is in, as AWS gives it: then the record is an alias.
   *
   * @default - a CNAME record, which cannot stand at the top of a domain
   */
  readonly zoneId?: string;
}

/** How a region is asked whether it serves. */
export interface RegionHealth {
  /**
   * Paths that must all answer with 2xx or 3xx: what they ask should go as deep as what makes the region useless without
   * it, and no deeper.
   *
   * @default ["/healthz"]
   */
  readonly paths?: readonly string[];
  /** Which text the first 5120 bytes of each answer must hold. @default - any */
  readonly contains?: string;
  /** @default 443 */
  readonly port?: number;
  /** How often each checker asks: every 10 seconds costs more. @default "10 seconds" */
  readonly interval?: "10 seconds" | "30 seconds";
  /** Answers in a row that must fail, or succeed (1-10). @default 3 */
  readonly failures?: number;
}

/** What a `RegionFailover` can be told. */
export interface RegionFailoverProps {
  /** The name that the service is reached by, and the id of its Route 53 hosted zone. */
  readonly domain: { readonly name: string; readonly zoneId: string };
  /** Two regions or more, each with where it is reached. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** @default - `Routing.failover` with the stack's region as primary */
  readonly routing?: Routing;
  /** @default - `/healthz` by HTTPS, every 10 seconds */
  readonly health?: RegionHealth;
  /**
   * The ARN of the routing control of each region, as `RoutingControls` has them: a region serves while it is healthy and
   * switched on.
   *
   * @default - health alone decides
   */
  readonly switches?: Readonly<Record<string, string>>;
  /**
   * Regions that wait for their data, and are healthy only when it is there: nobody is told that they are not.
   *
   * @default - all should be healthy
   */
  readonly waiting?: readonly string[];
  /** How long answers are kept where the record is no alias. @default "60 seconds" */
  readonly ttl?: Duration;
  /** The recovery time objective that detection and DNS must fit in. @default - judged by `Objectives` alone */
  readonly rto?: Duration;
}
