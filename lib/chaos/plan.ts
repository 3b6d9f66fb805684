import { Construct, IConstruct } from "constructs";
import { isBreakable } from "../core/declarations";
import { requireSound } from "../core/declared";
import { Fault } from "../core/fault";
import { requireOneOf, requireThat } from "../core/guard";
import { kebab } from "../core/naming";
import { Zone } from "../core/network";
import { Recovery, Scenario } from "../core/recovery";
import { judge } from "../core/verdict";
import { claimOf, requireFault } from "./fault-checks";
import { requireAfter, withFollowers } from "./sequence";

/** A fault, whose it is, and the claim that it puts to the test. */
export interface PlannedFault {
  readonly construct: IConstruct;
  readonly name: string;
  readonly fault: Fault;
  /** @default - none: it is broken for what others claim */
  readonly claim?: Recovery;
}

/** What one template breaks, together. */
export interface ExperimentPlan {
  readonly name: string;
  readonly scenario: Scenario;
  /** The zone that is lost, slow or lossy. @default - something else is */
  readonly zone?: Zone;
  /** Whether the zone answers still, but slowly. @default - it is lost */
  readonly degraded?: "slow" | "lossy";
  /** The region that is cut off. @default - none */
  readonly region?: string;
  readonly faults: readonly PlannedFault[];
}

/** What somebody wants beside what the service must survive. */
export interface Wanted {
  readonly include: "all" | readonly string[];
  readonly isolate: readonly string[];
}

/** What a zone goes through, and what the experiment is called for it. */
const PACKS = ["zone", "slow", "lossy"] as const;

/**
 * An experiment for each fault, with what comes after it, one for each zone, of all that the loss of a zone takes away
 * at once, and one for each region that is to be cut off. What is on request is left out, unless it is included.
 */
export function plansOf(
  scope: Construct,
  parts: readonly IConstruct[],
  { include, isolate }: Wanted,
): ExperimentPlan[] {
  const faults = parts.flatMap((part) => faultsOf(scope, part));
  const plans = [
    ...faults
      .filter(({ fault, claim }) => fault.zone === undefined && fault.after === undefined && claim !== undefined)
      .map((each) => single(each, faults)),
    ...PACKS.flatMap((pack) => inZones(faults, pack)),
  ];
  const requested = (plan: ExperimentPlan) => plan.faults.every(({ fault }) => fault.onRequest);
  const names = plans.filter(requested).map(({ name }) => name);
  for (const name of include === "all" ? [] : include) {
    requireOneOf(scope, "include", name, names, "what a service must survive is an experiment in any case");
  }
  const kept = plans.filter((plan) => !requested(plan) || include === "all" || include.includes(plan.name));
  for (const plan of kept) if (plan.zone !== undefined) judgeSomeTarget(scope, plan.zone, plan.faults);
  return [...kept, ...isolate.map((region) => isolation(scope, region, faults))];
}

function single(each: PlannedFault, all: readonly PlannedFault[]): ExperimentPlan {
  const { construct, name, fault } = each;
  const faults = withFollowers(each, all);
  return { name: `${nameIn(construct)}-${kebab(name)}`, scenario: fault.scenario, faults };
}

function inZones(faults: readonly PlannedFault[], pack: (typeof PACKS)[number]): ExperimentPlan[] {
  const zonal = faults.filter(({ fault: { zone } }) => zone && (zone.pack ?? "zone") === pack);
  const zones = [...new Set(zonal.flatMap(({ fault }) => fault.zone?.zones ?? []))].sort();
  return zones.map((zone) => ({
    name: `${pack}-${zone}`,
    scenario: "zone",
    zone,
    degraded: pack === "zone" ? undefined : pack,
    faults: zonal.filter(({ fault }) => fault.zone?.zones.includes(zone)),
  }));
}

/** What is between here and another region goes, all at once; what claims nothing is cut off only for what does. */
function isolation(scope: Construct, region: string, faults: readonly PlannedFault[]): ExperimentPlan {
  const cut = faults.filter(({ fault }) => fault.region && (fault.region.regions?.includes(region) ?? true));
  const claimed = cut.some(({ claim }) => claim !== undefined);
  const must = `name regions that a part keeps a replica in, so that ${region} is missed`;
  const mend = "add what is replicated there, such as a table, or leave the region out";
  const got = cut.map(({ construct }) => construct.node.path);
  requireThat(scope, claimed, { prop: "isolate", must, got, mend });
  return { name: `isolation-${region}`, scenario: "region", region, faults: cut };
}

/** The path below the stack, as an id. */
function nameIn({ node }: IConstruct): string {
  return node.path.split("/").slice(1).join("-");
}

function faultsOf(scope: Construct, construct: IConstruct): PlannedFault[] {
  if (!isBreakable(construct)) return [];
  requireSound(construct, "faults", "recovers");
  return Object.entries(construct.faults).map(([name, fault]) => {
    const prop = `${construct.node.path}.faults.${name}`;
    requireFault(scope, prop, fault);
    requireAfter(scope, `${prop}.after`, construct.faults, name);
    const { mechanism = "", region } = fault;
    const claimless = region !== undefined && mechanism === "";
    return { construct, name, fault, ...(!claimless && { claim: claimOf(scope, prop, construct, fault) }) };
  });
}

/** In the outage of a zone, what has nothing there is skipped; where all is skipped, nothing is proved. */
function judgeSomeTarget(scope: Construct, zone: Zone, lost: readonly PlannedFault[]): void {
  const sure = lost.some(({ fault }) => fault.target && fault.zone?.always);
  const mend = "add what stands in every zone, such as the network: standsOn: [network]";
  const got = [...new Set(lost.map(({ construct }) => construct.node.path))];
  judge(scope, "experiment-target", sure, { prop: "on", must: `have something in ${zone} at any time`, got, mend });
}
