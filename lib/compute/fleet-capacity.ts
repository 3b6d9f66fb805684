import { IConstruct } from "constructs";
import { refuse, requireKnown, requireWhole } from "../core/guard";
import { judge } from "../core/verdict";
import { FleetProps, Load } from "./fleet-props";

/** How many instances a fleet has, and how many it cannot do without. */
export interface Capacity {
  readonly zones: number;
  /** Instances that carry the stated peak. */
  readonly needed: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The fewest instances, as many in each zone, of which enough are left when one zone is lost.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/static-stability.html
 */
export function smallestMin(zones: number, needed: number): number {
  return zones * Math.ceil(needed / (zones - 1));
}

/** What is left when the fullest zone is lost; a group is balanced to within one instance. */
export function survivors({ zones, min }: Pick<Capacity, "zones" | "min">): number {
  return min - Math.ceil(min / zones);
}

/** What one instance may get while all zones are there, so that it can carry its share when one is lost. */
export function withHeadroom(perInstance: number, zones: number): number {
  return (perInstance * (zones - 1)) / zones;
}

/** The size of a fleet; refuses numbers that say nothing. */
export function capacityOf(scope: IConstruct, zones: number, props: FleetProps): Capacity {
  const { load, behind } = props;
  if (behind && !load) refuse(scope, { prop: "load", must: "be given behind an entrance", got: undefined });
  if (load) {
    requirePositive(scope, "load.peakRequestsPerSecond", load.peakRequestsPerSecond);
    requirePositive(scope, "load.perInstance", load.perInstance);
  }
  const needed = load ? Math.ceil(load.peakRequestsPerSecond / load.perInstance) : 1;
  const smallest = smallestMin(zones, needed);
  const { min = smallest, max = 2 * Math.max(min, smallest) } = props;
  for (const [prop, count] of Object.entries({ min, max })) requireKnown(scope, prop, count);
  requireWhole(scope, "min", min, 1, Infinity);
  requireWhole(scope, "max", max, min, Infinity, `it cannot be less than min, ${min}`);
  return { zones, needed, min, max };
}

/** Refuses what is not a number above zero, known at synthesis. */
export function requirePositive(scope: IConstruct, prop: string, got: number): void {
  requireKnown(scope, prop, got);
  if (!(got > 0 && got < Infinity)) refuse(scope, { prop, must: "be a number above 0", got });
}

/** Judges whether what is left of the fewest instances carries the peak when a zone is lost. */
export function judgeMin(scope: IConstruct, capacity: Capacity, load: Load | undefined): boolean {
  const { zones, needed, min } = capacity;
  const left = survivors(capacity);
  const carried = load ? `, which carry ${left * load.perInstance} requests a second` : "";
  const peak = load ? ` for ${load.peakRequestsPerSecond} requests a second` : "";
  judge(scope, "zone-loss", left >= needed, {
    prop: "min",
    must: `leave ${needed}${peak} when one of ${zones} zones is lost`,
    got: min,
    mend: `${left} would be left${carried}: write min: ${smallestMin(zones, needed)}`,
  });
  return left >= needed;
}

/** Judges whether instances that scale on requests are left the room to take over from a lost zone. */
export function judgeTarget(scope: IConstruct, zones: number, target: number, { perInstance }: Load): boolean {
  const kept = target * zones <= perInstance * (zones - 1);
  judge(scope, "zone-loss", kept, {
    prop: "targetPerInstance",
    must: `leave an instance that serves ${perInstance} a second room for its share of one of ${zones} lost zones`,
    got: target,
    mend: `write at most ${Math.floor(100 * withHeadroom(perInstance, zones)) / 100}, or leave it out`,
  });
  return kept;
}
