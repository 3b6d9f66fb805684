import fc from "../property";
import { inShort, seconds } from "../../lib/core";
import {
  BurnPair,
  Period,
  budgetOf,
  burnOf,
  canFire,
  enoughPerHour,
  firesAfter,
  isTrippedByOne,
  isWithinBudget,
  lowestObjective,
  pairsOf,
  slicesAbove,
  trippedByOneUpTo,
} from "../../lib/slo/burn-windows";
import { decimal, fraction, numberOf } from "../../lib/slo/fraction";

/** The four pairs of the workbook, with 2, 5, 10 and 10 % of the budget. */
const WORKBOOK = pairsOf("30 days", "3 days");

const burn = ({ urgency, long, short, spends }: BurnPair, objective: number, period: string) =>
  burnOf({ urgency, long: seconds(long), short: seconds(short!), spends }, objective, seconds(period as Period));
const burns = (objective: number, period = "30 days") => WORKBOOK.map((pair) => burn(pair, objective, period));

test.each([
  ["7 days", [3.36, 1.4, 0.7, 0.2333]],
  ["14 days", [6.72, 2.8, 1.4, 0.4667]],
  ["28 days", [13.44, 5.6, 2.8, 0.9333]],
  ["30 days", [14.4, 6, 3, 1]],
  ["90 days", [43.2, 18, 9, 3]],
])("over %s the budget burns so many times too fast when each window fires", (period, factors) => {
  expect(burns(99.9, period).map(({ factor }) => Number(decimal(factor, 4)))).toEqual(factors);
});

test("what is slower than the budget allows is known as such", () => {
  const slow = (period: string) => burns(99.9, period).map(isWithinBudget);
  expect(slow("7 days")).toEqual([false, false, true, true]);
  expect(slow("28 days")).toEqual([false, false, false, true]);
  expect(slow("30 days")).toEqual([false, false, false, false]);
});

test("a week may spend more of its budget, so that no window fires inside it", () => {
  const factors = pairsOf("7 days", "1 day").map((pair) => decimal(burn(pair, 99.9, "7 days").factor));
  expect(factors).toEqual(["13.44", "3.5", "1.4"]);
});

test.each([
  ["28 days", [92.56, 82.14, 64.29]],
  ["30 days", [93.06, 83.33, 66.67]],
  ["90 days", [97.69, 94.44, 88.89]],
])("over %s no window can fire below its lowest objective", (period, lowest) => {
  const found = burns(99, period).slice(0, 3);
  expect(found.map((each) => Number(decimal(lowestObjective(each), 2)))).toEqual(lowest);
  found.forEach((_, index) => {
    expect(canFire(burns(lowest[index] - 0.01, period)[index])).toBe(false);
    expect(canFire(burns(lowest[index] + 0.01, period)[index])).toBe(true);
  });
});

test.each([
  [95, ["0.72", "0.3", "0.15", "0.05"], [1.4, 3.3, 6.7, 20]],
  [99, ["0.144", "0.06", "0.03", "0.01"], [6.9, 16.7, 33.3, 100]],
  [99.5, ["0.072", "0.03", "0.015", "0.005"], [13.9, 33.3, 66.7, 200]],
  [99.9, ["0.0144", "0.006", "0.003", "0.001"], [69.4, 166.7, 333.3, 1000]],
  [99.95, ["0.0072", "0.003", "0.0015", "0.0005"], [138.9, 333.3, 666.7, 2000]],
  [99.99, ["0.00144", "0.0006", "0.0003", "0.0001"], [694.4, 1666.7, 3333.3, 10000]],
])("%d %% over 30 days has thresholds to the last digit", (objective, thresholds, events) => {
  const found = burns(objective);
  expect(found.map(({ threshold }) => decimal(threshold))).toEqual(thresholds);
  expect(found.map((each) => Number(decimal(trippedByOneUpTo(each), 1)))).toEqual(events);
});

test.each([
  ["1h", [0.86, 8.64, 17.28, 43.2, undefined, undefined, undefined]],
  ["6h", [2.16, 21.6, 43.2, 108, 216, undefined, undefined]],
  ["1d", [4.32, 43.2, 86.4, 216, 432, 864, undefined]],
  ["3d", [4.32, 43.2, 86.4, 216, 432, 864, 2160]],
])("the window of %s fires after so many minutes", (window, minutes) => {
  const found = burns(99.9).find(({ long }) => inShort(long) === window)!;
  const after = [1, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002].map((share) => firesAfter(found, fraction(share)));
  expect(after.map((each) => each && Number((numberOf(each) / 60).toFixed(2)))).toEqual(minutes);
});

test("a single failure burns a window up to the traffic at which it is less than the threshold", () => {
  const [hour, quarter, day] = burns(99.9);
  expect([hour, quarter, day].map(enoughPerHour)).toEqual([70, 28, 14]);
  expect([69, 70].map((perHour) => isTrippedByOne(hour, perHour))).toEqual([true, false]);
  expect([27, 28].map((perHour) => isTrippedByOne(quarter, perHour))).toEqual([true, false]);
});

test("a share of minutes is above the threshold, never at it", () => {
  // 0.3 of 10 is 3: the fourth minute is above.
  expect(slicesAbove(burns(95)[1], 10)).toBe(4);
  expect(slicesAbove(burns(99.9)[0], 60)).toBe(1);
});

test("the budget is free of floating point", () => {
  expect([99.9, 99.95, 99.99, 99.999].map((objective) => decimal(budgetOf(objective)))).toEqual([
    "0.001",
    "0.0005",
    "0.0001",
    "0.00001",
  ]);
});

/** Objectives with up to four decimals, pairs of whole minutes, any period in days. */
const anything = fc.record({
  objective: fc.integer({ min: 500_000, max: 999_999 }).map((tenThousandths) => tenThousandths / 10_000),
  spends: fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100),
  long: fc.integer({ min: 1, max: 10_080 }).map((minutes) => minutes * 60),
  days: fc.integer({ min: 7, max: 90 }),
});

test("who burns at the threshold for a whole long window has spent exactly what the window may spend", () => {
  fc.assert(
    fc.property(anything, ({ objective, spends, long, days }) => {
      const { threshold } = burnOf({ urgency: "page", long, short: 60, spends }, objective, days * 86_400);
      // The slow way: a million requests a minute, counted minute by minute.
      const perMinute = 1_000_000;
      let failed = 0;
      for (let minute = 0; minute < long / 60; minute++) failed += perMinute * numberOf(threshold);
      const allowed = perMinute * days * 1440 * ((100 - objective) / 100);
      expect(Math.abs(failed / allowed - spends / 100)).toBeLessThan(1e-6 * Math.max(1, spends / 100));
    }),
    { numRuns: 300 },
  );
});

test("a threshold that has an end is printed to it, and read back as it was", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }), (digits, places) => {
      const written = decimal(fraction(digits / 10 ** places));
      // Decimals by moving a point through text, with no arithmetic at all.
      const padded = String(digits).padStart(places + 1, "0");
      const text = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
      const expected = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
      expect(written).toBe(expected);
      expect(Number(written)).toBe(digits / 10 ** places);
    }),
  );
});

test.each([
  [1e-7, "0.0000001"],
  [-2.5, "-2.5"],
  [1 / 3, "0.333333333333"],
])("%d is written as %s", (value, text) => {
  expect(decimal(fraction(value))).toBe(text);
});

test("fails on what is no number", () => {
  expect(() => fraction(NaN)).toThrow("a fraction is made from a finite number, got NaN");
});
