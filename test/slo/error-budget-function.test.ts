import { GetMetricDataCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { BudgetData } from "../../lib/slo/budget-data";
import { Config } from "../synth";
import { load } from "../tools";

const { run } = load<{ run(event: unknown, cloudwatch: unknown): Promise<void> }>(
  "../lib/slo/functions/error-budget.js",
);

const NOW = "2026-11-25T10:20:00Z";
const HOUR = 3_600_000;

const metric = (name: string, statistic = "Sum") => ({
  namespace: "Own",
  name,
  statistic,
  dimensions: { Service: "x" },
});
const COMMON = { name: "shop-availability", budget: 0.001, seconds: 2_592_000 };
const EVENTS: BudgetData = { ...COMMON, kind: "events", bad: [metric("Failed")], total: [metric("Requests")] };
const LATENCY: BudgetData = {
  ...COMMON,
  kind: "latency",
  good: metric("Time", "PR(:0.3)"),
  count: metric("Time", "SampleCount"),
};
const FRESHNESS: BudgetData = {
  ...COMMON,
  kind: "freshness",
  metric: metric("Age", "Maximum"),
  side: "above",
  threshold: 600,
  slice: 300,
};

/** A CloudWatch with values an hour, oldest first, by metric and statistic. */
class FakeCloudwatch {
  readonly read: Config[] = [];
  readonly published: Config[] = [];

  constructor(
    private readonly series: Readonly<Record<string, readonly number[]>>,
    private readonly status = "Complete",
    private readonly pages = 1,
  ) {}

  async send(command: GetMetricDataCommand | PutMetricDataCommand): Promise<unknown> {
    if (command instanceof PutMetricDataCommand) return void this.published.push(command.input);
    const { input } = command;
    this.read.push(input);
    const page = Number(input.NextToken ?? 0);
    return {
      MetricDataResults: input.MetricDataQueries!.map(({ Id, MetricStat }) => {
        const values = this.series[`${MetricStat!.Metric!.MetricName} ${MetricStat!.Stat}`] ?? [];
        const shown = values.map((value, index) => ({ value, time: new Date(index * HOUR) }));
        const part = shown.filter((_, index) => index % this.pages === page);
        return {
          Id,
          StatusCode: this.status,
          Values: part.map(({ value }) => value),
          Timestamps: part.map(({ time }) => time),
        };
      }),
      ...(page + 1 < this.pages && { NextToken: String(page + 1) }),
    };
  }
}

async function published(objectives: readonly BudgetData[], cloudwatch: FakeCloudwatch): Promise<Config[]> {
  await run({ now: NOW, data: { namespace: "Budgets", metric: "BudgetRemaining", objectives } }, cloudwatch);
  return cloudwatch.published.flatMap(({ MetricData }) => MetricData);
}

const valueOf = async (objective: BudgetData, cloudwatch: FakeCloudwatch) =>
  (await published([objective], cloudwatch))[0].Value as number;

test.each([
  ["nothing failed", [0, 0], 100],
  ["half of what may fail has failed", [0, 1], 50],
  ["all of it has", [1, 1], 0],
  ["twice as much has", [2, 2], -100],
])("where %s, the rest of the budget is left", async (_, failed, left) => {
  const cloudwatch = new FakeCloudwatch({ "Failed Sum": failed, "Requests Sum": [500, 1500] });
  expect(await valueOf(EVENTS, cloudwatch)).toBeCloseTo(left, 9);
});

test("without events nothing is spent", async () => {
  expect(await valueOf(EVENTS, new FakeCloudwatch({}))).toBe(100);
});

test("several metrics add up", async () => {
  const objective = { ...EVENTS, bad: [metric("Failed"), metric("Refused")] } as BudgetData;
  const cloudwatch = new FakeCloudwatch({ "Failed Sum": [1], "Refused Sum": [1], "Requests Sum": [4000] });
  expect(await valueOf(objective, cloudwatch)).toBeCloseTo(50, 9);
});

test("the late share of an hour weighs as much as the hour had requests", async () => {
  // A quiet hour in which half was late: 1 of 2. A busy one in which nothing was.
  const cloudwatch = new FakeCloudwatch({ "Time PR(:0.3)": [50, 100], "Time SampleCount": [2, 1998] });
  expect(await valueOf(LATENCY, cloudwatch)).toBeCloseTo(50, 9);
});

test("slices above the bound are spent, those without data are good", async () => {
  // 8640 slices in 30 days, of which 8.64 may be bad.
  const cloudwatch = new FakeCloudwatch({ "Age Maximum": [601, 600, 0, 9999] });
  expect(await valueOf(FRESHNESS, cloudwatch)).toBeCloseTo(100 * (1 - 2 / 8.64), 9);
  expect(cloudwatch.read[0].MetricDataQueries[0].MetricStat.Period).toBe(300);
});

test("it reads the whole period up to the last full hour, and says when it was called", async () => {
  const cloudwatch = new FakeCloudwatch({ "Requests Sum": [1] });
  const [point] = await published([EVENTS], cloudwatch);
  expect(cloudwatch.read[0]).toMatchObject({
    StartTime: new Date("2026-10-26T10:00:00Z"),
    EndTime: new Date("2026-11-25T10:00:00Z"),
  });
  expect(point).toMatchObject({
    MetricName: "BudgetRemaining",
    Dimensions: [{ Name: "Objective", Value: "shop-availability" }],
    Unit: "Percent",
    Timestamp: new Date(NOW),
  });
  expect(cloudwatch.published[0].Namespace).toBe("Budgets");
});

test("an answer in several pages is read to its end", async () => {
  const series = { "Failed Sum": [1, 0, 1], "Requests Sum": [1000, 1000, 2000] };
  const cloudwatch = new FakeCloudwatch(series, "PartialData", 3);
  expect(await valueOf(EVENTS, cloudwatch)).toBeCloseTo(50, 9);
  expect(cloudwatch.read).toHaveLength(3);
});

test("fails where one objective cannot be read, and publishes all others", async () => {
  const broken = { ...LATENCY, name: "shop-latency", count: undefined } as unknown as BudgetData;
  const cloudwatch = new FakeCloudwatch({ "Requests Sum": [1] });
  await expect(published([broken, EVENTS], cloudwatch)).rejects.toThrow("cannot reckon the budget of shop-latency:");
  expect(cloudwatch.published[0].MetricData.map(({ Dimensions }: Config) => Dimensions[0].Value)).toEqual([
    EVENTS.name,
  ]);
});

test("fails where CloudWatch does, and publishes no wrong number", async () => {
  const cloudwatch = new FakeCloudwatch({ "Requests Sum": [1] }, "InternalError");
  await expect(published([EVENTS], cloudwatch)).rejects.toThrow("CloudWatch says InternalError");
  expect(cloudwatch.published).toEqual([]);
});
