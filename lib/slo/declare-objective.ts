import { IConstruct } from "constructs";
import { Kept } from "../core/collect";
import { isMeasurable } from "../core/declarations";
import { inWords } from "../core/duration";
import { note } from "../core/notes";
import { resolved } from "../core/tokens";
import { DeclaredBurn, DeclaredObjective } from "../review/slo/declared";
import { promised } from "../review/slo/words";
import { BurnChildren } from "./burn-alarms";
import { Burn, budgetOf, firesAfter } from "./burn-windows";
import { decimal, fraction, minus, numberOf } from "./fraction";
import { SLO_DEFAULTS, SloProps } from "./slo-props";

const ALL = fraction(1);

/** What was made of an objective. */
export interface MadeObjective extends Pick<DeclaredObjective, "ceiling" | "runbook"> {
  readonly burns: readonly Burn[];
  /** One for each burn; none where a Prometheus alerts. */
  readonly children: readonly BurnChildren[];
  /** The names of the alarms that tell people. */
  readonly told: DeclaredObjective["alarms"];
}

/** An objective as the manifest has it. */
export function declaredObjective(scope: IConstruct, props: SloProps, outcome: MadeObjective): DeclaredObjective {
  const {
    of,
    indicator,
    objective,
    period = SLO_DEFAULTS.period,
    within,
    minimumFailures = SLO_DEFAULTS.minimumFailures,
    expectedRequestsPerHour,
  } = props;
  const { burns, children, told, ceiling, runbook } = outcome;
  const measures = measured(scope, props);
  return {
    path: scope.node.path,
    service: of.node.path,
    indicator: { ...indicator },
    ...(measures && { measures }),
    objective,
    target: decimal(minus(ALL, budgetOf(objective))),
    budget: decimal(budgetOf(objective)),
    period,
    ...(within !== undefined && { within }),
    minimumFailures,
    ...(expectedRequestsPerHour !== undefined && { expectedRequestsPerHour }),
    windows: burns.map((burn, index) => declaredBurn(burn, children[index])),
    alarms: told,
    runbook,
    ceiling,
  };
}

/** What is promised, in a sentence: `shop/orders: 99.9 % of requests over 30 days are good.` */
export function promiseOf({ of, period = SLO_DEFAULTS.period, ...props }: SloProps): string {
  return `${of.node.path}: ${promised({ ...props, period })}.`;
}

/** Finds the part of the service that is measured, and notes on it that an objective watches it. */
function measured(scope: IConstruct, { of, indicator }: SloProps): DeclaredObjective["measures"] {
  const written = (value: unknown) => JSON.stringify(resolved(scope, value));
  const wanted = written(indicator);
  for (const part of of.hard.filter(isMeasurable)) {
    const found = Object.entries(part.indicators).find(([, each]) => written(each) === wanted);
    if (found) {
      note(part, "kept", { safeguard: `objective on ${found[0]}`, by: scope.node.path } satisfies Kept);
      return { path: part.node.path, indicator: found[0] };
    }
  }
  return undefined;
}

function declaredBurn(burn: Burn, made: BurnChildren | undefined): DeclaredBurn {
  const { urgency, long, short, spends, factor, threshold } = burn;
  return {
    urgency,
    long: inWords(long),
    short: inWords(short),
    spends,
    factor: decimal(factor),
    threshold: decimal(threshold),
    firesAfter: numberOf(firesAfter(burn, ALL) ?? ALL),
    ...(made && { alarms: { long: made.long.name, short: made.short.name } }),
  };
}
