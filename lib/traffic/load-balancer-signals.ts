import { Signals } from "../core/signal";
import { connectionSignals } from "./load-balancer-connection-signals";
import { counted, failedRequests, renewal, slowRequests, targetHealth } from "./load-balancer-commands";
import { METRICS, WatchedLoadBalancer, metrics, requests } from "./load-balancer-metrics";
import { loadBalancerRelief } from "./load-balancer-relief";
import { GUIDE, zoneSignals } from "./load-balancer-zone-signals";

/** A certificate of IAM has no metric: ACM counts the days of its own. */
const IAM = /^arn:[\w-]+:iam:/;

/** What is worth watching about an entrance. What its users notice is a page; a zone that lags is a ticket. */
export function loadBalancerSignals(watched: WatchedLoadBalancer) {
  const { whole, targets } = metrics(watched);
  const { away, easierCheck, more, less } = loadBalancerRelief(watched);
  const health = `Is any target healthy, and why are others not? ${targetHealth(watched)}.`;
  const unhealthy = [
    "None is there: launches fail, or a rollout took them away. What runs behind it has a page of its own for either.",
    "All are unhealthy: the application is down, or health path, port or firewall changed.",
  ];
  return {
    errorShare: {
      kind: "errors",
      means: "requests fail",
      measure: { ratio: { ...requests(watched), minimum: 50 } },
      bad: "above",
      unit: "per cent of requests",
      page: 5,
      ticket: 1,
      firstSteps: [
        `From the targets, or from the load balancer itself? ${counted(watched, "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_502_Count", "HTTPCode_ELB_503_Count", "HTTPCode_ELB_504_Count")}.`,
        "Target_5XX: their own log says why. ELB_502: they close connections (keep-alive below the idle timeout). ELB_503: none is healthy. ELB_504: they answer too late.",
        `Which paths, and which targets? ${failedRequests(watched)}.`,
        "One path: turn off what it does, or take back what changed it. One target: end it. All: what do they all need? Look at what else is on.",
      ],
      mitigate: [...away, more],
      rationale:
        "Fewer than 50 requests a minute say nothing as a share. An objective on availability replaces the page.",
      source: METRICS,
    },
    noTarget: {
      kind: "errors",
      means: "requests find no target that could serve them",
      measure: { metric: whole("HTTPCode_ELB_503_Count", "Sum") },
      bad: "above",
      unit: "requests",
      page: 0,
      breaches: "2 of 3",
      firstSteps: [health, ...unhealthy],
      mitigate: [easierCheck, more],
      source: METRICS,
    },
    noHealthyHost: {
      kind: "errors",
      means: "no target is healthy",
      measure: { metric: targets("HealthyHostCount", "Maximum") },
      bad: "below",
      unit: "targets",
      page: 1,
      breaches: "2 of 3",
      missing: "breaching",
      firstSteps: [health, ...unhealthy],
      mitigate: [easierCheck, more],
      rationale: "The maximum over zones: the loss of one zone is another signal.",
      source: GUIDE,
    },
    failOpen: {
      kind: "errors",
      means: "so few targets are healthy that requests go to unhealthy ones too",
      measure: { metric: targets("UnhealthyRoutingRequestCount", "Sum") },
      bad: "above",
      unit: "requests",
      page: 0,
      breaches: "1 of 1",
      firstSteps: [
        health,
        "They answer users, and fail the health check alone: mend the check before it takes the rest out.",
        "They answer nobody: take back what broke them, or add instances.",
      ],
      mitigate: [easierCheck, more],
      source: METRICS,
    },
    latency: {
      kind: "latency",
      means: "one request in a hundred takes long",
      measure: { metric: targets("TargetResponseTime", "p99") },
      bad: "above",
      unit: "seconds",
      ticket: 1,
      firstSteps: [
        "Did the CPU of the targets or the load of a database rise with it? Their rows on the dashboard tell. Yes: go by their page. No: did a rollout start when it rose? Take it back.",
        `Which paths took a second or more? ${slowRequests(watched)}.`,
        "One: turn off what it does, or take back what changed it. All: what do they all wait for?",
      ],
      mitigate: [...away, more],
      rationale: "Never the average: it hides the slow ones. Seconds, not milliseconds.",
      source: METRICS,
    },
    rejectedConnections: {
      kind: "saturation",
      means: "the load balancer has reached its limit of connections and turns clients away",
      measure: { metric: whole("RejectedConnectionCount", "Sum") },
      bad: "above",
      unit: "connections",
      ticket: 0,
      breaches: "1 of 1",
      missing: "notBreaching",
      firstSteps: [
        `How many came, and how many were turned away? ${counted(watched, "NewConnectionCount", "RejectedConnectionCount", "RequestCount")}.`,
        "Many connections and few requests each: clients do not keep theirs; mend that in them. A jump in load: it grows by itself within minutes.",
      ],
      mitigate: [
        less,
        "It is real, and comes again: reserve capacity before it does (minimum load balancer capacity). A region may reserve none at first: ask for it in Service Quotas today.",
      ],
      source: GUIDE,
    },
    certificateExpiry: {
      kind: "saturation",
      means: "the certificate runs out and was not renewed",
      measure: {
        metric: {
          namespace: "AWS/CertificateManager",
          name: "DaysToExpiry",
          statistic: "Minimum",
          dimensions: { CertificateArn: watched.certificateArn },
        },
      },
      bad: "below",
      unit: "days",
      ...(!IAM.test(watched.certificateArn) && { ticket: 30 }),
      period: "1 day",
      breaches: "1 of 1",
      missing: "ignore",
      firstSteps: [
        `Why was it not renewed, and which record proves the domain? ${renewal(watched)}.`,
        "The record is not in DNS: write it again, and AWS renews by itself within a day.",
        "It is there: is there a CAA record that keeps Amazon from certifying the domain?",
      ],
      mitigate: [
        "The record is missing, and `domain.zoneId` was given: apply the stack again, which writes it.",
        "It runs out in days, and AWS does not renew: give another one (`certificate`), and apply. Listeners change without a gap.",
      ],
      rationale: "AWS renews six weeks ahead or more; a certificate with 30 left was not renewed.",
      source: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    },
    ...connectionSignals(watched),
    ...zoneSignals(watched),
  } satisfies Signals;
}
