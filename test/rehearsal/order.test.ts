import { setImmediate } from "node:timers/promises";
import { inTurn, needsOf } from "./order";

const needs = needsOf({
  stacks: {
    "a-orders": { dependencies: ["c-foundation"] },
    "b-state": { dependencies: [] },
    "c-foundation": { dependencies: [] },
  },
});

test("stacks come after those they need", () => {
  expect(Object.keys(needs)).toEqual(["c-foundation", "a-orders", "b-state"]);
});

test("fails where stacks wait for each other", () => {
  const stacks = { a: { dependencies: ["b"] }, b: { dependencies: ["a"] } };
  expect(() => needsOf({ stacks })).toThrow("a, b, a");
});

test("a stack waits for what it needs, once, and for nothing else", async () => {
  const told: string[] = [];
  const done = await inTurn(["a-orders", "b-state", "c-foundation"], needs, async (stack, before: string[]) => {
    told.push(`${stack} begins after ${before.join()}`);
    if (stack === "b-state") for (let turn = 0; turn < 5; turn++) await setImmediate();
    told.push(`${stack} ends`);
    return stack;
  });
  expect(told).toHaveLength(6);
  expect(told.indexOf("c-foundation ends")).toBeLessThan(told.indexOf("a-orders begins after c-foundation"));
  expect(told.indexOf("a-orders ends")).toBeLessThan(told.indexOf("b-state ends"));
  expect(done).toEqual({ "a-orders": "a-orders", "b-state": "b-state", "c-foundation": "c-foundation" });
});
