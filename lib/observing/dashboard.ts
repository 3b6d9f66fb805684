import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct, IConstruct } from "constructs";
import { register } from "../core/hook";
import { ServiceGraph, isServiceGraph } from "../core/service-graph";
import { board } from "./board";
import { DashboardProps } from "./dashboard-props";

/**
 * One dashboard of one service, from its graph and from what its parts declare; nothing is drawn by hand.
 *
 * Objectives and what is left of their budgets come first, then alarms, deployments and other events, then each part of
 * the service with its four golden signals in the order latency, traffic, errors, saturation: zones as lines of one
 * chart, thresholds of pages and tickets as lines in their colours. Quotas that its parts take a part of come last. A
 * part that this library has never heard of gets its rows. It is read when the stack is written, so it shows what is
 * declared and watched after it as well.
 *
 * `reliability/<stack>/dashboards/` has the same for Grafana. What CloudWatch would not take fails synthesis.
 *
 * @see https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals
 */
export class Dashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    register(this, props, "DashboardProps");
    const { of, also = [], title = of.node.id, runbooks } = props;
    this.dashboard = board(this, {
      title,
      runbooks,
      shows: "service",
      also: also.map(({ node }) => node.path),
      services: () => [of],
      shown: () => [...new Set([of, ...partsOf(of), ...also])],
    });
  }
}

/** What a service needs or prefers, near and far. */
export function partsOf(graph: ServiceGraph): IConstruct[] {
  const edges = graph.allEdges.flatMap(({ from, to }) => [from, to]);
  return [...graph.hard, ...edges].filter((part) => !isServiceGraph(part));
}
