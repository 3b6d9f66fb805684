import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { PRODUCTION, Posture } from "../../lib/core";
import { ENVIRONMENTS } from "../../stacks/environments";
import { stacks } from "../../stacks/main";
import { Config } from "../synth";
import { load } from "../tools";
import { EXAMPLES, exampleNames } from "./examples";
import { given, stackIn } from "./given";

/** Golden plans by their path below `test/plans`: each stack of each environment, and each example. */
export function plans(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "sre-constructs-plans-"));
  try {
    const environments = synthesized(folder, "stacks", (app) => stacks(app));
    const examples = synthesized(folder, "examples", (app) => exampleNames().forEach((name) => example(app, name)));
    return {
      ...rename(environments, (stack) => `${environmentOf(stack)}/${stack}.tf.json`),
      ...rename(examples, (stack) => `examples/${stack}.tf.json`),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `orders-prod-eu-central-1` is of `prod`. */
function environmentOf(stack: string): string {
  return ENVIRONMENTS.map(({ name }) => name).find((name) => stack.split("-").includes(name)) ?? "none";
}

/** Examples that make an app's stacks themselves. */
const WHOLE = ["provide", "two-regions"];

/** An example shows one thing: what should surround it does not stop it. */
const ALONE: Posture = { ...PRODUCTION, enforce: "warn" };

/** Each example as in production. */
export function examplesInProduction(app: App): void {
  for (const name of exampleNames()) example(app, name, ALONE);
}

/** An example in a stack of its own; by default it is judged leniently, as it shows one thing only. */
export function example(app: App, name: string, posture?: Posture): void {
  const [run] = Object.values(load<Record<string, (...given: unknown[]) => void>>(join(EXAMPLES, name)));
  if (WHOLE.includes(name)) return run(app);
  const stack = stackIn(app, name, "eu-west-1", posture);
  run(...given(stack, name));
}

function synthesized(folder: string, name: string, fill: (app: App) => void): Record<string, string> {
  const outdir = join(folder, name);
  const app = new App({ outdir });
  fill(app);
  app.synth();
  return Object.fromEntries(
    readdirSync(join(outdir, "stacks")).map((stack) => [stack, golden(join(outdir, "stacks", stack, "cdk.tf.json"))]),
  );
}

/** A plan without what changes from run to run: the engine's version. */
function golden(path: string): string {
  const plan = JSON.parse(readFileSync(path, "utf8")) as Config;
  delete plan["//"].metadata.version;
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

function rename(files: Record<string, string>, to: (stack: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([stack, text]) => [to(stack), text]));
}
