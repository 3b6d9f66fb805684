import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { nameOf } from "../core/naming";
import { note } from "../core/notes";
import { arnOf, placeOf } from "../core/place";
import { addressOf } from "../core/resolve";
import { serviceRole } from "../parts/service-role";
import { DeclaredAlarm } from "../review/manifest";
import { runbookAddress } from "../parts/runbook-address";

/** The only region in which Route 53 publishes what its checks find. */
export const ROUTE_53_METRICS = "us-east-1";

/** The signal that tells of it. */
const SIGNAL = "regionUnhealthy";

/** Two periods of a minute (in seconds), so that one lost data point calls nobody. */
const PERIOD = 60;
const PERIODS = 2;

/**
 * An alarm a health check, where their metrics are, and its changes as events in the region of the stack, where people
 * are told: an alarm cannot notify a topic of another region.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export function toldAtHome(
  scope: Construct,
  healthCheckIds: Readonly<Record<string, string>>,
  detectionSeconds: number,
): string[] {
  const runbook = runbookAddress("runbooks", scope, SIGNAL);
  const names = Object.entries(healthCheckIds).map(([region, id]) => {
    const alarmName = nameOf(scope, "alarm", `unhealthy-${region}`);
    const alarm = new CloudwatchMetricAlarm(scope, `unhealthy-${region}`, {
      region: ROUTE_53_METRICS,
      alarmName,
      alarmDescription: `${scope.node.path}: ${region} does not serve. Its changes are told as events in the service's region.\nRunbook: ${runbook}`,
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: id },
      statistic: "Minimum",
      period: PERIOD,
      evaluationPeriods: PERIODS,
      datapointsToAlarm: PERIODS,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      actionsEnabled: true,
    });
    note(scope, "alarm", {
      name: alarmName,
      address: addressOf(alarm),
      path: scope.node.path,
      signal: SIGNAL,
      urgency: "page",
      threshold: 1,
      region: ROUTE_53_METRICS,
      seconds: detectionSeconds + PERIOD * PERIODS,
      // By the event of its change.
      notifies: false,
    } satisfies DeclaredAlarm);
    return alarmName;
  });
  if (placeOf(scope).region !== ROUTE_53_METRICS) forwarded(scope, names);
  return names;
}

function forwarded(scope: Construct, alarmNames: readonly string[]): void {
  const home = arnOf(scope, "events", "event-bus/default");
  const rule = new CloudwatchEventRule(scope, "news", {
    region: ROUTE_53_METRICS,
    name: nameOf(scope, "event-rule", "news"),
    description: `changes of the health of regions, to where ${scope.node.path} is watched`,
    eventPattern: JSON.stringify({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      detail: { alarmName: alarmNames },
    }),
  });
  const role = serviceRole(scope, "news-role", {
    service: "events.amazonaws.com",
    may: [{ Sid: "TellAtHome", Effect: "Allow", Action: "events:PutEvents", Resource: home }],
  });
  new CloudwatchEventTarget(scope, "news-target", {
    region: ROUTE_53_METRICS,
    rule: rule.name,
    targetId: "home",
    arn: home,
    roleArn: role.arn,
  });
}
