import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

export const EXAMPLES = join(__dirname, "../../examples");

/** The examples, by file name. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}
