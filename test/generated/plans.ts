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
  return inlined(all);
}

/** What one stack of an app knows of another, it takes from its state: here both are in one plan. */
function inlined(plan: Config): Config {
  if (!plan.data?.terraform_remote_state) return plan;
  const data = { ...(plan.data as Config), terraform_remote_state: undefined };
  const outputs = (plan.output ?? {}) as Record<string, Config>;
  const text = JSON.stringify({ ...plan, data }).replaceAll(
    /data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)/g,
    (_all, name: string) => JSON.stringify(String(outputs[name].value).replace(/^\$\{|\}$/g, "")).slice(1, -1),
  );
  return JSON.parse(text) as Config;
}
