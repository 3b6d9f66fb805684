import { cpSync } from "node:fs";
import { adapt } from "../rehearsal/adapt";
import { NEWER } from "../rehearsal/newer";
import { Plugin, Terraform, environmentFor } from "../rehearsal/terraform";
import { Config } from "../synth";
import { PLACE } from "./attempt";

/** No plan that is rehearsed has it. */
const WITNESS = { type: "aws_dynamodb_table", argument: "global_table_witness" };

/** No service answers here: a plan of new things needs none. */
export const NOWHERE = "http://localhost:1";

/** What Terraform says against a plan. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** What the provider has against a plan: by the schema, and then by what it checks where it plans. */
export async function judge(plan: Config, files: readonly string[], folder: string, plugin: Plugin) {
  const terraform = new Terraform(folder, environmentFor(NOWHERE));
  for (const each of files) cpSync(each, folder, { recursive: true });
  terraform.write(offline(plan, plugin.version));
  await terraform.init(plugin.folder);
  const validated = await terraform.run(["validate", "-json"]);
  const { diagnostics } = JSON.parse(validated.said.slice(validated.said.indexOf("{"))) as Config;
  const faults = errors(diagnostics as Diagnostic[]);
  if (faults.length > 0) return faults;
  const planned = await terraform.run(["plan", "-json", "-refresh=false", "-lock=false", "-input=false"]);
  const lines = planned.said.split("\n").filter((line) => line.startsWith("{"));
  const found = errors(lines.flatMap((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic ?? []));
  if (planned.code === 0 || found.length > 0) return found;
  return [
    { severity: "error", summary: `terraform plan ended with ${planned.code}`, detail: planned.said.slice(-2000) },
  ];
}

function errors(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

function offline(plan: Config, version: string): Config {
  const stage = { endpoint: NOWHERE, version, account: PLACE.account, stateOf: () => "terraform.tfstate", renamed: {} };
  const { plan: adapted } = adapt("generated", plan, stage, [...NEWER, WITNESS]);
  adapted.provider.aws = (adapted.provider.aws as Config[]).map((each) => ({
    ...each,
    skip_requesting_account_id: true,
  }));
  // What is asked for at each apply has no default.
  for (const variable of Object.values((adapted.variable ?? {}) as Record<string, Config>))
    variable.default ??= "given-12";
  return adapted;
}
