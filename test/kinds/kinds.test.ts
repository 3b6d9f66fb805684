import { readFileSync } from "node:fs";
import { FILE, kinds } from "./kinds";

test("what is refused at run time is what the types refuse (npm run kinds rewrites it)", () => {
  expect(kinds()).toEqual(JSON.parse(readFileSync(FILE, "utf8")));
});
