import { IConstruct } from "constructs";
import { Duration, seconds } from "../core/duration";
import { requireDuration, requireThat } from "../core/guard";
import { LoadBalancerProps } from "./load-balancer-props";

/** Seconds that a connection or target is given. */
export interface Timeouts {
  readonly idle: number;
  readonly clientKeepAlive: number;
  readonly deregistrationDelay: Duration;
}

/**
 * Reads the timeouts and refuses a chain that loses requests: each link must outlast the one inside it.
 *
 * The target outlasts the load balancer's idle timeout, so that the load balancer closes first; what waits for a request
 * outlasts the slowest one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 */
export function timeoutsOf(scope: IConstruct, props: LoadBalancerProps): Timeouts {
  const { slowestRequest = "30 seconds", idleTimeout = "60 seconds", targetKeepAlive = "75 seconds" } = props;
  const { clientKeepAlive = "1 hour", deregistrationDelay = "60 seconds" } = props;
  const slowest = requireDuration(scope, "slowestRequest", slowestRequest, "0 seconds", "4000 seconds");
  const idle = requireDuration(scope, "idleTimeout", idleTimeout, "1 second", "4000 seconds");
  const target = requireDuration(scope, "targetKeepAlive", targetKeepAlive, "0 seconds", "7 days");
  const client = requireDuration(scope, "clientKeepAlive", clientKeepAlive, "60 seconds", "7 days");
  const delay = requireDuration(scope, "deregistrationDelay", deregistrationDelay, "0 seconds", "1 hour");
  const chain = [
    {
      prop: "idleTimeout",
      got: idleTimeout,
      long: idle,
      than: slowest,
      what: "slowestRequest",
      why: "answers end in 504",
    },
    {
      prop: "deregistrationDelay",
      got: deregistrationDelay,
      long: delay,
      than: slowest,
      what: "slowestRequest",
      why: "deployments cut requests off",
    },
    {
      prop: "targetKeepAlive",
      got: targetKeepAlive,
      long: target,
      than: idle,
      what: "idleTimeout",
      why: "targets close connections in use, and clients get 502",
    },
    {
      prop: "clientKeepAlive",
      got: clientKeepAlive,
      long: client,
      than: idle,
      what: "idleTimeout",
      why: "connections end before they are idle",
    },
  ];
  for (const { prop, got, long, than, what, why } of chain) {
    requireThat(scope, long > than, { prop, must: `exceed ${what}, ${than} seconds`, got, mend: `else ${why}` });
  }
  return { idle, clientKeepAlive: client, deregistrationDelay };
}

/** The seconds that a new target's share grows for; refuses what the algorithm cannot do. */
export function slowStartOf(scope: IConstruct, { slowStart, algorithm = "round_robin" }: LoadBalancerProps): number {
  const fair = algorithm === "round_robin";
  const chosen = slowStart ?? (fair ? "30 seconds" : "0 seconds");
  const length = requireDuration(scope, "slowStart", chosen, "0 seconds", "15 minutes");
  const must = `be "0 seconds", or 30 seconds to 15 minutes`;
  requireThat(scope, length === 0 || length >= seconds("30 seconds"), { prop: "slowStart", must, got: chosen });
  const mend = "only round_robin can start slowly";
  requireThat(scope, fair || length === 0, {
    prop: "slowStart",
    must: `be "0 seconds" with ${algorithm}`,
    got: chosen,
    mend,
  });
  return length;
}
