import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { Slo } from "../../lib/slo";
import { Synthesized, synth } from "../synth";
import { Minute, States, firstMinute, replay, traffic } from "./simulator";
import { service } from "./service";

const PAGE = "test-availability-page";
const TICKET = "test-availability-ticket";

/** The minute that CloudWatch evaluates by; a window of days is looked at once an hour. */
const GRID = 1;
const HOURLY_GRID = 60;

let plan!: Synthesized;
beforeAll(() => {
  plan = synth((stack) => {
    const { gate, orders, alarms } = service(stack);
    const indicator = gate.indicators.availability;
    new Slo(stack, "availability", { objective: 99.9, of: orders, indicator, alarms, slowest: "3 days" });
  });
});

const BUSY = 6_000_000;
const well = (perHour: number): Minute => ({ bad: 0, total: perHour / 60 });

/** Replays traffic of which `failing` says what share is bad. */
const run = (perHour: number, length: number, failing: (minute: number) => number) =>
  replay(plan, traffic(perHour, length, failing), well(perHour));

/** Whether both windows of a pair burn. */
function isPairOn(on: States, long: string, minute: number): boolean {
  const { alarms } = plan.manifest.objectives[0].windows.find((window) => window.long === long)!;
  return on(alarms!.long, minute) && on(alarms!.short, minute);
}

const PAIRS: [string, number][] = [
  ["1 hour", GRID],
  ["6 hours", GRID],
  ["1 day", GRID],
  ["3 days", HOURLY_GRID],
];

test.each<[number, (number | undefined)[]]>([
  [1, [0.86, 2.16, 4.32, 4.32]],
  [0.1, [8.64, 21.6, 43.2, 43.2]],
  [0.05, [17.28, 43.2, 86.4, 86.4]],
  [0.02, [43.2, 108, 216, 216]],
  [0.01, [undefined, 216, 432, 432]],
  [0.005, [undefined, undefined, 864, 864]],
  [0.002, [undefined, undefined, undefined, 2160]],
])("where a share of %d fails, each pair fires after the minutes of the reference", (share, reference) => {
  const on = run(BUSY, 2300, () => share);
  PAIRS.forEach(([long, grid], index) => {
    const found = firstMinute(0, 2300, (minute) => isPairOn(on, long, minute));
    const wanted = reference[index];
    if (wanted === undefined) return expect(found).toBeUndefined();
    expect(found! - wanted).toBeGreaterThanOrEqual(0);
    expect(found! - wanted).toBeLessThanOrEqual(grid);
  });
});

test.each([
  ["1 hour", 4.93],
  ["6 hours", 29.82],
  ["1 day", 119.64],
  ["3 days", 359.64],
])("the pair of %s is quiet again %d minutes after an outage that filled its short window", (long, reference) => {
  const outage = 400;
  const on = run(BUSY, 2 * outage + 10, (minute) => (minute < outage ? 1 : 0));
  expect(isPairOn(on, long, outage - 1)).toBe(true);
  const quiet = firstMinute(outage, 2 * outage + 10, (minute) => !isPairOn(on, long, minute))!;
  expect(quiet - reference).toBeGreaterThanOrEqual(0);
  expect(quiet - reference).toBeLessThanOrEqual(GRID);
});

test.each([
  [30, 4],
  [100, 2],
  [800, 1],
])(
  "a total outage at %d requests an hour pages within %d minutes, and until half an hour after it",
  (perHour, within) => {
    const on = run(perHour, 400, (minute) => (minute < 180 ? 1 : 0));
    expect(firstMinute(0, 400, (minute) => on(PAGE, minute))).toBeLessThanOrEqual(within);
    expect(on(PAGE, 179)).toBe(true);
    expect(firstMinute(180, 400, (minute) => !on(PAGE, minute))).toBeLessThanOrEqual(30 + GRID);
  },
);

test.each([1, 30, 100, 800])("a single failure at %d requests an hour tells nobody", (perHour) => {
  const minutes = traffic(perHour, 1500, () => 0);
  const first = minutes.findIndex(({ total }) => total > 0);
  minutes[first] = { ...minutes[first], bad: 1 };
  const on = replay(plan, minutes, well(perHour));
  expect(firstMinute(0, 1500, (minute) => on(PAGE, minute) || on(TICKET, minute))).toBeUndefined();
});

test("a slow burn is a ticket after half a day, and wakes nobody", () => {
  const on = run(BUSY, 1000, () => 0.005);
  const told = firstMinute(0, 1000, (minute) => on(TICKET, minute))!;
  expect(told).toBeGreaterThanOrEqual(864);
  expect(told).toBeLessThanOrEqual(864 + HOURLY_GRID);
  expect(firstMinute(0, 1000, (minute) => on(PAGE, minute))).toBeUndefined();
});

test("each spike of a minute an hour pages, and the page ends before the next", () => {
  const hours = 8;
  const on = run(BUSY, hours * 60, (minute) => (minute % 60 === 0 ? 1 : 0));
  for (let hour = 0; hour < hours; hour++) {
    expect(firstMinute(hour * 60, hour * 60 + 5, (minute) => on(PAGE, minute))).toBeLessThanOrEqual(1 + GRID);
    expect(on(PAGE, hour * 60 + 59)).toBe(false);
  }
});

test("no page is a ticket as well: the ticket is held back until its own day window is quiet", () => {
  const { wait_period, extension_period } = plan.at(CloudwatchCompositeAlarm, "availability/ticket").actions_suppressor;
  const on = run(BUSY, 1000, (minute) => (minute < 60 ? 1 : 0));
  const isHeld = (minute: number) =>
    firstMinute(Math.max(0, minute - extension_period / 60), minute + 1 + wait_period / 60, (each) =>
      on(PAGE, each),
    ) !== undefined;
  expect(on(TICKET, 30)).toBe(true);
  expect(firstMinute(0, 1000, (minute) => on(TICKET, minute) && !isHeld(minute))).toBeUndefined();
});
