import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

// `npm run build`: lib, compiled to dist, with the files that are not TypeScript beside it. All modules stand in one file,
// since node takes longer to find and open some three hundred than to run them; types and indexes stand as in lib.
const DIST = join(dirname(fileURLToPath(import.meta.url)), "dist");
/** One folder below dist, as every module of lib is: what reads a file beside it finds it. */
const LIBRARY = "library/modules.js";
const load = createRequire(import.meta.url);

rmSync(DIST, { recursive: true, force: true });
execFileSync(process.execPath, [load.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], { stdio: "inherit" });
cpSync("lib", DIST, { recursive: true, filter: (path) => !path.endsWith(".ts") });
const files = readdirSync(DIST, { recursive: true }).map((path) => join(DIST, path));
const indexes = files.filter((path) => path.endsWith("/index.js"));
const offers = new Map(indexes.map((path) => [path, offered(path)]));
bundle([...new Set([...offers.values()].flatMap((names) => [...names.values()]))]);
for (const path of files.filter((path) => path.endsWith(".js") && existsSync(path.replace(/js$/, "d.ts")))) {
  rmSync(path);
  rmSync(`${path}.map`);
}
for (const [path, names] of offers) writeFileSync(path, index(path, names));

/** What an index exports, and the modules that it comes from. */
function offered(path) {
  const names = new Map();
  for (const [, from] of readFileSync(path, "utf8").matchAll(/\brequire\("(\.[^"]*)"\)/g)) {
    const part = load.resolve(join(dirname(path), from));
    // An index of indexes: the modules behind them.
    const behind = part.endsWith("/index.js") ? offered(part) : undefined;
    for (const name of Object.keys(load(part))) if (!names.has(name)) names.set(name, behind?.get(name) ?? part);
  }
  const missing = Object.keys(load(path)).filter((name) => !names.has(name));
  if (missing.length > 0) throw new Error(`${path}: nothing that it requires exports ${missing.join(", ")}`);
  return names;
}

/** Writes all modules into one file, which runs one when it is first asked for. */
function bundle(modules) {
  const lines = modules.map((path) => `${JSON.stringify(nameOf(path))}: () => require(${JSON.stringify(path)}),`);
  buildSync({
    stdin: { contents: ["module.exports = {", ...lines, "};"].join("\n"), resolveDir: DIST },
    outfile: join(DIST, LIBRARY),
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
  });
}

function nameOf(path) {
  return relative(DIST, path).replace(/\.js$/, "");
}

/**
 * An index that loads a part when it is first asked for: who uses one pattern of an area does not pay for the others, nor
 * for the provider's classes that those are made of.
 */
function index(path, names) {
  const library = JSON.stringify(relative(dirname(path), join(DIST, LIBRARY)).replace(/^(?!\.)/, "./"));
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `const parts = require(${library});`,
    "const offer = (name, part) =>",
    "  Object.defineProperty(exports, name, { enumerable: true, get: () => parts[part]()[name] });",
    ...[...names].map(([name, part]) => `offer("${name}", "${nameOf(part)}");`),
    // Never run: by this line ECMAScript modules learn which names they may import.
    `0 && (module.exports = { ${[...names.keys()].join(", ")} });`,
    "",
  ].join("\n");
}
