import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { DEVELOPMENT, PRODUCTION, STAGING } from "../../lib/core";
import { Config, readAll } from "../synth";
import { Case } from "./case";

/** One posture after another, each without the rules on what should surround a pattern. */
export const POSTURES = [PRODUCTION, STAGING, DEVELOPMENT].map((posture) => ({ ...posture, enforce: "warn" as const }));

/** A plan, and the folder of the files that it refers to. */
export interface Plan {
  readonly plan: Config;
  readonly files: string;
}

/** What came of one input: a plan a stack, and what of the files is no text; or why there is none. */
export type Outcome =
  { readonly plans: readonly Plan[]; readonly spoilt: readonly string[] } | { readonly refused: string };

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

/** Synthesizes one input as a user would, in `outdir`. */
export function attempt(of: Case, name: string, props: object, posture: number, outdir: string): Outcome {
  const app = new App({ outdir, context: { targetVersions: { terraform: ">=1.11.0" } } });
  try {
    of.fill(app, name, props as never, POSTURES[posture % POSTURES.length]);
    app.synth();
  } catch (error) {
    return {
      refused: error instanceof Error && error.name === "Error" ? error.message : String((error as Error).stack),
    };
  }
  const plans = Object.entries(readAll(outdir));
  return {
    plans: plans.map(([stack, { json }]) => ({ plan: json, files: join(outdir, "stacks", stack) })),
    spoilt: spoiltIn(outdir),
  };
}

/** What JavaScript writes where something was forgotten, and cdktf where a value is known to itself alone. */
const SPOILT = /[^\n]{0,80}(\bundefined\b|\bNaN\b|\[object |TfToken\[|Token\[)[^\n]{0,80}/;

/** Lines of plans and reports that nobody can have meant. */
function spoiltIn(outdir: string): string[] {
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.flatMap(({ name, parentPath }) => {
    if (!/\.(json|md|ya?ml)$/.test(name)) return [];
    const [line] = SPOILT.exec(readFileSync(join(parentPath, name), "utf8")) ?? [];
    return line === undefined ? [] : [`${relative(outdir, join(parentPath, name))}: ${line}`];
  });
}
