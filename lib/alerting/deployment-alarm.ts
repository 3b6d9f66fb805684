import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { Metric } from "../core/signal";
import { measured } from "./measures";

/** On while something is deployed. It tells nobody: the tickets of patterns wait for it. */
export function deploymentAlarm(scope: Construct, metric: Metric): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, "deploying", {
    alarmName: nameOf(scope, "alarm", "deploying"),
    alarmDescription: "On while something is deployed: the tickets of patterns wait. No page waits for it.",
    ...measured({ metric }, 60),
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    // Where CI died, the deployment is over.
    treatMissingData: "notBreaching",
    actionsEnabled: false,
  });
}
