import { cpSync } from "node:fs";
import { adapt } from "../rehearsal/adapt";
import { NEWER } from "../rehearsal/newer";
import { Plugin, Terraform, environmentFor } from "../rehearsal/terraform";
import { Config } from "../synth";
import { PLACE } from "./case";

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

/** What the provider has against a plan: by the schema, and by what it checks where it plans. */
export async function judge(plan: Config, files: readonly string[], folder: string, plugin: Plugin) {
  const terraform = new Terraform(folder, environmentFor(NOWHERE));
  for (const each of files) cpSync(each, folder, { recursive: true });
  terraform.write(offline(plan, plugin.version));
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

export function offline(plan: Config, version: string): Config {
  const stage = { endpoint: NOWHERE, version, account: PLACE.account, stateOf: () => "terraform.tfstate", renamed: {} };
  const { plan: adapted } = adapt("generated", withAwsAlone(plan), stage, [...NEWER, WITNESS]);
  adapted.provider.aws = (adapted.provider.aws as Config[]).map((each) => ({
    ...each,
    // Nobody is there to ask which account this is.
    skip_requesting_account_id: true,
    allowed_account_ids: undefined,
  }));
  // What is asked for at each apply has no default.
  for (const variable of Object.values((adapted.variable ?? {}) as Record<string, Config>))
    variable.default ??= "given-12";
  return adapted;
}

/** No other provider is at hand: what refers to its resources is told something of the same kind. */
function withAwsAlone(plan: Config): Config {
  const { aws: required } = plan.terraform.required_providers as Config;
  const resource = Object.entries(plan.resource as Config).filter(([type]) => !type.startsWith("pagerduty_"));
  const alone = {
    ...plan,
    provider: { aws: plan.provider.aws as Config },
    terraform: { ...plan.terraform, required_providers: { aws: required } },
    resource: Object.fromEntries(resource),
  };
  return JSON.parse(JSON.stringify(alone).replaceAll(/\$\{pagerduty_[^}]+\}/g, "given-12")) as Config;
}
