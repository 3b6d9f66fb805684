import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Fleet } from "../lib/compute";
import { DEVELOPMENT, Duration, PRODUCTION, STAGING } from "../lib/core";
import { Postgres } from "../lib/data";
import { LoadBalancer } from "../lib/traffic";
import { exampleNames } from "./plans/examples";
import { network, synthAll } from "./synth";
import { load } from "./tools";

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

test("what the README says the whole service refuses, it refuses in these words", () => {
  const told = /refuses to do[^`]*```text\n([\s\S]*?)```/.exec(read("README.md"))![1].trim().split("\n");
  const refusal = (given: { min?: number; targetKeepAlive?: Duration }) => {
    const fill = (stack: TerraformStack) => {
      const domain = { name: "orders.example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
      const { targetKeepAlive, min } = given;
      const load = { peakRequestsPerSecond: 900, perInstance: 150 };
      new Postgres(stack, "database", { network: network() });
      const behind = new LoadBalancer(stack, "entrance", { network: network(), domain, targetKeepAlive });
      new Fleet(stack, "fleet", { network: network(), behind, image: "ami-0a1b2c3d4e5f60718", load, min });
    };
    try {
      synthAll({ orders: fill }, { checks: true });
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  const refusals = [refusal({ min: 6 }), refusal({ targetKeepAlive: "30 seconds" })].join("\n");
  expect(told).toHaveLength(3);
  for (const line of told) expect(refusals).toContain(line.replace(/ …$/, "").replace(/,$/, ""));
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
    return [...text.matchAll(/(\*\/\n)?export class (\w+) extends \w+/g)]
      .filter(([, doc]) => doc === undefined || !text.includes("register(this"))
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

/** A heading as a link names it: in small letters, without punctuation. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

test.each(["README.md", "CONTRIBUTING.md", ...below("docs", ".md")])(
  "no link of %s leads to a heading that is gone",
  (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)/g)];
    const dead = links.filter(([, file, heading]) => {
      const text = read(file === "" ? path : join(dirname(path), file));
      return ![...text.matchAll(/^#+ (.+)$/gm)].some(([, each]) => anchor(each) === heading);
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  },
);

/** Every construct that somebody can import, by area. */
const CONSTRUCTS = readdirSync(join(ROOT, "lib"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, "lib", entry.name, "index.ts")))
  .flatMap(({ name: area }) =>
    Object.values(load<Record<string, unknown>>(`../lib/${area}`))
      .filter((each): each is typeof Construct => typeof each === "function" && each.prototype instanceof Construct)
      .map(({ name }) => ({ area, name })),
  );

/** The rows of the README's tables of patterns and of concerns. */
const ROWS = [
  ...read("README.md").matchAll(/^\| `([\w-]+)` +\| \[`(\w+)`\]\(examples\/([\w-]+)\.ts\) +\|(.*)\|$/gm),
].map(([, area, name, example, said]) => ({ area, name, example, said }));

test("the README has a row for each construct that can be imported, and for no other", () => {
  const sorted = (rows: readonly { area: string; name: string }[]) =>
    rows.map(({ area, name }) => `${area}: ${name}`).sort();
  expect(sorted(ROWS)).toEqual(sorted(CONSTRUCTS));
});

/** What a function makes: it stands in the examples of that. */
const MADE_BY: Readonly<Record<string, string>> = { Parity: "twoRegions", RemoteState: "provide" };

test.each(ROWS)("the row of $name promises something, and leads to an example of it", ({ name, example, said }) => {
  expect(said).toMatch(/\w+\. +$/);
  expect(read(`examples/${example}.ts`)).toContain(MADE_BY[name] ? `${MADE_BY[name]}(` : `new ${name}(`);
});

test("the way of one threshold is told as it is", () => {
  const told = read("docs/architecture.md").split("## The way of one threshold")[1].split("\n## ")[0];
  const files = [...told.matchAll(/`(lib\/[\w/-]+\.ts)`/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(2);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  expect(read("lib/data/postgres/postgres-storage-signals.ts")).toContain("page: 0.05 * storageGib");
  expect(read("lib/data/postgres/postgres-plan.ts")).toContain("storageGib = 100");
  const [, name, bytes] = /`([\w-]+)` get its ([\d ]+) bytes/.exec(told) ?? [];
  const alarm = read("test/plans/prod/orders-prod.tf.json").split(`"alarm_name": "${name}"`)[1];
  expect(/"threshold": (\d+)/.exec(alarm)?.[1]).toBe(bytes.replaceAll(" ", ""));
});

test("each decision has one page, in order", () => {
  const numbers = readdirSync(join(ROOT, "docs/decisions"))
    .sort()
    .map((file) => Number(file.slice(0, 3)));
  expect(numbers).toEqual(numbers.map((_, index) => index));
});
