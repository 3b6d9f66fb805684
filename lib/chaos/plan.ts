import { Construct, IConstruct } from "constructs";
import { isBreakable, isRecoverable } from "../core/declarations";
import { Fault } from "../core/fault";
import { refuse, requireThat } from "../core/guard";
import { kebab } from "../core/naming";
import { Zone } from "../core/network";
import { Recovery, Scenario } from "../core/recovery";
import { judge } from "../core/verdict";
import { GRANTS } from "./action-grants";

/** A fault, whose it is, and the claim that it puts to the test. */
export interface PlannedFault {
  readonly construct: IConstruct;
  readonly name: string;
  readonly fault: Fault;
  readonly claim: Recovery;
}

/** What one template breaks, together. */
export interface ExperimentPlan {
  readonly name: string;
  readonly scenario: Scenario;
  /** The zone that is lost. @default - something else is */
  readonly zone?: Zone;
  readonly faults: readonly PlannedFault[];
}

/** An experiment for each fault, and one for each zone: of all that the loss of a zone takes away at once. */
export function plansOf(scope: Construct, parts: readonly IConstruct[]): ExperimentPlan[] {
  const faults = parts.flatMap((part) => faultsOf(scope, part));
  const single = faults
    .filter(({ fault }) => fault.zone === undefined)
    .map((each): ExperimentPlan => {
      const { construct, name, fault } = each;
      return { name: `${nameIn(construct)}-${kebab(name)}`, scenario: fault.scenario, faults: [each] };
    });
  const zonal = faults.filter(({ fault }) => fault.zone !== undefined);
  const zones = [...new Set(zonal.flatMap(({ fault }) => fault.zone?.zones ?? []))].sort();
  const outages = zones.map((zone): ExperimentPlan => {
    const lost = zonal.filter(({ fault }) => fault.zone?.zones.includes(zone));
    judgeSomeTarget(scope, zone, lost);
    return { name: `zone-${zone}`, scenario: "zone", zone, faults: lost };
  });
  return [...single, ...outages];
}

/** The path below the stack, as an id. */
function nameIn({ node }: IConstruct): string {
  return node.path.split("/").slice(1).join("-");
}

function faultsOf(scope: Construct, construct: IConstruct): PlannedFault[] {
  if (!isBreakable(construct)) return [];
  return Object.entries(construct.faults).map(([name, fault]) => {
    const prop = `${construct.node.path}.faults.${name}`;
    requireFault(scope, prop, fault);
    return { construct, name, fault, claim: claimOf(scope, prop, construct, fault) };
  });
}

function claimOf(scope: Construct, prop: string, construct: IConstruct, { scenario, mechanism }: Fault): Recovery {
  const ways = (isRecoverable(construct) && construct.recovers[scenario]) || [];
  const claim = ways.find((way) => way.mechanism === mechanism);
  if (claim) return claim;
  const known = ways.map((way) => way.mechanism);
  const mend = "an experiment without a claim proves nothing: declare the recovery, or take the fault out";
  return refuse(scope, {
    prop: `${prop}.mechanism`,
    must: known.length > 0 ? `be one of ${known.join(", ")}` : `be a way back from the loss of ${scenario}`,
    got: mechanism,
    mend,
  });
}

function requireFault(scope: Construct, prop: string, { scenario, action, target, zone }: Fault): void {
  const must = `be one of ${Object.keys(GRANTS).join(", ")}`;
  const mend = "lib/chaos/action-grants.ts says what each needs to be allowed";
  requireThat(scope, action in GRANTS, { prop: `${prop}.action`, must, got: action, mend });
  const part = zone === undefined || scenario === "zone";
  requireThat(scope, part, { prop: `${prop}.scenario`, must: `be "zone" for the outage of one`, got: scenario });
  if (!target) return;
  const { arns = [], tags = {}, parameters = {}, selection } = target;
  const form = /^(ALL|COUNT\([1-9]\d*\)|PERCENT\(([1-9]\d?|100)\))$/;
  const selected = "be ALL, COUNT(n) or PERCENT(n)";
  requireThat(scope, form.test(selection), { prop: `${prop}.target.selection`, must: selected, got: selection });
  const named = [arns.length > 0, Object.keys(tags).length > 0].filter(Boolean).length;
  // Pods are found by parameters alone.
  const found = named === 1 || (named === 0 && Object.keys(parameters).length > 0);
  const by = "be found by ARNs or by tags, not by both";
  requireThat(scope, found, { prop: `${prop}.target`, must: by, got: { arns, tags } });
  requireThat(scope, arns.length <= 5, { prop: `${prop}.target.arns`, must: "be at most 5", got: arns.length });
}

/** In the outage of a zone, what has nothing there is skipped; where all is skipped, nothing is proved. */
function judgeSomeTarget(scope: Construct, zone: Zone, lost: readonly PlannedFault[]): void {
  const sure = lost.some(({ fault }) => fault.zone?.always);
  const mend = "add what stands in every zone, such as the network: standsOn: [network]";
  const got = [...new Set(lost.map(({ construct }) => construct.node.path))];
  judge(scope, "experiment-target", sure, { prop: "on", must: `have something in ${zone} at any time`, got, mend });
}
