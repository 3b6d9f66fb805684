import { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import { Alarms } from "../../lib/alerting";
import { Dependable, Indicators, Measurable, Metric, ServiceGraph, Sla } from "../../lib/core";

export const PAGE = "arn:aws:sns:eu-west-1:111122223333:page";
export const TICKET = "arn:aws:sns:eu-west-1:111122223333:ticket";

const metric = (name: string, statistic = "Sum"): Metric => ({
  namespace: "Own/Service",
  name,
  statistic,
  dimensions: { Service: "orders" },
});

/** An entrance that the library has never heard of. */
export class Gate extends Construct implements Measurable {
  readonly indicators = {
    availability: {
      kind: "availability",
      counts: "requests",
      bad: [metric("Failed"), metric("Refused")],
      total: [metric("Requests"), metric("Refused")],
    },
    latency: {
      kind: "latency",
      counts: "requests",
      distribution: { namespace: "Own/Service", name: "Time", dimensions: { Service: "orders" } },
      unit: "seconds",
    },
    millis: {
      kind: "latency",
      counts: "requests",
      distribution: { namespace: "Own/Service", name: "Millis" },
      unit: "milliseconds",
    },
    freshness: {
      kind: "freshness",
      counts: "minutes",
      metric: metric("Age", "Maximum"),
      bad: "above",
      threshold: 600,
      unit: "seconds",
    },
    counted: {
      kind: "availability",
      counts: "requests",
      prometheus: { bad: 'http_requests_total{job="orders",code=~"5.."}', total: 'http_requests_total{job="orders"}' },
    },
  } satisfies Indicators;
}

/** Something whose provider promises an availability. */
export class Promising extends Construct implements Dependable {
  readonly sla: Sla;

  constructor(scope: Construct, id: string, value: number) {
    super(scope, id);
    this.sla = { value, basis: "sla", condition: "two zones", source: "https://sla.example.com", asOf: "2026-11-01" };
  }
}

/** A service with an entrance, something that runs, and what it needs. */
export function service(stack: TerraformStack, slas: Readonly<Record<string, number>> = {}) {
  const gate = new Gate(stack, "gate");
  const needs = Object.entries(slas).map(([id, value]) => new Promising(stack, id, value));
  const orders = new ServiceGraph(stack, "orders", { entrance: gate, runs: new Construct(stack, "fleet"), needs });
  const alarms = new Alarms(stack, "alarms", { notify: { page: PAGE, ticket: TICKET }, runbooks: "https://r.org" });
  return { gate, orders, alarms };
}
