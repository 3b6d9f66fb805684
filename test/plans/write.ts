import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { plans } from "./plans";

/** Rewrites the golden plans: `npm run plans`. The diff is for a reviewer to read. */
const written = Object.entries(plans());
for (const entry of readdirSync(__dirname, { withFileTypes: true })) {
  if (entry.isDirectory()) rmSync(join(__dirname, entry.name), { recursive: true });
}
for (const [path, text] of written) {
  mkdirSync(dirname(join(__dirname, path)), { recursive: true });
  writeFileSync(join(__dirname, path), text);
}
