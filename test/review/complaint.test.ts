import { App, TerraformStack } from "cdktf";
import { complain } from "../../lib/review/complaint";

const got = (value: unknown) =>
  complain("a/b", { prop: "x", must: "y", got: value }).replace("a/b: 'x' must y, got ", "");

test("a value reads as its author wrote it", () => {
  expect([undefined, null, NaN, Infinity, 0.5, "", ["a"], { b: true }].map(got)).toEqual([
    "nothing",
    "null",
    "NaN",
    "Infinity",
    "0.5",
    '""',
    '["a"]',
    '{"b":true}',
  ]);
});

test("a construct is named by its path, also in a list", () => {
  const stack = new TerraformStack(new App(), "shop");
  expect(got(stack)).toBe('"shop"');
  expect(got([stack])).toBe('["shop"]');
});

test("a long value is cut", () => {
  expect(got("x".repeat(5000))).toMatch(/^"x{299}… \(5002 characters\)$/);
});
