import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// `npm run build`: lib, compiled to dist, with the files that are not TypeScript beside it.
const DIST = join(dirname(fileURLToPath(import.meta.url)), "dist");
const load = createRequire(import.meta.url);

rmSync(DIST, { recursive: true, force: true });
execFileSync(process.execPath, [load.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], { stdio: "inherit" });
cpSync("lib", DIST, { recursive: true, filter: (path) => !path.endsWith(".ts") });
const indexes = readdirSync(DIST, { recursive: true }).filter((path) => /(^|[\\/])index\.js$/.test(path));
// All are read before the first is rewritten: an index may name another.
for (const [path, text] of indexes.map((name) => join(DIST, name)).map((path) => [path, lazy(path)])) {
  writeFileSync(path, text);
  rmSync(`${path}.map`);
}

/**
 * An index that loads a part when it is first asked for: who uses one pattern of an area does not pay for the others, nor
 * for the provider's classes that those are made of.
 */
function lazy(path) {
  const offered = new Map();
  for (const [, from] of readParts(path)) {
    for (const name of Object.keys(load(join(dirname(path), from)))) if (!offered.has(name)) offered.set(name, from);
  }
  const exported = Object.keys(load(path));
  const missing = exported.filter((name) => !offered.has(name));
  if (missing.length > 0) throw new Error(`${path}: nothing that it requires exports ${missing.join(", ")}`);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    "const offer = (name, load) =>",
    "  Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });",
    ...exported.map((name) => `offer("${name}", () => require("${offered.get(name)}"));`),
    // Never run: by this line ECMAScript modules learn which names they may import.
    `0 && (module.exports = { ${exported.join(", ")} });`,
    "",
  ].join("\n");
}

function readParts(path) {
  return readFileSync(path, "utf8").matchAll(/\brequire\("(\.[^"]*)"\)/g);
}
