import { IConstruct } from "constructs";
import { Dependable, isDependable } from "../core/declarations";
import { requireSound } from "../core/declared";
import { Complaint } from "../core/guard";
import { ServiceGraph } from "../core/service-graph";
import { advise, judge } from "../core/verdict";
import { CeilingShare, DeclaredCeiling } from "../review/slo/declared";
import { budgetOf } from "./burn-windows";
import { Fraction, decimal, dividedBy, fraction, isBelow, times } from "./fraction";

/** What is promised, by whom, and how strictly the promises of others bound it. */
export interface Promised {
  readonly objective: number;
  readonly of: ServiceGraph;
  readonly strict: boolean;
}

/**
 * What the hard dependencies of a service allow it to promise.
 *
 * An SLA says when money comes back, not what to expect: above the lowest figure an objective fails, since that one
 * dependency may break it and keep its own promise. Between the product of all and that figure it warns. A figure is
 * never reckoned as k of n: those of AWS are multi-zone already. What has no figure is unknown.
 */
export function slaCeiling(scope: IConstruct, { objective, of, strict }: Promised): DeclaredCeiling {
  for (const each of of.hard) requireSound(each, "sla");
  const known = of.hard.filter(isDependable);
  const ceiling = {
    shares: known.map((each) => shareOf(each, objective)),
    unknown: of.hard.filter((each) => !isDependable(each)).map(({ node }) => node.path),
  };
  if (known.length === 0) return ceiling;
  const slas = known.map(({ sla }) => fraction(sla.value));
  const product = times(fraction(100), slas.map(share).reduce(times));
  const lowest = slas.reduce((least, each) => (isBelow(each, least) ? each : least));
  const isAbove = (limit: Fraction) => isBelow(limit, fraction(objective));
  const told = { prop: "objective", got: objective, mend: tellShares(ceiling) };
  if (isAbove(lowest)) {
    const weakest = known[slas.indexOf(lowest)].node.path;
    const must = `be at most ${decimal(lowest)}, which is all that is promised of ${weakest}`;
    judge(scope, "sla-ceiling", false, { ...told, must });
  } else {
    const must = `be at most ${decimal(product, 4)}, the product of what is promised of its dependencies`;
    (strict ? judge : advise)(scope, "sla-ceiling", !isAbove(product), { ...told, must } satisfies Complaint);
  }
  return { product: decimal(product, 4), ...ceiling };
}

function share(perCent: Fraction): Fraction {
  return dividedBy(perCent, fraction(100));
}

function shareOf({ node, sla }: Dependable, objective: number): CeilingShare {
  const { value, source, asOf } = sla;
  const taken = times(fraction(100), dividedBy(budgetOf(value), budgetOf(objective)));
  return { path: node.path, sla: value, share: decimal(taken, 1), source, ...(asOf !== undefined && { asOf }) };
}

/** `of the budget may go to: shop/database 50 % (99.95), …; unknown: shop/fleet`, the largest first. */
function tellShares({ shares, unknown }: DeclaredCeiling): string {
  const sorted = [...shares].sort((a, b) => Number(b.share) - Number(a.share));
  const lines = sorted.map(({ path, sla, share: taken }) => `${path} ${taken} % (${sla})`);
  const silent = unknown.length > 0 ? `; unknown: ${unknown.join(", ")}` : "";
  return `of its budget may go to ${lines.join(", ")}${silent}`;
}
