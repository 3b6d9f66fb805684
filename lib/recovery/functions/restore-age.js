"use strict";
// Runs in AWS Lambda: publishes for each type how many days ago a restore was proven.

/* eslint-disable @typescript-eslint/no-require-imports -- the runtime loads it as it is */
const { BackupClient, GetRestoreTestingSelectionCommand } = require("@aws-sdk/client-backup");
const { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } = require("@aws-sdk/client-cloudwatch");

const HOUR = 3600;
const DAY = 24 * HOUR;
/** CloudWatch keeps hours for 455 days. */
const LONGEST = 450 * DAY;

exports.handler = (event) => exports.run(event, new CloudWatchClient({}), new BackupClient({}));

/** Until the first proof, the days count from the making of the test. A proof that cannot be read is not guessed. */
exports.run = async ({ now, data }, cloudwatch, backup) => {
  // eslint-disable-next-line no-restricted-syntax -- the time that the schedule says, not a clock
  const at = new Date(now);
  const { namespace, proven, age, proof, plan, types } = data;
  const dimensions = (type) => [
    { Name: "Proof", Value: proof },
    { Name: "Type", Value: type },
  ];
  const read = reader(cloudwatch, { namespace, name: proven, at });
  const MetricData = await Promise.all(
    types.map(async (type) => {
      const since = (await read(dimensions(type))) ?? (await madeAt(backup, plan, type));
      const days = Math.max(0, (at - since) / 1000 / DAY);
      return { MetricName: age, Dimensions: dimensions(type), Unit: "None", Value: days, Timestamp: at };
    }),
  );
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
};

/** Reads when the newest restore was proven; nothing where none ever was. */
function reader(cloudwatch, { namespace, name, at }) {
  // eslint-disable-next-line no-restricted-syntax -- the time that the schedule says, not a clock
  const StartTime = new Date(at.getTime() - LONGEST * 1000);
  return async (Dimensions) => {
    const Metric = { Namespace: namespace, MetricName: name, Dimensions };
    const MetricDataQueries = [{ Id: "proven", MetricStat: { Metric, Period: HOUR, Stat: "Maximum" } }];
    let newest;
    let NextToken;
    do {
      const input = { MetricDataQueries, StartTime, EndTime: at, NextToken };
      const { MetricDataResults = [], NextToken: next } = await cloudwatch.send(new GetMetricDataCommand(input));
      for (const { StatusCode, Timestamps = [], Values = [] } of MetricDataResults) {
        if (!["Complete", "PartialData"].includes(StatusCode)) throw new Error(`CloudWatch says ${StatusCode}`);
        const proofs = Timestamps.filter((time, index) => Values[index] >= 1);
        newest = [newest, ...proofs].reduce((last, time) => (last === undefined || time > last ? time : last));
      }
      NextToken = next;
    } while (NextToken);
    return newest;
  };
}

async function madeAt(backup, plan, type) {
  const input = { RestoreTestingPlanName: plan, RestoreTestingSelectionName: type };
  const { RestoreTestingSelection } = await backup.send(new GetRestoreTestingSelectionCommand(input));
  return RestoreTestingSelection.CreationTime;
}
