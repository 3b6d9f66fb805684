import { cpSync } from "node:fs";
import { offline } from "../rehearsal/offline";
import { NOWHERE, Plugin, Terraform, environmentFor } from "../rehearsal/terraform";
import { Config } from "../synth";
import { PLACE } from "./case";

/** What Terraform says against a plan. */
export interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** What the provider has against a plan: by the schema, and by what it checks where it plans. */
export async function judge(plan: Config, files: readonly string[], folder: string, plugin: Plugin) {
  const terraform = new Terraform(folder, environmentFor(NOWHERE));
  for (const each of files) cpSync(each, folder, { recursive: true });
  terraform.write(offline(plan, plugin.version, PLACE.account));
  await terraform.init(plugin.folder);
  const planned = await terraform.run(["plan", "-json", "-refresh=false", "-lock=false", "-input=false"]);
  if (planned.code === 0) return [];
  // A plan validates as it goes, and ends at what depends on a fault: this tells of all at once.
  const validated = await terraform.run(["validate", "-json"]);
  const { diagnostics } = JSON.parse(validated.said.slice(validated.said.indexOf("{"))) as Config;
  const faults = errors(diagnostics as Diagnostic[]);
  if (faults.length > 0) return faults;
  const lines = planned.said.split("\n").filter((line) => line.startsWith("{"));
  const found = errors(lines.flatMap((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic ?? []));
  if (found.length > 0) return found;
  const summary = `terraform plan ended with ${planned.code}`;
  return [{ severity: "error", summary, detail: planned.said.slice(-2000) }];
}

function errors(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}
