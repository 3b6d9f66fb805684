"use strict";
// Runs in AWS Lambda: reckons what is left of each error budget, and publishes it in per cent.

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the runtime loads it as it is
const { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } = require("@aws-sdk/client-cloudwatch");

/** Seconds over which CloudWatch adds events up before they are read: it keeps hours for 15 months. */
const HOUR = 3600;

exports.handler = (event) => exports.run(event, new CloudWatchClient({}));

/**
 * One objective that cannot be read keeps no other from being published. It publishes nothing for that one, since a wrong
 * number is worse than none, and fails, so that somebody is told.
 */
exports.run = async ({ now, data: { namespace, metric, objectives } }, cloudwatch) => {
  // eslint-disable-next-line no-restricted-syntax -- the time that the schedule says, not a clock
  const at = new Date(now);
  const read = await Promise.allSettled(objectives.map((objective) => remaining(objective, at, cloudwatch)));
  const MetricData = read.flatMap(({ status, value }, index) =>
    status === "rejected"
      ? []
      : [
          {
            MetricName: metric,
            Dimensions: [{ Name: "Objective", Value: objectives[index].name }],
            Unit: "Percent",
            Value: value,
            Timestamp: at,
          },
        ],
  );
  if (MetricData.length > 0) await cloudwatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  const failed = read.flatMap(({ reason }, index) => (reason ? [`${objectives[index].name}: ${reason.message}`] : []));
  if (failed.length > 0) throw new Error(`cannot reckon the budget of ${failed.join("; ")}`);
};

/** What is left of a budget in per cent; below 0 it is overspent. Without events nothing is spent. */
async function remaining(objective, at, cloudwatch) {
  const { bad, total } = await KINDS[objective.kind](objective, reader(objective, at, cloudwatch));
  return total === 0 ? 100 : 100 * (1 - bad / (total * objective.budget));
}

const KINDS = {
  events: async ({ bad, total }, read) => {
    const series = await read([...bad, ...total]);
    const counts = series.map((points) => sum([...points.values()]));
    return { bad: sum(counts.slice(0, bad.length)), total: sum(counts.slice(bad.length)) };
  },
  // The share of good events in an hour weighs as much as the hour had events.
  latency: async ({ good, count }, read) => {
    const [shares, counts] = await read([good, count]);
    const bad = [...counts].map(([hour, events]) => ((100 - (shares.get(hour) ?? 100)) / 100) * events);
    return { bad: sum(bad), total: sum([...counts.values()]) };
  },
  // A slice without data is a good one, as it is for the alarms.
  freshness: async ({ metric, side, threshold, slice, seconds }, read) => {
    const [points] = await read([metric], slice);
    const isBad = (value) => (side === "above" ? value > threshold : value < threshold);
    return { bad: [...points.values()].filter(isBad).length, total: seconds / slice };
  },
};

/** Reads metrics over the period that ends with the last full hour: a map from time to value for each. */
function reader({ seconds }, at, cloudwatch) {
  const end = Math.floor(at.getTime() / 1000 / HOUR) * HOUR;
  // eslint-disable-next-line no-restricted-syntax -- the time that the schedule says, not a clock
  const date = (time) => new Date(time * 1000);
  return async (metrics, period = HOUR) => {
    const MetricDataQueries = metrics.map(({ namespace, name, dimensions, statistic }, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: period,
        Stat: statistic,
      },
    }));
    const series = metrics.map(() => new Map());
    let NextToken;
    do {
      const input = { MetricDataQueries, StartTime: date(end - seconds), EndTime: date(end), NextToken };
      const { MetricDataResults = [], NextToken: next } = await cloudwatch.send(new GetMetricDataCommand(input));
      for (const { Id, StatusCode, Timestamps = [], Values = [] } of MetricDataResults) {
        if (!["Complete", "PartialData"].includes(StatusCode)) throw new Error(`CloudWatch says ${StatusCode}`);
        Timestamps.forEach((time, index) => series[Number(Id.slice(1))].set(time.getTime(), Values[index]));
      }
      NextToken = next;
    } while (NextToken);
    return series;
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
