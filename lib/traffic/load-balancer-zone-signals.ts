import { Zone } from "../core/network";
import { Signals } from "../core/signal";
import { targetHealth } from "./load-balancer-commands";
import { METRICS, WatchedLoadBalancer, metrics, requests } from "./load-balancer-metrics";
import { loadBalancerRelief } from "./load-balancer-relief";

/** What AWS asks network teams to watch. */
export const GUIDE =
  "https://docs.aws.amazon.com/prescriptive-guidance/latest/networking-operations-monitoring/welcome.html";

/** What is worth watching about each zone of an entrance: a zone that lags behind the others is a ticket. */
export function zoneSignals(watched: WatchedLoadBalancer) {
  const { targets } = metrics(watched);
  const zonal = <M>(measure: (zone: Zone) => M): { readonly zones: Record<Zone, M> } => ({
    zones: Object.fromEntries(watched.zones.map((zone) => [zone, measure(zone)])),
  });
  const only =
    "Is only this zone bad? Its name ends the alarm's; the other zones have alarms of the same name. Yes: take it out, as below. All are bad: go by the page of the whole (errorShare, latency, noHealthyHost).";
  const health = targetHealth(watched);
  const mitigate = loadBalancerRelief(watched).away;
  return {
    zoneErrorShare: {
      kind: "errors",
      means: "requests through one zone fail",
      measure: zonal((zone) => ({ ratio: { ...requests(watched, zone), minimum: 50 } })),
      bad: "above",
      unit: "per cent of requests",
      ticket: 5,
      firstSteps: [
        only,
        `Are its targets healthy? ${health}.`,
        "Yes: the way to them is slow or broken, which a zonal shift leaves out. No: the reason of each stands beside it.",
      ],
      mitigate,
      source: METRICS,
    },
    zoneLatency: {
      kind: "latency",
      means: "one request in a hundred through one zone takes long",
      measure: zonal((zone) => ({ metric: targets("TargetResponseTime", "p99", zone) })),
      bad: "above",
      unit: "seconds",
      ticket: 2,
      firstSteps: [
        only,
        `Are its targets healthy? ${health}.`,
        "Yes: the way to them is slow or broken, which a zonal shift leaves out. No: the reason of each stands beside it.",
      ],
      mitigate,
      source: METRICS,
    },
    unhealthyHosts: {
      kind: "errors",
      means: "a target of the zone stays unhealthy",
      measure: zonal((zone) => ({ metric: targets("UnHealthyHostCount", "Minimum", zone) })),
      bad: "above",
      unit: "targets",
      ticket: 0,
      breaches: "5 of 5",
      firstSteps: [
        `Which target, and why? ${health}.`,
        "One: what runs behind replaces it by itself. All of the zone: is only this zone bad? Then take it out, as below.",
      ],
      mitigate,
      rationale: "The minimum of a minute, five times: an instance that is being replaced is gone by then.",
      source: GUIDE,
    },
    zoneWithoutHost: {
      kind: "errors",
      means: "the zone has no healthy target; the others carry its load",
      measure: zonal((zone) => ({ metric: targets("HealthyHostCount", "Maximum", zone) })),
      bad: "below",
      unit: "targets",
      ticket: 1,
      breaches: "10 of 10",
      missing: "breaching",
      firstSteps: [
        `Is no target there, or is none healthy, and why? ${health}.`,
        "None is there: launches in the zone fail, and others are launched in other zones by themselves. None is healthy: take the zone out, as below.",
      ],
      mitigate,
      rationale: "Auto Scaling replaces what is lost in other zones: then nothing is unhealthy, and a zone is missing.",
      source: GUIDE,
    },
  } satisfies Signals;
}
