import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { FisExperimentTemplate } from "@cdktf/provider-aws/lib/fis-experiment-template";
import { TerraformStack, Testing } from "cdktf";
import fc from "../property";
import { Experiments } from "../../lib/chaos";
import { stopsFor } from "../../lib/chaos/stop-alarms";
import { Duration, Fault, PageAlarm } from "../../lib/core";
import { Config, synth, synthAll } from "../synth";
import { Change, LOSS, Ledger, books } from "./ledger";

const DOWN = {
  ...{ alarmName: "down", namespace: "Door", metricName: "Errors", statistic: "Sum", threshold: 0, period: 60 },
  comparisonOperator: "GreaterThanThreshold",
};

const made = (change: Change) => synth((stack) => books(stack, change), { checks: true });

/** What ends the ledger's experiment where it claims to be back after so long. */
function stoppedBy(rto: Duration, name = "ledger-lost-machine") {
  const of = made({ rto });
  const [experiment] = of.manifest.experiments.filter((each) => each.name === name);
  return { of, experiment };
}

const held = (of: ReturnType<typeof made>, path: string): Config => of.at(CloudwatchMetricAlarm, `experiments/${path}`);

test("an alarm that would ring within the claimed outage gives way to the same measure, bad for longer than it", () => {
  const { of, experiment } = stoppedBy("2 minutes");
  const own = of.at(CloudwatchMetricAlarm, "door/alarms/errors-page");
  const instead = held(of, "still-down-test-door-errors-page-4-minutes");
  const { namespace, metric_name, dimensions, statistic, period, threshold, comparison_operator } = own;
  expect(instead).toMatchObject({
    ...{ namespace, metric_name, dimensions, statistic, period, threshold, comparison_operator },
    treat_missing_data: own.treat_missing_data,
    evaluation_periods: 4,
    datapoints_to_alarm: 4,
  });
  expect(instead).not.toHaveProperty("alarm_actions");
  expect(experiment.stopOn).toEqual([
    {
      name: "test-experiments-still-down-test-door-errors-page-4-minutes",
      seconds: 180,
      insteadOf: "test-door-errors-page",
    },
    { name: "test-door-slow-page", seconds: 1740 },
  ]);
});

test("the template stops on what stands in, not on what would ring too early", () => {
  const { of } = stoppedBy("2 minutes");
  const { stop_condition: stops } = of.at(FisExperimentTemplate, "experiments/ledger-lost-machine/Resource");
  expect(stops.map(({ source, value }: Config) => [source, value])).toEqual([
    ["aws:cloudwatch:alarm", expect.stringContaining("experiments_still-down-test-door-errors-page-4-minutes")],
    ["aws:cloudwatch:alarm", expect.stringContaining("door_alarms_slow-page")],
  ]);
});

// 2 of 3 minutes: an outage that touches two minutes rings, and one of a second may.
test.each<[Duration, number]>([
  ["1 second", 3],
  ["60 seconds", 3],
  ["61 seconds", 4],
  ["119 seconds", 4],
  ["5 minutes", 7],
])("an outage of %s that is over rings nothing, one that lasts for %s minutes does", (rto, minutes) => {
  const { of } = stoppedBy(rto);
  const [alarm] = Object.entries(of.all(CloudwatchMetricAlarm))
    .filter(([path]) => path.startsWith("experiments/still-down-test-door-errors"))
    .map(([, config]) => config)
    .sort((a, b) => a.evaluation_periods - b.evaluation_periods);
  expect(alarm.evaluation_periods).toBe(minutes);
  // Bad minutes that an outage of that length can touch.
  const touched = Math.ceil(Number(rto.split(" ")[0]) * (rto.endsWith("minutes") ? 1 : 1 / 60)) + 1;
  expect(alarm.datapoints_to_alarm).toBeGreaterThan(touched);
});

test("where no outage is claimed, each alarm refutes the claim as it is", () => {
  const { experiment } = stoppedBy("0 seconds");
  expect(experiment.stopOn.map(({ name }) => name)).toEqual(["test-door-errors-page", "test-door-slow-page"]);
  expect(experiment.conflicts).toEqual([]);
  expect(experiment.hypothesis).toMatch(/So users of test\/books notice nothing\.$/);
});

