import { Zone } from "../core/network";
import { Signals } from "../core/signal";
import { METRICS, Watched, metrics, requests, targetHealth, zonalShift } from "./load-balancer-metrics";

/** What AWS asks network teams to watch. */
export const GUIDE =
  "https://docs.aws.amazon.com/prescriptive-guidance/latest/networking-operations-monitoring/welcome.html";

/** What is worth watching about each zone of an entrance: a zone that lags behind the others is a ticket. */
export function zoneSignals(watched: Watched) {
  const { targets } = metrics(watched);
  const zonal = <M>(measure: (zone: Zone) => M): { readonly zones: Record<Zone, M> } => ({
    zones: Object.fromEntries(watched.zones.map((zone) => [zone, measure(zone)])),
  });
  const back = `$(aws arc-zonal-shift list-zonal-shifts --status ACTIVE --query 'items[0].zonalShiftId' --output text)`;
  const steps = [
    "Is only this zone bad? The other zones have alarms of the same name. If all are bad, go by the page of the whole.",
    `It alone is: a zonal shift takes it out of DNS for two hours, without a deployment. Write its name, as the alarm has it, in the first line: \`ZONE=name\`, \`${zonalShift(watched)}\`.`,
    `It is well before that: \`aws arc-zonal-shift cancel-zonal-shift --zonal-shift-id ${back}\`.`,
  ];
  return {
    zoneErrorShare: {
      kind: "errors",
      means: "requests through one zone fail",
      measure: zonal((zone) => ({ ratio: { ...requests(watched, zone), minimum: 50 } })),
      bad: "above",
      unit: "per cent of requests",
      ticket: 5,
      firstSteps: steps,
      source: METRICS,
    },
    zoneLatency: {
      kind: "latency",
      means: "one request in a hundred through one zone takes long",
      measure: zonal((zone) => ({ metric: targets("TargetResponseTime", "p99", zone) })),
      bad: "above",
      unit: "seconds",
      ticket: 2,
      firstSteps: steps,
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
      firstSteps: [`Which target, and why? ${targetHealth(watched)}.`, ...steps],
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
        `Is no target there, or is none healthy, and why? ${targetHealth(watched)}.`,
        "None is there: do launches in the zone fail? Capacity that a zone lacks is bought in another.",
        ...steps,
      ],
      rationale: "Auto Scaling replaces what is lost in other zones: then nothing is unhealthy, and a zone is missing.",
      source: GUIDE,
    },
  } satisfies Signals;
}
