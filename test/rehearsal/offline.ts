import { Config } from "../synth";
import { adapt } from "./adapt";
import { NEWER, Newer } from "./newer";
import { NOWHERE } from "./terraform";

/** No plan that is rehearsed has them; of the last one 5.x knows not all values. */
const OTHERS: readonly Newer[] = [
  { type: "aws_dynamodb_table", argument: "global_table_witness" },
  { type: "aws_ecr_repository", argument: "image_tag_mutability_exclusion_filter" },
  { type: "aws_ecr_repository", argument: "image_tag_mutability" },
];

/** A plan as the real provider plans it without any service: nothing of it is there yet. */
export function offline(plan: Config, version: string, account: string): Config {
  const stage = { endpoint: NOWHERE, version, account, stateOf: () => "terraform.tfstate", renamed: {} };
  const { plan: adapted } = adapt("generated", withAwsAlone(plan), stage, [...NEWER, ...OTHERS]);
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
