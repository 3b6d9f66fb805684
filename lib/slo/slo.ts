import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { Construct } from "constructs";
import { register } from "../core/hook";
import { Indicator } from "../core/indicator";
import { note } from "../core/notes";
import { runbookAddress } from "../parts/runbook-address";
import { BurnChildren, burnChildren, burnComposite } from "./burn-alarms";
import { Period, budgetOf } from "./burn-windows";
import { burnsOf, judgeSamples, requireNumbers } from "./checks";
import { withinOf } from "./child-alarm";
import { declaredObjective, promiseOf } from "./declare-objective";
import { Fraction } from "./fraction";
import { slaCeiling } from "./sla-ceiling";
import { SLO_DEFAULTS, SloProps } from "./slo-props";
import { adviseOnTraffic } from "./traffic-advice";

/**
 * How good a service must be, and alarms on the speed at which its error budget burns.
 *
 * It pages where the budget would be gone in days, and opens a ticket where it would not last; each only while a short
 * window burns as well, so that it ends when the trouble does. A total outage of a quiet service pages, a single failure
 * does not. What can never fire, or is more than what its dependencies are promised to give, fails synthesis.
 *
 * CloudWatch acts on transitions: a second cause while the alarm is on does not notify again. On an indicator that a
 * Prometheus counts there are no alarms here: `reliability/<stack>/slo/` has its rules, and each objective as OpenSLO.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export class Slo extends Construct {
  /** The alarm that pages. It is one of `alarms.pages`. */
  readonly page?: CloudwatchCompositeAlarm;
  readonly ticket?: CloudwatchCompositeAlarm;
  readonly objective: number;
  readonly indicator: Indicator;
  readonly period: Period;
  /** The most that a good event may take, in the unit of the metric; 0 where nothing has a length. */
  readonly within: number;

  constructor(scope: Construct, id: string, props: SloProps) {
    super(scope, id);
    register(this, props, "SloProps");
    const {
      objective,
      of,
      indicator,
      alarms,
      period = SLO_DEFAULTS.period,
      minimumFailures = SLO_DEFAULTS.minimumFailures,
      strict = false,
    } = props;
    requireNumbers(this, props);
    this.objective = objective;
    this.indicator = indicator;
    this.period = period;
    this.within = withinOf(this, indicator, props.within);
    const burns = burnsOf(this, props);
    judgeSamples(this, burns, props);
    adviseOnTraffic(this, burns, props);
    // A latency counts only what was answered: what is promised of being there does not bound it.
    const ceiling =
      indicator.kind === "latency" ? { shares: [], unknown: [] } : slaCeiling(this, { objective, of, strict });

    const runbook = runbookAddress(alarms.runbooks, this, "burn");
    let children: BurnChildren[] = [];
    const told: { page?: string; ticket?: string } = {};
    if (!("prometheus" in indicator)) {
      const { within } = this;
      const plan = { burns, indicator, within, minimumFailures, alarms, promise: promiseOf(props), runbook };
      children = burnChildren(this, plan);
      const page = burnComposite(this, plan, { urgency: "page", children });
      const ticket = burnComposite(this, plan, { urgency: "ticket", children, behind: page });
      if (page) alarms.pages.push({ name: page.name, arn: page.alarm.arn, kind: "composite", path: this.node.path });
      [this.page, this.ticket] = [page?.alarm, ticket?.alarm];
      Object.assign(told, page && { page: page.name }, ticket && { ticket: ticket.name });
    }
    note(this, "objective", declaredObjective(this, props, { burns, children, told, ceiling, runbook }));
  }

  /** The share of events that may be bad. */
  get budget(): Fraction {
    return budgetOf(this.objective);
  }
}
