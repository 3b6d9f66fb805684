import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Watchable } from "../core/declarations";
import { refuse, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { note } from "../core/notes";
import { AlarmRouting, PageAlarm } from "../core/routing";
import { Key } from "../parts/key";
import { Statement, mayPublish } from "../parts/policy";
import { ScheduledFunction } from "../parts/scheduled-function";
import { runbookAddress } from "../parts/runbook-address";
import { DeclaredBudget, DeclaredStep } from "../review/slo/declared";
import { BUDGETS, budgetAlarm, budgetName, remainingOf } from "./budget-alarm";
import { budgetData } from "./budget-data";
import { POLICY, PolicyStep, policyOf } from "./budget-policy";
import { Slo } from "./slo";

const CODE = join(__dirname, "../slo/functions/error-budget.js");

/** What an {@link ErrorBudget} can be told. */
export interface ErrorBudgetProps {
  /** The objectives of this stack that it keeps the budgets of. */
  readonly of: readonly Slo[];
  /** Who is told, and where the runbook stands. */
  readonly alarms: AlarmRouting;
  /**
   * What is done as a budget is spent, by whom.
   *
   * @default - at 50 per cent a talk, at 75 a change of plan, at 100 a freeze
   */
  readonly policy?: readonly PolicyStep[];
  /** The ARN of a KMS key that CloudWatch Logs may use. @default - a key of its own */
  readonly key?: string;
}

/**
 * What is left of the error budgets of a stack, and what is done as they are spent.
 *
 * No alarm looks back for weeks. A function reckons it every hour and publishes it in per cent: 100 is untouched, below 0
 * is overspent. At each step of the policy an alarm tells who has to act, and says whether releases freeze. A budget that
 * is no longer reckoned keeps its last state: watch this construct, silence is one of its signals.
 *
 * @see https://sre.google/workbook/error-budget-policy/
 */
export class ErrorBudget extends Construct implements Watchable {
  readonly function: ScheduledFunction;
  readonly policy: readonly DeclaredStep[];
  /** The alarms at which releases freeze, for what holds them back. */
  readonly freezes: readonly PageAlarm[];

  constructor(scope: Construct, id: string, props: ErrorBudgetProps) {
    super(scope, id);
    register(this, props, "ErrorBudgetProps");
    const { of, alarms, policy = POLICY } = props;
    this.requireObjectives(of);
    this.policy = policyOf(this, policy);
    this.function = new ScheduledFunction(this, "function", {
      does: "Reckons what is left of error budgets",
      files: { "index.js": readFileSync(CODE, "utf8") },
      every: "1 hour",
      data: { ...BUDGETS, objectives: of.map((slo) => budgetData(this, slo, budgetName(slo))) },
      may: MAY,
      key: props.key ?? new Key(this, "key", { usedBy: ["logs"] }).arn,
    });
    const runbook = runbookAddress(alarms.runbooks, this, "spent");
    const steps = of.flatMap((slo) =>
      this.policy.map((step) => {
        return { slo, step, alarm: budgetAlarm(this, { step, slo, notify: alarms.notify, runbook }) };
      }),
    );
    this.freezes = steps.filter(({ step }) => step.releases === "frozen").map(({ alarm }) => alarm);
    const alarmsOf = (of: Slo) =>
      steps.filter(({ slo }) => slo === of).map(({ step, alarm }) => [step.spent, alarm.name] as const);
    note(this, "budget", {
      path: this.node.path,
      objectives: of.map((slo) => ({
        path: slo.node.path,
        metric: { ...remainingOf(slo) },
        alarms: Object.fromEntries(alarmsOf(slo)),
      })),
      policy: this.policy,
      runbook,
    } satisfies DeclaredBudget);
  }

  get signals() {
    return this.function.health("nobody knows what is left of the error budgets");
  }

  private requireObjectives(of: readonly Slo[]): void {
    requireThat(this, of.length > 0, { prop: "of", must: "name at least one objective", got: of });
    const stack = TerraformStack.of(this);
    of.forEach((slo, index) => {
      const got = slo.node.path;
      if (TerraformStack.of(slo) !== stack) refuse(this, { prop: "of", must: `stand in ${stack.node.id}`, got });
      if (of.indexOf(slo) !== index) refuse(this, { prop: "of", must: "name each objective once", got });
    });
  }
}

/** Metrics are no resources: they are read by nobody's leave but this, and written to one namespace. */
const MAY: readonly Statement[] = [
  { Sid: "ReadsMetrics", Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: "*" },
  mayPublish("PublishesBudgets", BUDGETS.namespace),
];
