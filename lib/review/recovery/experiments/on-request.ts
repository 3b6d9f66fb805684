import { Manifest } from "../../manifest";

/** Of a fault, what tells which experiments it could be. */
interface Offered {
  readonly does: string;
  readonly after?: string;
  readonly onRequest?: boolean;
  readonly zone?: { readonly zones: readonly string[]; readonly pack?: string };
  readonly region?: { readonly regions?: readonly string[] };
}

/** An experiment that nobody has asked for, and what to write for it. */
export interface Left {
  readonly name: string;
  readonly path: string;
  readonly does: string;
  readonly write: string;
}

/** What the parts of the experiments could be put to besides, and is not: what makes slow or weak, or cuts a region off. */
export function leftOnRequest({ constructs, experiments }: Manifest): Left[] {
  const parts = new Set(experiments.flatMap(({ faults }) => faults.map(({ path }) => path)));
  const names = new Set(experiments.map(({ name }) => name));
  const left = constructs.flatMap(({ path, faults = {} }) => {
    const known = Object.entries(faults as Readonly<Record<string, Offered>>);
    return parts.has(path) ? known.flatMap(([name, fault]) => offers(path, name, fault)) : [];
  });
  return left.filter(({ name }) => !names.has(name));
}

function offers(path: string, name: string, { does, after, onRequest, zone, region }: Offered): Left[] {
  const regions = (region?.regions ?? []).map((each) => `isolation-${each}`);
  const isolated = regions.map((each) => ({ name: each, path, does, write: `isolate: ["${each.slice(10)}"]` }));
  // What comes after another is a part of that one's experiment.
  if (!onRequest || after !== undefined) return isolated;
  const packs = zone?.zones.map((each) => `${zone.pack ?? "zone"}-${each}`);
  const asked = packs ?? [`${path.split("/").slice(1).join("-")}-${kebab(name)}`];
  return [...asked.map((each) => ({ name: each, path, does, write: `include: ["${each}"]` })), ...isolated];
}

/** Names of faults are camelCase, those of experiments are not. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
