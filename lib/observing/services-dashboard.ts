import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { knownPlace, placeOf } from "../core/place";
import { ServiceGraph, isServiceGraph } from "../core/service-graph";
import { board } from "./board";
import { partsOf } from "./dashboard";
import { ServicesDashboardProps } from "./dashboard-props";

/**
 * One dashboard over all services of an app in one account: of each its objectives and budgets, the state of its
 * alarms, and what its users feel at the entrance.
 *
 * Of services in other stacks it draws what is known at synthesis, and says what it leaves out: a dashboard never makes
 * one stack wait for another.
 */
export class ServicesDashboard extends Construct {
  readonly dashboard: CloudwatchDashboard;

  constructor(scope: Construct, id: string, props: ServicesDashboardProps = {}) {
    super(scope, id);
    register(this, props, "ServicesDashboardProps");
    const { of, title = "Services", runbooks } = props;
    const services = (): readonly ServiceGraph[] => of ?? this.seen;
    this.dashboard = board(this, {
      title,
      runbooks,
      shows: "services",
      also: [],
      services,
      shown: () => [...new Set(services().flatMap((graph) => [graph, ...partsOf(graph)]))],
    });
  }

  /** Metrics of other accounts are not seen from here: an app that holds all environments has a dashboard in each. */
  private get seen(): readonly ServiceGraph[] {
    const { account } = placeOf(this);
    const graphs = this.node.root.node.findAll().filter(isServiceGraph);
    return graphs.filter((graph) => knownPlace(graph)?.account === account);
  }
}
