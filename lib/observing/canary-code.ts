import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HttpPath, JourneyScript, JourneyStep } from "./canary-props";

const CODE = join(__dirname, "../observing/functions/canary.js");

/** Where the runtime finds the code, in the zip. */
const FILE = "nodejs/node_modules/canary.js";

/** What the code of a canary is told. */
export interface CanaryPlan {
  readonly address: string;
  /** @default - none */
  readonly paths?: readonly HttpPath[];
  /** @default - none */
  readonly journey?: readonly JourneyStep[];
}

/** The code of a canary: one text for all, and at its end what this one does. */
export function canaryCode({ address, paths = [], journey = [] }: CanaryPlan): string {
  const plan = { address, paths: paths.map((each) => ({ status: 200, ...each })), journey };
  return `${readFileSync(CODE, "utf8")}\nexports.plan = ${JSON.stringify(plan, undefined, 2)};\n`;
}

/** The files of a canary, as the runtime wants them. */
export function canaryFiles(does: CanaryPlan | JourneyScript): Record<string, string> {
  return { [FILE]: "script" in does ? does.script : canaryCode(does) };
}
