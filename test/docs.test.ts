import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { DEVELOPMENT, PRODUCTION, STAGING } from "../lib/core";
import { exampleNames } from "./plans/examples";

const ROOT = join(__dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const below = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
const SOURCES = below("lib", ".ts");

test.each(exampleNames())("the README quotes the example %s word for word", (name) => {
  expect(read("README.md")).toContain(read(`examples/${name}.ts`));
});

test("a whole service takes at most 45 lines of a user's code", () => {
  const lines = read("examples/orders.ts")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("/**"));
  expect(lines.length).toBeLessThanOrEqual(45);
});

test("every optional prop says what happens without it", () => {
  const silent = SOURCES.filter((path) => !path.startsWith("lib/review")).flatMap((path) => {
    const text = read(path);
    return [...text.matchAll(/^export interface (\w+)[^{]*\{([\s\S]*?)^\}/gm)].flatMap(([, name, body]) =>
      [...body.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*readonly (\w+)\?:/g)]
        .filter(([, doc]) => !doc?.includes("@default"))
        .map(([, , prop]) => `${path}: ${name}.${prop}`),
    );
  });
  expect(silent).toEqual([]);
});

test("every public class says what it promises, and puts its stack under review", () => {
  const faults = SOURCES.flatMap((path) => {
    const text = read(path);
    return [...text.matchAll(/(\*\/\n)?export class (\w+) extends Construct/g)]
      .filter(([, doc]) => doc === undefined || !text.includes("register(this)"))
      .map(([, , name]) => `${path}: ${name}`);
  });
  expect(faults).toEqual([]);
});

test("every file below lib/core to lib/<area> keeps to 200 lines", () => {
  expect(SOURCES.filter((path) => read(path).split("\n").length > 200)).toEqual([]);
});

test("the README tells the postures as they are", () => {
  const rows = read("README.md").matchAll(/^\| `(\w+)` +\| (.*?) +\| (.*?) +\| (.*?) +\|/gm);
  const told = Object.fromEntries([...rows].map(([, field, ...cells]) => [field, cells]));
  const say = (value: unknown) =>
    value === true ? "yes" : value === false ? "no" : `\`${JSON.stringify(value)}\``.replace(/^`(\d+)`$/, "$1");
  for (const field of Object.keys(PRODUCTION) as (keyof typeof PRODUCTION)[]) {
    expect([field, told[field]]).toEqual([
      field,
      [PRODUCTION, STAGING, DEVELOPMENT].map((posture) => say(posture[field])),
    ]);
  }
});

test.each(["README.md", "CONTRIBUTING.md", ...below("docs", ".md")])("no link of %s leads nowhere", (path) => {
  const links = [
    ...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g),
    ...read(path).matchAll(/^\[\w+\]: (?!https?:)(\S+)/gm),
  ];
  const dead = links.map(([, link]) => join(dirname(path), link)).filter((link) => !existsSync(join(ROOT, link)));
  expect(dead.map((link) => relative(".", link))).toEqual([]);
});

test("each decision has one page, in order", () => {
  const numbers = readdirSync(join(ROOT, "docs/decisions"))
    .sort()
    .map((file) => Number(file.slice(0, 3)));
  expect(numbers).toEqual(numbers.map((_, index) => index));
});
