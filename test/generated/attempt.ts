import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms } from "../../lib/alerting";
import { DEVELOPMENT, PRODUCTION, STAGING, Watchable, setPlace, setPosture } from "../../lib/core";
import { Kept } from "../../lib/core/collect";
import { notesOf } from "../../lib/core/notes";
import { Config, read } from "../synth";
import { Case } from "./case";
import { NOTIFY } from "./cases/concerns";

/** One posture after another, each without the rules on what should surround a pattern. */
export const POSTURES = [PRODUCTION, STAGING, DEVELOPMENT].map((posture) => ({ ...posture, enforce: "warn" as const }));

/** The account and the region that everything generated stands in. */
export const PLACE = { account: "111122223333", region: "eu-west-1" };

/** What came of one input: a plan, or why there is none. */
export type Outcome = { readonly plan: Config } | { readonly refused: string };

/** Our refusals name path, prop, rule and value; where the rule does not say it all, what to write instead. */
const REFUSAL = /^\S+: '[^']+' must .+, got ./s;
const REVIEW = /^Synthesis is refused, nothing was written:\n {2}/;

/** Whether an error is one that helps who wrote the input. */
export function isRefusal(message: string): boolean {
  return message
    .replace(REVIEW, "")
    .split("\n  ")
    .every((each) => REFUSAL.test(each));
}

/** Synthesizes one input as the stack of a user would, in `outdir`; everything in it is watched. */
export function attempt(of: Case, name: string, props: object, posture: number, outdir: string): Outcome {
  const app = new App({ outdir, context: { targetVersions: { terraform: ">=1.11.0" } } });
  const stack = new TerraformStack(app, "generated");
  setPlace(stack, PLACE);
  setPosture(stack, POSTURES[posture % POSTURES.length]);
  new AwsProvider(stack, "aws", { region: PLACE.region });
  try {
    const room = new Construct(stack, name);
    of.make(room, "it", props as never);
    watchAll(room);
    app.synth();
  } catch (error) {
    return {
      refused: error instanceof Error && error.name === "Error" ? error.message : String((error as Error).stack),
    };
  }
  return { plan: read(outdir, "generated").json };
}

/** The files beside the plan of what was synthesized in `outdir`. */
export function filesOf(outdir: string): string {
  return join(outdir, "stacks/generated");
}

/** Topics in the regions that are generated, for what follows there. */
const ELSEWHERE = Object.fromEntries(
  ["eu-central-1", "us-east-1", "eu-west-2"].map((region) => {
    const topic = `arn:aws:sns:${region}:${PLACE.account}`;
    return [region, { page: `${topic}:page`, ticket: `${topic}:ticket` }];
  }),
);

function watchAll(room: Construct): void {
  const open = room.node
    .findAll()
    .filter((node): node is Watchable => Object.keys((node as Partial<Watchable>).signals ?? {}).length > 0)
    .filter((node) => !notesOf<Kept>(node, "kept").some(({ safeguard }) => safeguard === "watched"));
  if (open.length === 0) return;
  const alarms = new Alarms(room, "watch", { notify: NOTIFY, elsewhere: ELSEWHERE });
  for (const each of open) alarms.watch(each);
}
