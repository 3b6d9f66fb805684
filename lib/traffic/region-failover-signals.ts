import { Signals } from "../core/signal";

/** What is worth watching about a failover: that one happened. */
export function regionFailoverSignals(alarmNames: readonly string[]) {
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
        "Which region? The name of the alarm ends with it. Does its endpoint answer you?",
        "Does the other region carry the load? Look at its instances and its error share.",
        "Before it comes back: is its data whole? A region that missed writes must not serve.",
      ],
      rationale: "Users are served; the next failure would not be survived.",
      source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html",
    },
  } satisfies Signals;
}
