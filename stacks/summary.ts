import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { summary } from "../lib/review/summary";

/** Prints what the last synthesis left, from the manifests alone: `npm run synth`. */
const folder = process.env.CDKTF_OUTDIR ?? "cdktf.out";
const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { stacks: object };
const manifests = Object.keys(stacks)
  .map((stack) => join(folder, "reliability", stack, "manifest.json"))
  .filter(existsSync)
  .map((path) => JSON.parse(readFileSync(path, "utf8")));
console.log(summary(manifests));
