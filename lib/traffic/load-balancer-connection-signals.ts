import { Signals } from "../core/signal";
import { counted, failedRequests, targetHealth } from "./load-balancer-commands";
import { METRICS, WatchedLoadBalancer, metrics, requests } from "./load-balancer-metrics";
import { loadBalancerRelief } from "./load-balancer-relief";

/** What is worth watching about the connections of an entrance: why requests fail, which is a ticket. */
export function connectionSignals(watched: WatchedLoadBalancer) {
  const { whole, targets } = metrics(watched);
  const { total } = requests(watched);
  const { away, more, less } = loadBalancerRelief(watched);
  const codes = ["HTTPCode_ELB_502_Count", "HTTPCode_ELB_503_Count", "HTTPCode_ELB_504_Count"];
  const which = `Which one rose? ${counted(watched, ...codes)}.`;
  const where = `Which paths, and which targets? ${failedRequests(watched)}.`;
  const share = (...names: string[]) => ({
    ratio: { bad: names.map((name) => whole(name, "Sum")), total, minimum: 50 },
  });
  return {
    balancerErrors: {
      kind: "errors",
      means: "the load balancer answers with errors of its own, not with those of the targets",
      measure: share("HTTPCode_ELB_5XX_Count"),
      bad: "above",
      unit: "per cent of requests",
      ticket: 0.5,
      firstSteps: [
        which,
        "502: a target hung up; go by `badGateway`. 503: none was healthy; go by `noTarget`. 504: they were too slow; go by `latency`.",
        where,
      ],
      mitigate: [...away, more],
      rationale: "Stricter than the share of all errors: these are capacity, targets and timeouts, not the software.",
      source: METRICS,
    },
    badGateway: {
      kind: "errors",
      means: "targets hang up, or answer too late",
      measure: share("HTTPCode_ELB_502_Count", "HTTPCode_ELB_504_Count"),
      bad: "above",
      unit: "per cent of requests",
      ticket: 1,
      firstSteps: [
        which,
        "502: do targets close idle connections before the load balancer does? Raise their keep-alive. 504: what do slow requests wait for? Compare with the load of the database.",
        where,
        "One target: end it, and another comes in its place. All: did a rollout start when it rose? Take it back.",
      ],
      mitigate: [...away, more],
      source: METRICS,
    },
    connectionErrors: {
      kind: "errors",
      means: "the load balancer cannot connect to a target",
      measure: { ratio: { bad: [targets("TargetConnectionErrorCount", "Sum")], total, minimum: 1000 } },
      bad: "above",
      unit: "per cent of requests",
      ticket: 0.1,
      firstSteps: [
        `Which targets, and why? ${targetHealth(watched)}.`,
        "Unhealthy ones: they do not listen, or do not let the load balancer in. All healthy: their queues of connections are full now and then.",
      ],
      mitigate: [more, ...away],
      rationale: "Below a thousand requests a minute a single failure would be above 0.1 per cent.",
      source: METRICS,
    },
    tlsErrors: {
      kind: "errors",
      means: "clients and the load balancer do not agree on TLS",
      measure: {
        ratio: {
          bad: [whole("ClientTLSNegotiationErrorCount", "Sum")],
          total: [whole("NewConnectionCount", "Sum")],
          minimum: 50,
        },
      },
      bad: "above",
      unit: "per cent of new connections",
      ticket: 5,
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        `How many of how many? ${counted(watched, "ClientTLSNegotiationErrorCount", "NewConnectionCount")}.`,
        "Did the TLS policy or the certificate change? Yes: old clients may not follow. No: scanners of the internet look for old protocols; then tune this.",
      ],
      mitigate: ["Clients that must be served do not follow: take back `tlsPolicy` or `certificate`, and apply.", less],
      source: METRICS,
    },
    targetTlsErrors: {
      kind: "errors",
      means: "the load balancer and a target do not agree on TLS",
      measure: { metric: targets("TargetTLSNegotiationErrorCount", "Sum") },
      bad: "above",
      unit: "connections",
      ...(watched.targetTls && { ticket: 0 }),
      period: "5 minutes",
      breaches: "3 of 3",
      firstSteps: [
        `Which targets, and why? ${targetHealth(watched)}.`,
        "Did their certificate run out, or their TLS versions change? It is not verified: any one they show will do.",
      ],
      mitigate: [
        "It ran out, and they make one as they start: replace them one after the other, by a rollout of what runs there now.",
      ],
      rationale: "Targets that are spoken to by HTTP have no TLS, and no threshold.",
      source: METRICS,
    },
    requests: {
      kind: "traffic",
      means: "fewer requests come than should",
      measure: { metric: whole("RequestCount", "Sum") },
      bad: "below",
      unit: "requests",
      period: "5 minutes",
      firstSteps: ["Does the name resolve to the load balancer? Do clients reach it from outside?"],
      rationale: "No threshold of its own: only its owner knows how few are too few.",
      source: METRICS,
    },
  } satisfies Signals;
}
