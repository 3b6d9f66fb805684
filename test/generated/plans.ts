import { Config } from "../synth";

/** What of a plan stands by name, and so beside that of others. */
const NAMED = ["resource", "data", "output", "variable"] as const;

/** One plan of many whose names are kept apart: the provider answers for all at once. */
export function merged(plans: readonly Config[]): Config {
  const all = structuredClone(plans[0]);
  for (const plan of plans.slice(1)) {
    for (const part of NAMED) {
      for (const [name, value] of Object.entries((plan[part] ?? {}) as Config)) {
        all[part] = { ...all[part], [name]: { ...all[part]?.[name], ...value } };
      }
    }
  }
  return all;
}
