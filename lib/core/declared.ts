import { IConstruct } from "constructs";
import {
  Protection,
  Sla,
  isBreakable,
  isDependable,
  isFenceable,
  isLimited,
  isMeasurable,
  isProcedural,
  isQueryable,
  isStateful,
  isWatchable,
} from "./declarations";
import { Faults } from "./fault";
import { Fence } from "./fence";
import { requireThat } from "./guard";
import { Indicators } from "./indicator";
import { Member } from "./likeness";
import { Procedures } from "./procedure";
import { requireProps } from "./props";
import { Queries } from "./query";
import { Quotas } from "./quota";
import { Recoveries } from "./recovery";
import { Signals } from "./signal";
import { requireAbove, requireRecoveries, requireSla } from "./declared-figures";
import { requireMetric, requireMetrics } from "./declared-metrics";
import { requireSignals } from "./declared-signals";
import { recoveriesOf } from "./ways-back";

/** All that a construct can declare. */
interface Declarations {
  readonly signals: Signals;
  readonly indicators: Indicators;
  readonly recovers: Recoveries;
  readonly sla: Sla;
  readonly protects: Protection;
  readonly faults: Faults;
  readonly queries: Queries;
  readonly procedures: Procedures;
  readonly quotas: Quotas;
  readonly fence: Fence;
}

/** What one declares. */
export type Declared = Partial<Declarations>;

/** What else must hold, where all is of the right kind. */
const RULES: { readonly [member in Member]?: (construct: IConstruct, of: NonNullable<Declared[member]>) => void } = {
  signals: requireSignals,
  indicators: requireIndicators,
  recovers: requireRecoveries,
  sla: requireSla,
  protects: requireProtection,
  faults: requireFaults,
};

/**
 * Refuses a declaration that no concern could work with: a pattern that this library has never heard of declares what its
 * author thinks fit.
 */
export function requireDeclared(construct: IConstruct, declared: Declared): void {
  requireProps(construct, declared, "Declared");
  for (const [member, rule] of Object.entries(RULES) as [Member, (construct: IConstruct, of: unknown) => void][]) {
    if (declared[member] !== undefined) rule(construct, declared[member]);
  }
}

/** What a construct declares, well-formed or not. */
export function declaredBy(construct: IConstruct): Declared {
  const recovers = recoveriesOf(construct);
  return {
    ...(isWatchable(construct) && { signals: construct.signals }),
    ...(isMeasurable(construct) && { indicators: construct.indicators }),
    ...(recovers && { recovers }),
    ...(isDependable(construct) && { sla: construct.sla }),
    ...(isStateful(construct) && { protects: construct.protects }),
    ...(isBreakable(construct) && { faults: construct.faults }),
    ...(isQueryable(construct) && { queries: construct.queries }),
    ...(isProcedural(construct) && { procedures: construct.procedures }),
    ...(isLimited(construct) && { quotas: construct.quotas }),
    ...(isFenceable(construct) && { fence: construct.fence }),
  };
}

/** Refuses what is malformed of that which a concern is about to work with: it reads before all is judged. */
export function requireSound(construct: IConstruct, ...members: readonly Member[]): void {
  const declared = Object.entries(declaredBy(construct)).filter(([member]) => members.includes(member as Member));
  requireDeclared(construct, Object.fromEntries(declared));
}

/** Declarations that are well-formed, and what is wrong with each other. */
export function sifted(
  construct: IConstruct,
  declared: Declared,
): { readonly sound: Declared; readonly faults: string[] } {
  const faults: string[] = [];
  const sound = Object.entries(declared).filter(([member, value]) => {
    try {
      requireDeclared(construct, { [member]: value });
      return true;
    } catch (error) {
      faults.push((error as Error).message);
      return false;
    }
  });
  return { sound: Object.fromEntries(sound), faults };
}

/** Refuses indicators of which no share can be reckoned. */
function requireIndicators(construct: IConstruct, indicators: Indicators): void {
  for (const [name, indicator] of Object.entries(indicators)) {
    const prop = `indicators.${name}`;
    if ("bad" in indicator && "total" in indicator) {
      requireMetrics(construct, `${prop}.bad`, indicator.bad);
      requireMetrics(construct, `${prop}.total`, indicator.total);
    }
    if ("metric" in indicator) requireMetric(construct, `${prop}.metric`, indicator.metric);
  }
}

/** Refuses data of which nobody can say how much it is, or why nobody copies it. */
function requireProtection(construct: IConstruct, protects: Protection): void {
  for (const [index, { sizeGib, backUp }] of protects.entries()) {
    const what = { prop: `protects[${index}].backUp`, must: `be true, or { no: "why not" }`, got: backUp };
    requireThat(construct, (backUp as unknown) !== false, what);
    if (sizeGib !== undefined) requireAbove(construct, `protects[${index}].sizeGib`, sizeGib, 0);
  }
}

/** Refuses faults whose target the service would not find. */
function requireFaults(construct: IConstruct, faults: Faults): void {
  for (const [name, { target }] of Object.entries(faults)) {
    const { arns, tags } = target ?? {};
    const what = {
      prop: `faults.${name}.target`,
      must: "be found by ARNs or by tags, not by both",
      got: { arns, tags },
    };
    requireThat(construct, arns === undefined || tags === undefined, what);
  }
}
