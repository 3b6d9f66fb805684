import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { addressOf } from "../core/resolve";
import { AlarmRouting, PageAlarm } from "../core/routing";
import { Metric } from "../core/signal";
import { DeclaredAlarm } from "../review/manifest";
import { DeclaredStep } from "../review/slo/declared";
import { Slo } from "./slo";

/** Where remaining budgets are published, in per cent. */
export const BUDGETS = { namespace: "SreConstructs/ErrorBudget", metric: "BudgetRemaining" };

/** A budget by the name of its objective. */
export function budgetName(slo: Slo): string {
  return nameOf(slo, "alarm");
}

/** What is left of a budget. */
export function remainingOf(slo: Slo): Metric {
  const dimensions = { Objective: budgetName(slo) };
  return { namespace: BUDGETS.namespace, name: BUDGETS.metric, statistic: "Minimum", dimensions };
}

/** A step of a policy for one objective. */
export interface BudgetStep {
  readonly step: DeclaredStep;
  readonly slo: Slo;
  readonly notify: AlarmRouting["notify"];
  readonly runbook: string;
}

/** The alarm that is on while so much of a budget is spent; it says who does what, and what becomes of releases. */
export function budgetAlarm(scope: Construct, { step, slo, notify, runbook }: BudgetStep): PageAlarm {
  const { spent, urgency, who, does, releases } = step;
  const id = `${slo.node.path.split("/").slice(1).join("-")}-${spent}`;
  const name = nameOf(scope, "alarm", id);
  const { namespace, name: metricName, dimensions, statistic } = remainingOf(slo);
  const threshold = 100 - spent;
  const alarm = new CloudwatchMetricAlarm(scope, id, {
    alarmName: name,
    alarmDescription: [
      `${spent} % of the error budget of ${slo.node.path} over ${slo.period} is spent.`,
      `Now ${who}: ${does}. Releases are ${releases}.`,
      `Runbook: ${runbook}`,
    ].join("\n"),
    namespace,
    metricName,
    dimensions: { ...dimensions },
    statistic,
    period: 3600,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    comparisonOperator: "LessThanOrEqualToThreshold",
    threshold,
    // Silence gives no budget back; it is a signal of its own.
    treatMissingData: "ignore",
    actionsEnabled: true,
    alarmActions: [notify[urgency]],
    okActions: [notify[urgency]],
  });
  note(scope, "alarm", {
    name,
    address: addressOf(alarm),
    path: scope.node.path,
    signal: "spent",
    urgency,
    threshold,
    notifies: true,
  } satisfies DeclaredAlarm);
  return { name, arn: alarm.arn, kind: "metric" };
}
