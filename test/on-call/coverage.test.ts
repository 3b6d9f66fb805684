import fc from "../property";
import { DAYS, Hours, gapsIn, lengthOf, spansOf, tellSpan } from "../../lib/on-call/coverage";
import { neverCalled } from "../../lib/on-call/turns";

const WORK: Hours = { days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: "09:00", to: "17:00" };
const told = (...layers: (Hours | undefined)[]) => gapsIn(layers).map(tellSpan);

test.each<[string, (Hours | undefined)[], string[]]>([
  ["a layer around the clock", [undefined], []],
  ["hours beside a layer around the clock", [WORK, undefined], []],
  [
    "day and night, every day",
    [
      { from: "08:00", to: "20:00" },
      { from: "20:00", to: "08:00" },
    ],
    [],
  ],
  ["a day that begins where it ends", [{ from: "09:00", to: "09:00" }], []],
  [
    "three that follow the sun",
    ["00:00", "08:00", "16:00"].map((from, i, all) => ({ from, to: all[(i + 1) % 3] })),
    [],
  ],
  ["hours without their lunch", [{ from: "13:00", to: "12:00" }], DAYS.map((day) => `${day} 12:00 to ${day} 13:00`)],
  ["nobody", [], ["all week"]],
])("of %s nothing else is uncovered", (_, layers, gaps) => {
  expect(told(...layers)).toEqual(gaps);
});

test("working hours leave the nights and the weekend, which is one gap", () => {
  expect(told(WORK)).toEqual([
    "monday 17:00 to tuesday 09:00",
    "tuesday 17:00 to wednesday 09:00",
    "wednesday 17:00 to thursday 09:00",
    "thursday 17:00 to friday 09:00",
    "friday 17:00 to monday 09:00",
  ]);
});

test("a night that begins on Sunday covers the morning of Monday", () => {
  expect(gapsIn([{ days: ["sunday"], from: "22:00", to: "06:00" }])).toEqual([{ from: 360, to: 6 * 1440 + 1320 }]);
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 59))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const hours: fc.Arbitrary<Hours> = fc.record(
  { days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }), from: clock, to: clock },
  { requiredKeys: ["from", "to"] },
);

/** Minute by minute, whoever is on call: slow, and plain. */
function coveredMinutes(layers: readonly Hours[]): boolean[] {
  const week = Array<boolean>(7 * 1440).fill(false);
  for (const layer of layers) {
    for (const { from, to } of spansOf(layer)) for (let at = from; at < to; at++) week[at % week.length] = true;
  }
  return week;
}

test("a gap is each minute without anybody, and no other, whatever the hours", () => {
  fc.assert(
    fc.property(fc.array(hours, { maxLength: 4 }), (layers) => {
      const covered = coveredMinutes(layers);
      const gaps = gapsIn(layers);
      const missing = Array<boolean>(covered.length).fill(false);
      for (const { from, to } of gaps) {
        expect(to).toBeGreaterThan(from);
        for (let at = from; at < to; at++) missing[at % missing.length] = true;
      }
      expect(missing.every((each, minute) => each !== covered[minute])).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("hours of a day never last longer than a day, and never nothing", () => {
  fc.assert(
    fc.property(hours, (each) => {
      expect(lengthOf(each)).toBeGreaterThan(0);
      expect(lengthOf(each)).toBeLessThanOrEqual(1440);
    }),
  );
});

test("who is never called is whoever no minute of many weeks calls, whatever the turns", () => {
  const turn = fc.constantFrom(1, 5, 8, 12, 24, 36, 84, 168, 200);
  fc.assert(
    fc.property(
      hours,
      turn,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 167 }),
      (each, long, many, begin) => {
        const people = Array.from({ length: many }, (_, index) => `P${index}`);
        const called = new Set<string>();
        const open = coveredMinutes([each]);
        for (let at = begin * 60; at < begin * 60 + many * long * 7 * 1440; at += 1) {
          if (open[at % open.length]) called.add(people[Math.floor((at - begin * 60) / (long * 60)) % many]);
          if (called.size === many) break;
        }
        const idle = people.filter((person) => !called.has(person));
        expect(neverCalled({ people, turn: long * 3600, hours: each }, begin * 3600)).toEqual(idle);
      },
    ),
    { numRuns: 60 },
  );
});