test("the conflict stands in the hypothesis", () => {
  const { experiment } = stoppedBy("2 minutes");
  expect(experiment.hypothesis).toBe(
    "test/ledger: one machine of the ledger is gone. " +
      "test/ledger comes back by copy in another zone within 2 minutes (vendor-typical), losing 0 seconds of data. " +
      "So test/books is back within 2 minutes. " +
      "But test-door-errors-page would ring within the claimed 2 minutes: " +
      "the experiment stops when the same is measured for 4 minutes on end.",
  );
});

test("a zone takes its time from what is broken, and from what needs it", () => {
  const { experiment } = stoppedBy("2 minutes", "zone-eu-west-1a");
  // The ledger, and then the door in front of it, which claims a minute of its own.
  expect(experiment.claimedSeconds).toBe(180);
  expect(experiment.hypothesis).toContain("test/door comes back by another door within 1 minute");
});

test("users are promised the fastest way that heals by itself, whichever is put to the test", () => {
  const slow: Fault = { ...LOSS, scenario: "region", mechanism: "slow copy" };
  const [experiment] = made({ rto: "2 minutes", slower: "20 minutes", faults: { slow } }).manifest.experiments;
  expect(experiment.claimedSeconds).toBe(120);
  expect(experiment.hypothesis).toContain("test/ledger comes back by slow copy within 20 minutes");
  expect(experiment.hypothesis).toContain("All in all, test/books is back within 2 minutes.");
  expect(experiment.takesMinutes).toBeGreaterThan(20);
});

test("experiments that claim the same share what stands in", () => {
  const { of } = stoppedBy("2 minutes");
  const paths = Object.keys(of.all(CloudwatchMetricAlarm)).filter((path) => path.startsWith("experiments/"));
  expect(paths).toEqual([
    "experiments/still-down-test-door-errors-page-4-minutes",
    "experiments/still-down-test-door-errors-page-5-minutes",
  ]);
});

test("the experiment lasts until each of its alarms has rung, were the service still down", () => {
  const slow = stoppedBy("2 minutes").experiment;
  const quick = made({ stops: (pages) => pages.slice(0, 1) }).manifest.experiments[0];
  expect(quick.takesMinutes).toBeGreaterThanOrEqual(4);
  expect(slow.takesMinutes).toBeGreaterThanOrEqual(30);
});

test("of an alarm that is made elsewhere, nothing says when it rings: the hypothesis says so", () => {
  const foreign: PageAlarm = {
    name: "shop-down",
    arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-down",
    kind: "metric",
  };
  const [experiment] = made({ stops: () => [foreign] }).manifest.experiments;
  expect(experiment.stopOn).toEqual([{ name: "shop-down" }]);
  expect(experiment.conflicts[0]).toContain("nothing here says when shop-down would ring");
});

