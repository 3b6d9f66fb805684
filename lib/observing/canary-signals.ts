import { Duration } from "../core/duration";
import { Indicators } from "../core/indicator";
import { Metric, Signals } from "../core/signal";

const METRICS =
  "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html";

/** What the signals of a canary are made from. */
export interface WatchedCanary {
  readonly name: string;
  readonly every: Duration;
  /** Seconds that a run may take. */
  readonly limit: number;
  readonly bucket: string;
}

function published(canary: string, name: string): Omit<Metric, "statistic"> {
  return { namespace: "CloudWatchSynthetics", name, dimensions: { CanaryName: canary } };
}

/** What is worth watching about a canary: that it runs, succeeds, and does so in time. */
export function canarySignals({ name, every, limit, bucket }: WatchedCanary) {
  const runs = `Why? aws synthetics get-canary-runs --name ${name} --max-results 5 --query 'CanaryRuns[].[Timeline.Started,Status.State,Status.StateReason]' --output text.`;
  const picture = `What did it see? aws s3 ls --recursive s3://${bucket}/canary/ | sort | tail -n 20.`;
  const state = `Does it run at all? aws synthetics get-canary --name ${name} --query 'Canary.Status.[State,StateReason]' --output text.`;
  return {
    failing: {
      kind: "errors",
      means: "the canary fails run after run, or does not run: users cannot do what it does",
      measure: { metric: { ...published(name, "SuccessPercent"), statistic: "Average" } },
      bad: "below",
      unit: "per cent",
      page: 90,
      period: every,
      breaches: "2 of 2",
      missing: "breaching",
      firstSteps: [
        runs,
        picture,
        "Do it by hand. It fails: what is broken is the service, or the way to it; look at what else is on. It works: the canary is wrong, or stands where the service cannot be reached.",
        state,
      ],
      mitigate: [
        `It is STOPPED: users may be well, and nobody looks: aws synthetics start-canary --name ${name}.`,
        "Users are hurt: the page of whatever else is on says how they are relieved. Nothing is on: turn off the step that fails, by its switch.",
        "Users are well: take back what changed the canary. It pages on until its runs succeed, and that is right.",
      ],
      rationale: "One run may fail by itself; a canary that is silent sees no failure either.",
      source: METRICS,
    },
    flaky: {
      kind: "errors",
      means: "the canary fails now and then",
      measure: { metric: { ...published(name, "SuccessPercent"), statistic: "Average" } },
      bad: "below",
      unit: "per cent",
      ticket: 90,
      period: "6 hours",
      breaches: "1 of 1",
      missing: "notBreaching",
      firstSteps: [
        runs,
        picture,
        "Is it the service or the script? What fails at the same step each time is seldom the script.",
      ],
      mitigate: [
        "The service: at one hour, or in one zone? Then go by the pages of that; one user in so many feels it now.",
        "The script: let it wait for what it needs before it goes on, rather than try twice.",
      ],
      rationale: "A tenth of the runs of six hours: what a page by two failures in a row never sees.",
      source: METRICS,
    },
    slow: {
      kind: "latency",
      means: "runs of the canary take almost as long as they may: soon they fail",
      measure: { metric: { ...published(name, "Duration"), statistic: "p95" } },
      bad: "above",
      unit: "milliseconds",
      ticket: 800 * limit,
      period: every,
      breaches: "3 of 3",
      missing: "missing",
      firstSteps: [
        runs,
        picture,
        "Which step takes long? Its report has the time of each: compare with one of last week. It is one: users wait there as well. All: look at the latency at the entrance.",
      ],
      mitigate: [
        "Users wait as well: go by the page of `latency` of the entrance.",
        "The journey has grown: give it more time (`timeout`), before it fails for that alone.",
      ],
      rationale: "Four fifths of the timeout; silence is seen by another signal.",
      source: METRICS,
    },
  } satisfies Signals;
}

/** A run that succeeds counts 100, another one 0. */
export function canaryIndicators({ name, every }: Pick<WatchedCanary, "name" | "every">) {
  return {
    availability: { kind: "availability", counts: "runs", percent: published(name, "SuccessPercent"), every },
  } satisfies Indicators;
}
