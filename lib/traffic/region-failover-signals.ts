import { Signals } from "../core/signal";

/** What the signals of a failover are found by. */
export interface WatchedRegions {
  /** The alarms of the regions that should serve. */
  readonly alarmNames: readonly string[];
  /** Where these stand. */
  readonly alarmRegion: string;
  /** The name that the service is reached by, and the path that is asked there first. */
  readonly domain: string;
  readonly path: string;
}

/** What is worth watching about a failover: that one happened. */
export function regionFailoverSignals({ alarmNames, alarmRegion, domain, path }: WatchedRegions) {
  const states = `aws cloudwatch describe-alarms --region ${alarmRegion} --query 'MetricAlarms[].[AlarmName,StateValue,StateUpdatedTimestamp]' --output text --alarm-names ${alarmNames.join(" ")}`;
  const asked = `curl -sS -o /dev/null -w '%{http_code} %{remote_ip} %{time_total}s\\n' https://${domain}${path}`;
  return {
    regionUnhealthy: {
      kind: "errors",
      means: "a region does not serve, and DNS answers with the others",
      measure: {
        event: {
          source: ["aws.cloudwatch"],
          detailType: ["CloudWatch Alarm State Change"],
          detail: { alarmName: alarmNames, state: { value: ["ALARM"] } },
        },
      },
      bad: "above",
      urgency: "page",
      firstSteps: [
        `Which region? The name of the alarm ends with it: ${states}.`,
        `Are users served by another one? \`${asked}\`.`,
        "Yes (2xx or 3xx): look whether it carries the load, at its instances and its error share. No: DNS has nothing good to answer with; go by the pages of both regions at once.",
        "Before the lost one comes back: is its data whole? A region that missed writes must not serve.",
      ],
      mitigate: [
        "Nothing has to be switched: DNS left the region out by itself. Let nobody deploy to the one that serves.",
        "The one that serves is short of instances: its runbooks (inService, atMaximum) have more of them by a command.",
        "The lost one answers again too early, without its data: keep it out as the plan of recovery for the loss of a region says.",
      ],
      rationale: "Users are served; the next failure would not be survived.",
      source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html",
    },
  } satisfies Signals;
}
