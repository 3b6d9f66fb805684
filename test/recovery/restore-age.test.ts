import { GetRestoreTestingSelectionCommand } from "@aws-sdk/client-backup";
import { GetMetricDataCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { Config } from "../synth";
import { load } from "../tools";

const { run } = load<{ run(event: unknown, cloudwatch: unknown, backup: unknown): Promise<void> }>(
  "../lib/recovery/functions/restore-age.js",
);

const NOW = "2026-11-25T12:00:00Z";
const DATA = { namespace: "Restores", proven: "RestoreProven", age: "DaysSinceProven", proof: "shop-proof" };
const ago = (days: number) => new Date(new Date(NOW).getTime() - days * 86_400_000);

/** Results of tests by type: how many days ago, and 1 for a proof. */
type Results = Readonly<Record<string, readonly (readonly [days: number, value: number])[]>>;

class FakeCloudwatch {
  readonly read: Config[] = [];
  readonly published: Config[] = [];

  constructor(
    private readonly results: Results,
    private readonly status = "Complete",
  ) {}

  async send(command: GetMetricDataCommand | PutMetricDataCommand): Promise<unknown> {
    if (command instanceof PutMetricDataCommand) return void this.published.push(command.input);
    const { input } = command;
    this.read.push(input);
    const [{ Id, MetricStat }] = input.MetricDataQueries!;
    const type = MetricStat!.Metric!.Dimensions!.find(({ Name }) => Name === "Type")!.Value!;
    const page = Number(input.NextToken ?? 0);
    // One result a page.
    const all = this.results[type] ?? [];
    const shown = all.slice(page, page + 1);
    return {
      MetricDataResults: [
        {
          Id,
          StatusCode: this.status,
          Timestamps: shown.map(([days]) => ago(days)),
          Values: shown.map(([, value]) => value),
        },
      ],
      ...(page + 1 < all.length && { NextToken: String(page + 1) }),
    };
  }
}

/** An AWS Backup in which every test was made some days ago. */
const madeAgo = (days: number) => ({
  send: async ({ input }: GetRestoreTestingSelectionCommand) => {
    expect(input).toEqual({ RestoreTestingPlanName: "shop_weekly", RestoreTestingSelectionName: "RDS" });
    return { RestoreTestingSelection: { CreationTime: ago(days) } };
  },
});

async function daysOf(cloudwatch: FakeCloudwatch, types = ["RDS"], backup: unknown = madeAgo(3)) {
  await run({ now: NOW, data: { ...DATA, plan: "shop_weekly", types } }, cloudwatch, backup);
  const [{ Namespace, MetricData }] = cloudwatch.published;
  expect(Namespace).toBe("Restores");
  return Object.fromEntries((MetricData as Config[]).map(({ Dimensions, Value }) => [Dimensions[1].Value, Value]));
}

test("the days count from the newest proof, on whatever page it stands", async () => {
  const cloudwatch = new FakeCloudwatch({
    RDS: [
      [33, 1],
      [5.5, 1],
      [12, 1],
    ],
  });
  expect(await daysOf(cloudwatch)).toEqual({ RDS: 5.5 });
  expect(cloudwatch.read).toHaveLength(3);
});

test("a restore that was looked at and failed is no proof", async () => {
  const cloudwatch = new FakeCloudwatch({
    RDS: [
      [1, 0],
      [8, 1],
    ],
  });
  expect(await daysOf(cloudwatch)).toEqual({ RDS: 8 });
});

test("before the first proof the days count from the making of the test", async () => {
  expect(await daysOf(new FakeCloudwatch({}))).toEqual({ RDS: 3 });
});

test("each type has its own days", async () => {
  const cloudwatch = new FakeCloudwatch({ RDS: [[1, 1]], EFS: [[2, 1]] });
  expect(await daysOf(cloudwatch, ["RDS", "EFS"])).toEqual({ RDS: 1, EFS: 2 });
});

test("it looks back further than any alarm could, and says when it was called", async () => {
  const cloudwatch = new FakeCloudwatch({ RDS: [[400, 1]] });
  expect(await daysOf(cloudwatch)).toEqual({ RDS: 400 });
  expect(cloudwatch.read[0]).toMatchObject({
    StartTime: ago(450),
    EndTime: new Date(NOW),
    MetricDataQueries: [{ MetricStat: { Period: 3600, Stat: "Maximum", Metric: { MetricName: "RestoreProven" } } }],
  });
  expect(cloudwatch.published[0].MetricData[0]).toMatchObject({
    MetricName: "DaysSinceProven",
    Timestamp: new Date(NOW),
  });
});

test("fails where CloudWatch or AWS Backup does, and publishes no wrong number", async () => {
  const broken = new FakeCloudwatch({ RDS: [[1, 1]] }, "InternalError");
  await expect(daysOf(broken)).rejects.toThrow("CloudWatch says InternalError");
  expect(broken.published).toEqual([]);
  const gone = { send: () => Promise.reject(new Error("no such test")) };
  const empty = new FakeCloudwatch({});
  await expect(daysOf(empty, ["RDS"], gone)).rejects.toThrow("no such test");
  expect(empty.published).toEqual([]);
});
