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
  const runs = `Read why: aws synthetics get-canary-runs --name ${name} --max-results 5`;
  const picture = `Look at what it saw: aws s3 ls --recursive s3://${bucket}/canary/`;
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
      firstSteps: [runs, picture, "Do it by hand: what is broken is the service, or the way to it."],
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
        "Is it the service or the script? What fails at the same step each time is seldom the script.",
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
      firstSteps: [runs, "Which step takes long? Compare its duration in the report with that of last week."],
      rationale: "Four fifths of the timeout; silence is seen by another signal.",
      source: METRICS,
    },
  } satisfies Signals;
}

/** A run that succeeds counts 100, another one 0. */
export function canaryIndicators(name: string) {
  return {
    availability: { kind: "availability", counts: "runs", percent: published(name, "SuccessPercent") },
  } satisfies Indicators;
}
