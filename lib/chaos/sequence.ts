import { Construct } from "constructs";
import { Fault, Faults } from "../core/fault";
import { refuse, requireOneOf, requireThat } from "../core/guard";
import { minutesIn } from "./parameters";
import { PlannedFault } from "./plan";

/** Refuses a fault that comes after one that there is not, after itself, or after one of another experiment. */
export function requireAfter(scope: Construct, prop: string, faults: Faults, name: string): void {
  const { after } = faults[name];
  if (after === undefined) return;
  requireOneOf(scope, prop, after, Object.keys(faults), "it names another fault of the same construct");
  const seen = new Set([name]);
  for (let at: string | undefined = after; at !== undefined; at = faults[at].after) {
    if (seen.has(at)) refuse(scope, { prop, must: "lead to a fault that comes first", got: [...seen, at] });
    seen.add(at);
  }
  const together = JSON.stringify(belongs(faults[name])) === JSON.stringify(belongs(faults[after]));
  const must = `name a fault of the same experiment as ${name}`;
  const mend = "give both the same scenario, zone, region and onRequest";
  requireThat(scope, together, { prop, must, got: after, mend });
}

/** What decides which experiments a fault belongs to. */
function belongs({ scenario, zone, region, onRequest = false }: Fault) {
  const { zones, pack = "zone" } = zone ?? {};
  return { scenario, zones, pack: zone && pack, regions: region && (region.regions ?? "any"), onRequest };
}

/** A fault with all that comes after it, each after what it comes after. */
export function withFollowers(first: PlannedFault, all: readonly PlannedFault[]): PlannedFault[] {
  const next = all.filter(({ construct, fault }) => construct === first.construct && fault.after === first.name);
  return [first, ...next.flatMap((each) => withFollowers(each, all))];
}

/** Minutes of an experiment after which a fault begins, and those that it takes. */
export function spanOf(each: PlannedFault, all: readonly PlannedFault[]): { begin: number; length: number } {
  const length = Math.max(0, ...Object.values(each.fault.parameters ?? {}).map(minutesIn));
  const before = all.find(({ construct, name }) => construct === each.construct && name === each.fault.after);
  if (!before) return { begin: 0, length };
  const span = spanOf(before, all);
  return { begin: span.begin + span.length, length };
}