const composite = (name: string): PageAlarm => ({
  name,
  arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`,
  kind: "composite",
});

const burning = (rto: Duration) => {
  const of = made({ rto, stops: (pages) => [pages[1], composite("burn")] });
  const template = of.at(FisExperimentTemplate, "experiments/ledger-lost-machine/Resource");
  return { template, experiment: of.manifest.experiments[0] };
};

test("a composite alarm stands beside a metric one, and is not asked for its state", () => {
  const { stop_condition: stops, action } = burning("0 seconds").template;
  expect(stops.map(({ value }: Config) => value)).toContain("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:burn");
  const asked = action.filter(({ action_id: id }: Config) => id === "aws:cloudwatch:assert-alarm-state");
  expect(JSON.stringify(asked)).not.toContain("alarm:burn");
});

test("a composite alarm cannot be made slower: it does not end what claims an outage, and people are told", () => {
  const { template, experiment } = burning("2 minutes");
  expect(JSON.stringify(template.stop_condition)).not.toContain("alarm:burn");
  expect(experiment.hypothesis).toContain("But burn may ring within the claimed 2 minutes, and ends nothing here.");
});

const five = Array.from({ length: 5 }, (_, index): PageAlarm => ({ ...composite(`more-${index}`), kind: "metric" }));

test.each<[string, Change, string]>([
  ["no alarm", { stops: () => [] }, "'stopOn' must name 1 to 5 alarms, got []; name those that users feel"],
  ["more than five", { stops: (pages) => [...pages, ...five] }, "'stopOn' must name 1 to 5 alarms"],
  [
    "more than five, and says what to write instead",
    { stops: (pages) => [...pages, ...five] },
    'alarms.pages.filter(({ name }) => ["test-door-errors-page","test-door-slow-page"].includes(name))',
  ],
  [
    "the same alarm twice",
    { stops: (pages) => [pages[0], pages[1], pages[0]] },
    `'stopOn' must name each alarm once, got ["test-door-errors-page"]`,
  ],
  [
    "an alarm of another region",
    { stops: () => [{ ...five[0], arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:more-0" }] },
    "'stopOn.more-0' must be an alarm of eu-west-1 in 111122223333, got \"arn:aws:cloudwatch:us-east-1:",
  ],
  [
    "an alarm of another account",
    { stops: () => [{ ...five[0], arn: "arn:aws:cloudwatch:eu-west-1:444455556666:alarm:more-0" }] },
    "'stopOn.more-0' must be an alarm of eu-west-1 in 111122223333",
  ],
  [
    "what is no alarm, such as the topic that it tells",
    { stops: () => [{ ...five[0], arn: "arn:aws:sns:eu-west-1:111122223333:page" }] },
    "'stopOn.more-0' must be an alarm of eu-west-1 in 111122223333",
  ],
  ["composites alone", { stops: () => [composite("burn")] }, "'stopOn' must hold a metric alarm, got [\"burn\"]"],
  [
    "an experiment that would not be over in half a day",
    { rto: "13 hours" },
    "'stopOn' must tell within the 12 hours of an experiment whether ledger-lost-machine is over",
  ],
])("fails on %s", (_, change, message) => {
  expect(() => made(change)).toThrow(message);
});

/** Experiments that stop on an alarm of another stack. */
const apart = (region?: string) =>
  synthAll({
    watching: (stack) => {
      new CloudwatchMetricAlarm(stack, "alarm", { ...DOWN, evaluationPeriods: 3, region });
    },
    service: (stack) => {
      const alarm = stack.node.root.node.findChild("watching").node.findChild("alarm") as CloudwatchMetricAlarm;
      const stopOn: PageAlarm[] = [{ name: "down", arn: alarm.arn, kind: "metric" }];
      new Experiments(stack, "experiments", { on: new Ledger(stack, "ledger"), stopOn });
    },
  }).service;

test("an alarm of another stack gives way to the same measure as well", () => {
  const [{ stopOn, conflicts }] = apart().manifest.experiments;
  expect(stopOn).toMatchObject([{ insteadOf: "down", seconds: 180 }]);
  expect(conflicts).toEqual([expect.stringContaining("down would ring within the claimed 2 minutes")]);
});

test("fails on an alarm of another stack that is measured in another region", () => {
  expect(() => apart("us-east-1")).toThrow(
    "service/experiments: 'stopOn.down' must be an alarm of eu-west-1 in 111122223333, got \"us-east-1\"",
  );
});

test("fails where alarms were added after they were given", () => {
  const late: Change = { stops: (pages) => pages, faults: { lostMachine: LOSS } };
  const add = (pages: readonly PageAlarm[]) => () => (pages as PageAlarm[]).push(composite("late"));
  let later = () => 0;
  const stops = (pages: readonly PageAlarm[]) => {
    later = add(pages);
    return pages;
  };
  expect(() => made({ ...late, stops, more: () => later() })).toThrow(
    "'stopOn' must stay at 2 alarms once given, got 3; define experiments after the last watch",
  );
});

test("no outage that is over in the claimed time rings what stands in, whenever in a minute it begins", () => {
  const outages = fc.integer({ min: 1, max: 3600 });
  const periods = fc.constantFrom(60, 120, 300);
  // In whole seconds: near the end of a period, a fraction would round up into the next.
  const begins = fc.integer({ min: 0, max: 299 });
  fc.assert(
    fc.property(outages, periods, fc.integer({ min: 1, max: 5 }), begins, (outage, period, datapoints, begin) => {
      const stack = new TerraformStack(Testing.app(), "test");
      const { arn } = new CloudwatchMetricAlarm(stack, "alarm", { ...DOWN, period, evaluationPeriods: datapoints });
      const [stop] = stopsFor(stack, [{ name: DOWN.alarmName, arn, kind: "metric" }], outage).stops;
      // A period is bad where a part of it is: those that the outage touches.
      const from = begin % period;
      const touched = Math.floor((from + outage) / period) + 1;
      const needed = stop.seconds! / period + 1;
      expect(touched).toBeLessThan(needed);
      expect(stop.certain).toBeGreaterThanOrEqual(needed * period);
    }),
  );
});
