import { App, ISynthesisSession, TerraformStack } from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { makePlans, plannedIn, withPlan } from "../../lib/core/planned";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";

/** Synthesizes the stacks of `prod`; "plans": no more than the plans, without review, manifest and reports. */
export function run(outdir: string, only?: "plans"): void {
  const app = stacks(
    new App({ outdir, skipValidation: only === "plans" }),
    ENVIRONMENTS.filter(({ name }) => name === "prod"),
  );
  if (only === "plans") plansOnly(app);
  app.synth();
}

function plansOnly(app: App): void {
  const all = app.node.children.filter((child) => TerraformStack.isStack(child));
  for (const stack of all) {
    const inner = new StackSynthesizer(stack);
    const synthesize = (session: ISynthesisSession) => {
      if (!plannedIn(stack)) makePlans(app, all);
      withPlan(stack, () => inner.synthesize(session));
    };
    stack.synthesizer = { synthesize };
  }
}
