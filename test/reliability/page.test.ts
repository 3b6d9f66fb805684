import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import exceptions from "./exceptions.json";
import { CHECKS } from "./index";

const ROOT = join(__dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const page = read("docs/reliability-checks.md");

/** The rows of the page's tables: number, and what stands beside it. */
const ROWS = [...page.matchAll(/^\| ((?:gap )?\d+) +\|(.*)\|(.*?)\|$/gm)].map(([, row, what, held]) => ({
  ...{ row, what: what.trim(), held: held.trim() },
  check: CHECKS.find((each) => each.row === row),
}));

const upTo = (count: number, prefix = "") => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

test("the page has each row and each gap once, in order", () => {
  expect(ROWS.map(({ row }) => row)).toEqual([...upTo(92), ...upTo(34, "gap ")]);
});

test("the page says of each check that it is made, on what, and whether something is excused", () => {
  const told = ROWS.filter(({ check }) => check);
  expect(told).toHaveLength(CHECKS.length);
  const excused = new Set(exceptions.map(({ check }) => check));
  for (const { row, what, held, check } of told) {
    expect([row, what]).toEqual([row, expect.stringContaining(check!.expects)]);
    for (const type of check!.types.slice(0, 4)) {
      if (!what.startsWith("what holds data"))
        expect([row, what]).toEqual([row, expect.stringContaining(`\`${type}\``)]);
    }
    expect([row, held]).toEqual([
      row,
      expect.stringMatching(excused.has(row) ? /^checked, with exceptions/ : /^checked(?!,)/),
    ]);
  }
});

const others = ROWS.filter(({ check }) => !check);

test.each(others)("$row, which has no check, is held by something else, or is said not to be ours", ({ held }) => {
  expect(held).toMatch(/^(checked: (rows? \d|`prod`)|refused|not ours|account)/);
  for (const [row] of held.match(/\brows? [\d, and]+/)?.[0].matchAll(/\d+/g) ?? []) {
    expect(CHECKS.map((each) => each.row)).toContain(row);
  }
  if (/^(refused|checked: `prod`)/.test(held)) expect(held).toContain("(../test/");
});

const notOurs = others.filter(({ held }) => held.startsWith("not ours"));
const IMPORTS = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...read(join("lib", file)).matchAll(/provider-aws\/lib\/([\w-]+)"/g)])
  .map(([, module]) => `aws_${module.replaceAll("-", "_")}`);

test.each(notOurs)("nothing in the library makes what row $row is about", ({ what }) => {
  const types = [...what.matchAll(/`(aws_[\w*]+)`/g)].map(([, type]) => type);
  expect(types).not.toEqual([]);
  const made = types.filter((type) => IMPORTS.some((each) => new RegExp(`^${type.replace("*", ".*")}$`).test(each)));
  expect(made).toEqual([]);
});

test("the proofs that the page names are there", () => {
  const proofs = [...page.matchAll(/\(\.\.\/(test\/[^ )]+) "([^"]+)"\)/g)];
  expect(proofs.length).toBeGreaterThan(5);
  const missing = proofs.filter(([, file, said]) => !read(file).includes(said));
  expect(missing.map(([proof]) => proof)).toEqual([]);
});
