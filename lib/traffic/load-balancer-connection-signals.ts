import { Signals } from "../core/signal";
import { METRICS, Watched, metrics, requests } from "./load-balancer-metrics";

/** What is worth watching about the connections of an entrance: why requests fail, which is a ticket. */
export function connectionSignals(watched: Watched) {
  const { whole, targets } = metrics(watched);
  const { total } = requests(watched);
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
      firstSteps: ["502: a target hung up. 503: there was none. 504: it was too slow. Which one rose?"],
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
        "502: do targets close idle connections before the load balancer does? Raise their keep-alive.",
        "504: what do slow requests wait for? Compare with the load of the database.",
      ],
      source: METRICS,
    },
    connectionErrors: {
      kind: "errors",
      means: "the load balancer cannot connect to a target",
      measure: { ratio: { bad: [targets("TargetConnectionErrorCount", "Sum")], total, minimum: 1000 } },
      bad: "above",
      unit: "per cent of requests",
      ticket: 0.1,
      firstSteps: ["Do targets listen, and let the load balancer in? Are their queues of connections full?"],
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
        "Did the TLS policy or the certificate change? Old clients may not follow.",
        "If neither did: scanners of the internet look for old protocols; then tune this.",
      ],
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
      firstSteps: ["Did the certificate of the targets run out, or their TLS versions change?"],
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
