import { IConstruct } from "constructs";
import { Sla } from "./declarations";
import { Duration, seconds } from "./duration";
import { Figure } from "./figure";
import { requireBetween, requireDay, requireOneOf, requireThat } from "./guard";
import { Recoveries, Recovery } from "./recovery";

const SCENARIOS = ["instance", "zone", "region", "corruption", "account"];

/** Refuses ways back that nobody could reckon with: without a source, or from a loss that nobody knows. */
export function requireRecoveries(construct: IConstruct, recovers: Recoveries): void {
  for (const scenario of Object.keys(recovers)) requireOneOf(construct, "recovers", scenario, SCENARIOS);
  for (const [scenario, ways = []] of Object.entries(recovers)) {
    const named = ways.map(({ mechanism }) => mechanism);
    const must = "name each mechanism once";
    requireThat(construct, new Set(named).size === named.length, { prop: `recovers.${scenario}`, must, got: named });
    for (const [index, way] of ways.entries()) requireWay(construct, `recovers.${scenario}[${index}]`, way);
  }
}

function requireWay(
  construct: IConstruct,
  prop: string,
  { rpo, rto, gibPerHour, scaleUp, floor = {} }: Recovery,
): void {
  const figures = { rpo, rto, gibPerHour, scaleUp, "floor.rto": floor.rto, "floor.rpo": floor.rpo };
  for (const [name, figure] of Object.entries(figures)) if (figure) requireFigure(construct, `${prop}.${name}`, figure);
  if (gibPerHour) requireAbove(construct, `${prop}.gibPerHour.value`, gibPerHour.value, 0);
  requireFloor(construct, `${prop}.rto.value`, rto.value, floor.rto?.value);
  requireFloor(construct, `${prop}.rpo.value`, rpo.value, floor.rpo?.value);
}

/** What is reckoned with cannot be below what no measurement can get below. */
function requireFloor(construct: IConstruct, prop: string, got: Duration, floor: Duration = "0 seconds"): void {
  requireThat(construct, seconds(got) >= seconds(floor), { prop, must: `be at least its floor, ${floor}`, got });
}

/** Refuses a promise that is none: more than always, or of nobody. */
export function requireSla(construct: IConstruct, sla: Sla): void {
  requireFigure(construct, "sla", sla);
  requireAbove(construct, "sla.value", sla.value, 0);
  requireBetween(
    construct,
    "sla.value",
    sla.value,
    0,
    100,
    "it is the per cent of time that is promised, such as 99.95",
  );
}

function requireFigure(construct: IConstruct, prop: string, { asOf }: Figure<unknown>): void {
  if (asOf !== undefined) requireDay(construct, `${prop}.asOf`, asOf);
}

/** Refuses what is no number above another. Tokens pass. */
export function requireAbove(construct: IConstruct, prop: string, got: number, bound: number): void {
  requireThat(construct, typeof got === "number" && got > bound, { prop, must: `be a number above ${bound}`, got });
}
