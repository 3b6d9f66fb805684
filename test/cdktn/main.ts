import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { CACHE, PACKAGE, ROOT, command, run } from "../tools";
import { CDKTN, OVERRIDES } from "./aliases";

const FOLDER = join(CACHE, "cdktn");
const CONFIG = "test/shared-process.config.mjs";

/** What a clone does not have: it is installed or made. */
const MADE = ["node_modules", "dist", "cdktf.out", ".cache", ".git"];

/** The CLI of cdktf runs no test; the provider of PagerDuty has no twin. */
const LEFT_OUT = ["cdktf-cli", "@cdktf/provider-pagerduty"];
/**
 * What needs that provider, and what looks at all that there is: documentation, the table of kinds, made-up inputs, checks of
 * every plan.
 */
const LEFT_OUT_FILES = [
  "lib/on-call",
  "test/on-call",
  "test/docs.test.ts",
  "test/generated",
  "test/kinds",
  "test/reliability",
  "examples/on-call.ts",
  "test/plans/examples/on-call.tf.json",
];

/** All types and all tests, golden plans byte for byte, on cdktn instead of cdktf: `npm run test:cdktn`. */
function main(): void {
  copy();
  say("installs cdktn");
  run("npm", ["install", "--no-audit", "--no-fund"], FOLDER);
  say(`compiles on ${Object.keys(CDKTN).map(installed).join(" and ")}`);
  run(process.execPath, ["node_modules/typescript/bin/tsc"], FOLDER);
  say("runs the tests");
  const results = join(FOLDER, "results.json");
  run(
    process.execPath,
    ["node_modules/jest/bin/jest.js", "--ci", "--config", CONFIG, "--json", `--outputFile=${results}`],
    FOLDER,
  );
  const { numPassedTests, numTotalTests, numPassedTestSuites } = JSON.parse(readFileSync(results, "utf8"));
  say(`${numPassedTests} of ${numTotalTests} tests in ${numPassedTestSuites} files passed`);
}

/** The repository as it is now, beside what the last run installed. */
function copy(): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const old of readdirSync(FOLDER)) if (!MADE.includes(old)) rmSync(join(FOLDER, old), { recursive: true });
  for (const name of readdirSync(ROOT)) {
    if (!MADE.includes(name)) cpSync(join(ROOT, name), join(FOLDER, name), { recursive: true, filter: isCopied });
  }
  const dependencies = Object.entries({ ...PACKAGE.devDependencies, ...CDKTN });
  const devDependencies = Object.fromEntries(dependencies.filter(([name]) => !LEFT_OUT.includes(name)));
  const own = { ...PACKAGE, devDependencies, overrides: OVERRIDES };
  writeFileSync(join(FOLDER, "package.json"), `${JSON.stringify(own, undefined, 2)}\n`);
}

function isCopied(path: string): boolean {
  return !LEFT_OUT_FILES.includes(relative(ROOT, path));
}

function installed(name: string): string {
  const found = JSON.parse(readFileSync(join(FOLDER, "node_modules", name, "package.json"), "utf8"));
  return `${found.name} ${found.version}`;
}

function say(what: string): void {
  console.log(`${String(Math.round(process.uptime())).padStart(4)} s  ${what}`);
}

command(main);
