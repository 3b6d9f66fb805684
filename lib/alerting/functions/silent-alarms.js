"use strict";
// Runs in AWS Lambda: counts the alarms that have had no data for too long, and names them in its log.

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the runtime loads it as it is
const { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } = require("@aws-sdk/client-cloudwatch");

exports.handler = (event) => exports.run(event, new CloudWatchClient({}));

/** An alarm is silent from its last change of state on; one that was made or changed since gets its time from then. */
exports.run = async ({ now, data: { namespace, metric, prefix, seconds } }, cloudwatch) => {
  // eslint-disable-next-line no-restricted-syntax -- the time that the schedule says, not a clock
  const at = new Date(now);
  const since = ({ StateTransitionedTimestamp, AlarmConfigurationUpdatedTimestamp }) =>
    Math.max(StateTransitionedTimestamp?.getTime() ?? 0, AlarmConfigurationUpdatedTimestamp?.getTime() ?? 0);
  const silent = (await withoutData(prefix, cloudwatch)).filter((alarm) => at - since(alarm) >= seconds * 1000);
  // eslint-disable-next-line no-console -- its log says which
  for (const { AlarmName, StateReason } of silent) console.log(JSON.stringify({ silent: AlarmName, why: StateReason }));
  const MetricData = [
    {
      MetricName: metric,
      Dimensions: [{ Name: "Prefix", Value: prefix }],
      Unit: "Count",
      Value: silent.length,
      Timestamp: at,
    },
  ];
  await cloudwatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
};

/** Every alarm of the prefix that is in INSUFFICIENT_DATA, page by page. */
async function withoutData(prefix, cloudwatch) {
  const found = [];
  let NextToken;
  do {
    const input = { AlarmNamePrefix: prefix, StateValue: "INSUFFICIENT_DATA", AlarmTypes: ["MetricAlarm"], NextToken };
    const { MetricAlarms = [], NextToken: next } = await cloudwatch.send(new DescribeAlarmsCommand(input));
    found.push(...MetricAlarms);
    NextToken = next;
  } while (NextToken);
  return found;
}
