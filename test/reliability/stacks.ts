import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { App } from "cdktf";
import { Placement, PRODUCTION } from "../../lib/core";
import { THERE, stackIn } from "../plans/given";
import { examplesInProduction } from "../plans/plans";
import { inFolder, network } from "../synth";
import { Plan, Resource, Resources, Surroundings } from "./plan";
import { unseen } from "./unseen";

/** What of a synthesized stack is read. */
export interface Stack {
  readonly resource?: Resources;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Synthesized stacks by name. */
export type Stacks = Readonly<Record<string, Stack>>;

/** Each example as in production, and what no example shows. */
export function examples(): Stacks {
  return inFolder((outdir) => {
    const app = new App({ outdir });
    examplesInProduction(app);
    unseen(stackIn(app, "unseen", "eu-west-1", { ...PRODUCTION, enforce: "warn" }));
    app.synth();
    return stacksIn(join(outdir, "stacks"), (stack) => join(stack, "cdk.tf.json"));
  });
}

/** The golden plans of an environment: the same bytes as are synthesized, which another test sees to. */
export function goldenPlans(environment: string): Stacks {
  const folder = join(__dirname, "../plans", environment);
  return stacksIn(folder, (file) => file);
}

function stacksIn(folder: string, path: (entry: string) => string): Stacks {
  return Object.fromEntries(
    readdirSync(folder).map((entry) => [
      basename(entry, ".tf.json"),
      JSON.parse(readFileSync(join(folder, path(entry)), "utf8")) as Stack,
    ]),
  );
}

/** What is known around each of some stacks: what they tell each other, and the zones of given subnets. */
export function surroundings(stacks: Stacks): Surroundings {
  return {
    zones: ZONES,
    beyond: Object.fromEntries(Object.entries(stacks).flatMap(([name, stack]) => told(name, stack))),
  };
}

/** What a stack tells others, by the way they refer to it. */
function told(name: string, { resource = {}, output = {} }: Stack): [string, Resource][] {
  const own = new Plan(resource);
  return Object.entries(output).flatMap(([id, { value }]) =>
    own
      .named(value)
      .map((each): [string, Resource] => [
        `data.terraform_remote_state.cross-stack-reference-input-${name}.outputs.${id}`,
        { ...each, address: `${name}/${each.address}` },
      ]),
  );
}

/** The zones of subnets that examples are given by id. */
const ZONES = Object.fromEntries(
  [network(), THERE].flatMap(({ zones }: Placement) =>
    Object.entries(zones).flatMap(([zone, subnets]) => Object.values(subnets).map((subnet) => [subnet, zone])),
  ),
);
