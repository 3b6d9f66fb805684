import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { plans } from "./plans";

const now = plans();
const kept = readdirSync(__dirname, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".tf.json"))
  .map((entry) => join(entry.parentPath, entry.name).slice(__dirname.length + 1))
  .sort();

test("there is one golden plan for each stack and example, and no other", () => {
  expect(kept).toEqual(Object.keys(now).sort());
});

test.each(kept)("%s is the plan that was last reviewed (npm run plans rewrites it)", (path) => {
  expect(now[path]).toBe(readFileSync(join(__dirname, path), "utf8"));
});
