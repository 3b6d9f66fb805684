import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { refuse, requireForm } from "../core/guard";
import { register } from "../core/hook";
import { Place, setPlace } from "../core/place";
import { PRODUCTION, Posture, setPosture } from "../core/posture";
import { requireKind, requireProps } from "../core/props";
import { RemoteState, StateStore } from "../state/remote-state";

/** Versions of the AWS provider that the plans are written for: what the bindings know, and newer minor versions. */
const AWS_PROVIDER = { source: "hashicorp/aws", version: "~> 6.25" };

/**
 * Releases of Terraform that the plans are written for: they lock states by a file and keep secrets out of them. cdktn
 * refuses both where a stack does not say so, cdktf does not ask.
 */
const TERRAFORM = ">=1.11.0";
const TARGETS = "targetVersions";

/** What is the same for all stacks of one environment. */
export interface Provided extends Place {
  /** The environment's name. The library never reads anything from it. */
  readonly name: string;
  /** What the stacks belong to; part of the state's path, and a tag. */
  readonly service: string;
  /** The team that is asked first. */
  readonly owner: string;
  readonly costCentre: string;
  /** @default PRODUCTION */
  readonly posture?: Posture;
  /** Where the state is kept. @default - a file beside the plan, for a first try */
  readonly state?: StateStore;
  /** More tags for every resource; known values only, or every plan shows a change. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Makes a stack ready for patterns: place, posture, AWS provider, state and default tags. Call it first.
 *
 * The provider refuses any other account than the environment's, so that a plan never reaches the wrong one.
 *
 * @throws where the stack has children already: their defaults would be those of another environment
 */
export function provide(stack: TerraformStack, environment: Provided): AwsProvider {
  requireKind("provide", "stack", stack, "construct");
  requireProps(stack, environment, "Provided", "environment");
  const { name, service, owner, costCentre, account, region, posture = PRODUCTION, state, tags = {} } = environment;
  if (stack.node.children.length > 0) {
    const got = stack.node.children.map(({ node }) => node.id);
    refuse(stack, { prop: "provide", must: "come before the stack has children", got, mend: "call it first" });
  }
  for (const [prop, value] of Object.entries({ name, service, owner, costCentre })) {
    requireForm(stack, prop, value, /^[\w.:/=+@ -]{1,256}$/, "a tag value: letters, digits and . : / = + @ - _");
  }
  if (stack.node.tryGetContext(TARGETS) === undefined) stack.node.setContext(TARGETS, { terraform: TERRAFORM });
  setPlace(stack, environment);
  setPosture(stack, posture);
  register(stack);
  const provider = new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: [account],
    defaultTags: [
      {
        tags: { service, environment: name, owner, "cost-centre": costCentre, "managed-by": "sre-constructs", ...tags },
      },
    ],
  });
  stack.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
  if (state) new RemoteState(stack, "state", { ...state, service, environment: name });
  return provider;
}
