import { App } from "cdktf";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";

/** Synthesizes the stacks of `prod`. */
export function run(outdir: string): void {
  stacks(
    new App({ outdir }),
    ENVIRONMENTS.filter(({ name }) => name === "prod"),
  ).synth();
}
