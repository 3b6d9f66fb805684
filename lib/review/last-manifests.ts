import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Manifest } from "./manifest";

/**
 * The manifests that the last synthesis left.
 *
 * @param folder where it wrote; as cdktf is told, else `cdktf.out`
 */
export function lastManifests(folder = process.env.CDKTF_OUTDIR ?? "cdktf.out"): Manifest[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { stacks: object };
  return Object.keys(stacks)
    .map((stack) => join(folder, "reliability", stack, "manifest.json"))
    .filter(existsSync)
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as Manifest);
}
