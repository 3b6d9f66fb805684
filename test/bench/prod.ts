import { App, TerraformStack } from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";

/** Synthesizes the stacks of `prod`; "plans": as cdktf alone would, without review, manifest and reports. */
export function run(outdir: string, only?: "plans"): void {
  const app = stacks(
    new App({ outdir, skipValidation: only === "plans" }),
    ENVIRONMENTS.filter(({ name }) => name === "prod"),
  );
  if (only === "plans") {
    for (const child of app.node.children) {
      if (TerraformStack.isStack(child)) child.synthesizer = new StackSynthesizer(child);
    }
  }
  app.synth();
}
