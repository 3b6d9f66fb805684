import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CDKTN } from "../cdktn/aliases";
import * as library from "../../lib";
import { Config } from "../synth";
import { PACKAGE, ROOT, run } from "../tools";
import { RESOLUTIONS, Resolution, areas, compile, pack, synthesize, writeProject } from "./pack";

const README = readFileSync(join(ROOT, "README.md"), "utf8");
const PEERS = Object.keys(PACKAGE.peerDependencies);
let folder: string;
let packed: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sre-constructs-package-"));
  const tarball = pack(folder);
  packed = run("tar", ["-tzf", tarball], folder)
    .split("\n")
    .filter(Boolean)
    .map((path) => path.replace(/^package\//, ""));
  const unpacked = join(folder, "node_modules", PACKAGE.name);
  mkdirSync(unpacked, { recursive: true });
  run("tar", ["-xzf", tarball, "--strip-components=1", "-C", unpacked], folder);
  for (const peer of PEERS) {
    const link = join(folder, "node_modules", peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", peer), link);
  }
  writeProject(folder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("nothing but the built library and its papers is packed", () => {
  const others = packed.filter((path) => !path.startsWith("dist/"));
  expect(others.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
});

test("all modules stand in one file, whose source map holds the source of each", () => {
  // What runs in a function of the cloud is packed as it is written; an index is made by the build.
  const compiled = packed.filter((path) => path.endsWith(".js") && !/\/functions\/|\/index.js$/.test(path));
  expect(compiled).toEqual(["dist/library/modules.js"]);
  const map = readFileSync(join(folder, "node_modules", PACKAGE.name, "dist/library/modules.js.map"), "utf8");
  const { sources, sourcesContent } = JSON.parse(map) as { sources: string[]; sourcesContent: string[] };
  const at = sources.findIndex((path) => path.endsWith("lib/data/postgres/postgres.ts"));
  expect(sourcesContent[at]).toBe(readFileSync(join(ROOT, "lib/data/postgres/postgres.ts"), "utf8"));
});

test("each index has its types", () => {
  const indexes = packed.filter((path) => path.endsWith("/index.js"));
  expect(indexes.length).toBeGreaterThan(10);
  expect(indexes.filter((path) => !packed.includes(path.replace(/js$/, "d.ts")))).toEqual([]);
});

test.each(Object.keys(RESOLUTIONS) as Resolution[])(
  "a program outside of this repository compiles where types are found the way of %s",
  (resolution) => compile(folder, resolution),
  120_000,
);

test("the package synthesizes in CommonJS, and needs no program but node", () => {
  // Compiled by the test above, where it ran.
  if (!existsSync(join(folder, "node16"))) compile(folder, "node16");
  const { resource } = synthesize(folder);
  expect(Object.values(resource.aws_db_instance)).toEqual([
    expect.objectContaining({ multi_az: true, storage_encrypted: true }),
  ]);
  expect(Object.keys(resource.aws_cloudwatch_metric_alarm).length).toBeGreaterThan(10);
}, 120_000);

test("every area is reached by its own name, and the whole library and the schemas too", () => {
  const modules = [PACKAGE.name, ...areas().map((area) => `${PACKAGE.name}/${area}`)];
  const schemas = Object.keys(PACKAGE.exports).filter((path) => path.endsWith(".schema.json"));
  expect(schemas).toContain("./manifest.schema.json");
  const [whole, ...others] = exportsOf([...modules, ...schemas.map((path) => join(PACKAGE.name, path))]);
  expect(whole).toEqual(Object.keys(library).sort());
  expect(others.filter((names) => names.length === 0)).toEqual([]);
});

test("who uses one pattern of an area loads no other, nor what it is made of", () => {
  const script = `const { Queue } = require("${PACKAGE.name}/data");
    const loaded = Object.keys(require.cache).filter((path) => /provider-aws/.test(path)).map((path) => path.split("/").at(-2));
    process.stdout.write(JSON.stringify(loaded));`;
  const loaded = JSON.parse(run(process.execPath, ["-e", script], folder)) as string[];
  expect(loaded).toContain("sqs-queue");
  expect(loaded).not.toContain("dynamodb-table");
});

test("a program in ECMAScript modules imports by name", () => {
  const script = `import { Queue } from "${PACKAGE.name}/data"; import { Alarms, nameOf } from "${PACKAGE.name}";
    process.stdout.write([Queue, Alarms, nameOf].map(({ name }) => name).join(" "));`;
  expect(run(process.execPath, ["--input-type=module", "-e", script], folder)).toBe("Queue Alarms nameOf");
});

test("the README's first program runs from the package, in JavaScript, and what it left is printed", () => {
  const [program, printing] = [...README.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
  const trial = join(folder, "first");
  mkdirSync(trial);
  writeFileSync(join(trial, "main.js"), program ?? "");
  run(process.execPath, ["main.js"], trial);
  writeFileSync(join(trial, "summary.js"), printing ?? "");
  expect(run(process.execPath, ["summary.js"], trial)).toMatch(/^shop-prod +\d+/m);
  const [, command] = /`terraform -chdir=(\S+) init`/.exec(README) ?? [];
  const plan = JSON.parse(readFileSync(join(trial, command ?? "", "cdk.tf.json"), "utf8")) as Config;
  // The queue, its dead letters, and those of the escalation.
  expect(Object.keys(plan.resource.aws_sqs_queue)).toHaveLength(3);
  expect(Object.keys(plan.resource.aws_cloudwatch_metric_alarm).length).toBeGreaterThan(5);
}, 60_000);

test("the README names the fork that the package is tried on", () => {
  for (const [name, alias] of Object.entries(CDKTN)) expect(README).toContain(`"${name}": "${alias}"`);
});

/** The names that a program in the project gets from each module. */
function exportsOf(modules: readonly string[]): string[][] {
  const script = `const names = (module) => Object.keys(require(module)).sort();
    process.stdout.write(JSON.stringify(${JSON.stringify(modules)}.map(names)));`;
  return JSON.parse(run(process.execPath, ["-e", script], folder)) as string[][];
}
