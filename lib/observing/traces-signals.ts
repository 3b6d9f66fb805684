import { Metric, Signals } from "../core/signal";

const GROUPS = "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-groups.html";
const INSIGHTS = "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-insights.html";

/** Traces in three periods of five minutes below which no trace may be by chance. */
const ENOUGH = 100;

/** What the signals of traces are made from. */
export interface WatchedTraces {
  /** The names of the groups: all traces of the service, and those with a fault in it. */
  readonly all: string;
  readonly faults: string;
  /** How the service calls itself. */
  readonly service: string;
  /** The name of the rule for all requests that no other one names. */
  readonly rest: string;
  readonly tracesPerMonth: number;
  /** Traces a second that the stated requests leave. */
  readonly perSecond: number;
  readonly insights: boolean;
}

/** What is worth watching about traces: what they say of the service, that they come, and what they cost. */
export function tracesSignals({ all, faults, service, rest, tracesPerMonth, perSecond, insights }: WatchedTraces) {
  const traces = (group: string): Metric => {
    const dimensions = { GroupName: group };
    return { namespace: "AWS/X-Ray", name: "ApproximateTraceCount", statistic: "Sum", dimensions };
  };
  const lately = "--start-time $(($(date +%s) - 900)) --end-time $(date +%s)";
  const read = `aws xray get-trace-summaries ${lately} --filter-expression 'group.name = "${faults}"'`;
  const rules = `Are the rules those of the code? aws xray get-sampling-rules --query "SamplingRuleRecords[?SamplingRule.ServiceName=='${service}'].SamplingRule.[RuleName,Priority,ReservoirSize,FixedRate]" --output text.`;
  return {
    faultShare: {
      kind: "errors",
      means: "traces of the service end in faults",
      measure: { ratio: { bad: [traces(faults)], total: [traces(all)], minimum: 20 } },
      bad: "above",
      unit: "per cent of traces",
      period: "5 minutes",
      firstSteps: [`Which, and where in the chain? Read the latest: ${read}.`],
      rationale:
        "No threshold of its own: each rule samples another share, so it is an estimate of what the entrance counts.",
      source: GROUPS,
    },
    silence: {
      kind: "traffic",
      means: "the service leaves no traces: its collector does not run, or may not send them",
      measure: { metric: traces(all) },
      bad: "below",
      unit: "traces",
      ...(perSecond * 900 >= ENOUGH && { ticket: 1 }),
      period: "5 minutes",
      breaches: "3 of 3",
      missing: "breaching",
      firstSteps: [
        "Does the service have requests? The dashboard has them. No: go by the pages of the entrance. Yes: users are served, and nobody sees where they wait.",
        "Is its collector healthy? Read its log: a denied request names the right that is missing.",
        rules,
      ],
      mitigate: [
        "A right is missing: give the role what `statements` has, and apply. The collector hangs: start it anew.",
        "Until traces come, logs have the same requests: by `traceId`, and by the saved queries.",
      ],
      rationale: "Where the stated requests leave few traces, a quarter of an hour without one is no fault.",
      source: GROUPS,
    },
    overBudget: {
      kind: "saturation",
      means: "more traces are recorded in a day than the budget has for one",
      measure: { metric: traces(all) },
      bad: "above",
      unit: "traces",
      ticket: Math.ceil(tracesPerMonth / 30),
      period: "1 day",
      breaches: "1 of 1",
      missing: "notBreaching",
      firstSteps: [
        rules,
        "They are: more requests came than stated; compare with the entrance. They are not, or an SDK has rules of its own: put those of the code back.",
      ],
      mitigate: [
        `Record a hundredth of the rest for now: \`aws xray update-sampling-rule --sampling-rule-update RuleName=${rest},FixedRate=0.01\`. The next apply takes that back: set \`rate\`, or \`tracesPerMonth\` to what it may cost.`,
      ],
      rationale: "The budget was reckoned by the stated requests; this is what they were.",
      source: GROUPS,
    },
    ...(insights && {
      anomaly: {
        kind: "errors",
        means: "X-Ray sees more faults than usual, and where they come from",
        measure: {
          event: {
            source: ["aws.xray"],
            detailType: ["AWS X-Ray Insight Update"],
            // No category: faults are the only one, and where the guide writes Category the event's schema has Categories.
            detail: { State: ["ACTIVE"], GroupName: [all] },
          },
        },
        bad: "above",
        urgency: "ticket",
        firstSteps: [
          `Which service is at the root? aws xray get-insight-summaries --group-name ${all} --states ACTIVE --start-time $(($(date +%s) - 86400)) --end-time $(date +%s) --query 'InsightSummaries[].[StartTime,RootCauseServiceId.Name,Summary]' --output text.`,
          `It is this one: which traces? ${read}.`,
          "It is another one: tell those who have it, and go by what is on there.",
        ],
        mitigate: [
          "It is this service: the pages of what else is on say how its users are relieved.",
          "It is another one: turn off what needs it, or let it fail fast.",
        ],
        rationale: "X-Ray tells of each change of an insight, as well as it can: never the only alarm.",
        source: INSIGHTS,
      },
    }),
  } satisfies Signals;
}
