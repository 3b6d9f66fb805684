import { IConstruct } from "constructs";
import { Protection, Sla, declared } from "./declarations";
import { Duration } from "./duration";
import { Faults } from "./fault";
import { Fence } from "./fence";
import { Figure } from "./figure";
import { requireThat } from "./guard";
import { Indicators } from "./indicator";
import { MEMBERS, Member } from "./likeness";
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
  readonly grows: Figure<Duration>;
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
export function requireDeclared(construct: IConstruct, told: Declared): void {
  requireProps(construct, told, "Declared");
  for (const [member, rule] of Object.entries(RULES) as [Member, (construct: IConstruct, of: unknown) => void][]) {
    if (told[member] !== undefined) rule(construct, told[member]);
  }
}

/** What a construct declares, well-formed or not. */
export function declaredBy(construct: IConstruct, members: readonly Member[] = MEMBERS): Declared {
  const read = (member: Member) => (member === "recovers" ? recoveriesOf(construct) : declared(construct, member));
  const all = members.map((member) => [member, read(member)]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Declared;
}

/** Refuses what is malformed of that which a concern is about to work with: it reads before all is judged. */
export function requireSound(construct: IConstruct, ...members: readonly Member[]): void {
  requireDeclared(construct, declaredBy(construct, members));
}

/** Declarations that are well-formed, and what is wrong with each other. */
export function sifted(construct: IConstruct, told: Declared): { readonly sound: Declared; readonly faults: string[] } {
  const faults: string[] = [];
  const sound = Object.entries(told).filter(([member, value]) => {
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
