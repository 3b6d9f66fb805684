import { Config } from "../synth";
import { resourcesOf, takeOff } from "./adapt";
import rows from "./gaps.json";

/** What the emulator cannot do, as a row of `gaps.json`. */
export interface Gap {
  readonly type: string;
  /** Which arguments make it so; without, every resource of the type. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** A path through blocks, or "whole type". */
  readonly attribute: string;
  /**
   * - `absent`: a resource is left out of the apply,
   * - `taken off`: an argument is not there in the apply, as the emulator refuses it, or its loss replaces the resource and
   *    spreads to all that name it,
   * - `lost`: a second plan shows an attribute again.
   */
  readonly effect: "absent" | "taken off" | "lost";
  readonly what: string;
  /** Why it is the emulator's fault and not the plan's. */
  readonly why: string;
  /** What those that refer to an absent resource are told in place of what AWS assigns, by attribute. */
  readonly told?: Readonly<Record<string, string>>;
}

/** One thing that a second plan would change. */
export interface Difference {
  readonly address: string;
  readonly type: string;
  readonly attribute: string;
}

export const GAPS = rows as readonly Gap[];

/** A plan without what the emulator cannot apply. */
export interface Applicable {
  readonly plan: Config;
  /** The addresses of what was left out. */
  readonly leftOut: string[];
  readonly used: Gap[];
}

/**
 * Takes out of a copy of the plan what the emulator cannot apply.
 *
 * Those that refer to what is left out are told what its own arguments say, or its row.
 *
 * @throws where something that stays refers to anything else of it
 */
export function applicable(plan: Config, gaps: readonly Gap[]): Applicable {
  const copy = structuredClone(plan);
  const used = new Set<Gap>();
  const leftOut: string[] = [];
  const told = new Map<string, string>();
  for (const { type, address, config } of resourcesOf(copy)) {
    for (const gap of gaps.filter((row) => row.type === type && matches(config, row.where ?? {}))) {
      if (gap.effect === "taken off" && takeOff(config, gap.attribute)) used.add(gap);
      if (gap.effect !== "absent") continue;
      used.add(gap);
      leftOut.push(address);
      for (const [attribute, value] of Object.entries({ ...config, ...gap.told })) {
        if (typeof value === "string") told.set(`\${${address}.${attribute}}`, value);
      }
      Reflect.deleteProperty(copy.resource[type], address.slice(type.length + 1));
      // Terraform refuses a type that has no resource.
      if (Object.keys(copy.resource[type]).length === 0) Reflect.deleteProperty(copy.resource, type);
    }
  }
  for (const { config } of resourcesOf(copy)) {
    if (config.depends_on) config.depends_on = config.depends_on.filter((on: string) => !leftOut.includes(on));
  }
  const left = replaced(copy, told) as Config;
  for (const address of leftOut) requireUnreferred(left, address);
  return { plan: left, leftOut, used: [...used] };
}

/** What no gap explains, and the gaps that explain the rest. */
export function explained(differences: readonly Difference[], gaps: readonly Gap[]) {
  const explains = (gap: Gap, { type, attribute }: Difference) =>
    gap.effect === "lost" &&
    gap.type === type &&
    (attribute === gap.attribute || attribute.startsWith(`${gap.attribute}.`));
  return {
    unexplained: differences.filter((each) => !gaps.some((gap) => explains(gap, each))),
    used: gaps.filter((gap) => differences.some((each) => explains(gap, each))),
  };
}

function matches(config: Config, where: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(where).every(([argument, value]) => config[argument] === value);
}

/** The same data, where each text has what stands for a reference in its place. */
function replaced(value: unknown, told: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return [...told].reduce((now, [from, to]) => now.replaceAll(from, () => to), value);
  if (Array.isArray(value)) return value.map((each) => replaced(each, told));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, told)]));
}

function requireUnreferred(plan: Config, address: string): void {
  const refers = (value: unknown) => new RegExp(`\\b${address}(?![\\w-])`).test(JSON.stringify(value));
  const by = resourcesOf(plan).find(({ config }) => refers({ ...config, "//": undefined }))?.address;
  const who = by ?? (refers(plan.output ?? {}) ? "an output" : undefined);
  if (who) throw new Error(`${who} refers to ${address}, which is left out; give it a row of its own in gaps.json`);
}
