import { Indicators } from "../core/indicator";
import { Metric, Signals } from "../core/signal";

const METRICS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM-metrics.html";

/** What Google counts as good, and at which percentile. */
const VITALS = "https://web.dev/articles/vitals";

/** Page views in a span of time below which no measured one may be by chance: a session has several, and is one sample. */
const ENOUGH = 100;

/** Hours in which so many page views come that one at least is measured; nothing where nobody says how many come. */
export function hoursOfSilence(viewsPerHour: number | undefined, sessionSampleRate: number): number | undefined {
  return viewsPerHour === undefined ? undefined : Math.ceil(ENOUGH / (viewsPerHour * sessionSampleRate) - 1e-9);
}

function published(application: string, name: string): Omit<Metric, "statistic"> {
  return { namespace: "AWS/RUM", name, dimensions: { application_name: application } };
}

/** What is worth watching about an application in the browsers of its users: tickets, since a canary is what pages. */
export function realUsersSignals(name: string, silentHours?: number) {
  const p75 = (metric: string): Metric => ({ ...published(name, metric), statistic: "p75" });
  const sum = (metric: string): Metric => ({ ...published(name, metric), statistic: "Sum" });
  const share = (metric: string) => ({ ratio: { bad: [sum(metric)], total: [sum("PageViewCount")], minimum: 100 } });
  const vital = { bad: "above", period: "1 hour", breaches: "3 of 3", source: VITALS } as const;
  const look = "Which pages, browsers and countries? Open the app monitor in the console of CloudWatch RUM.";
  const deployed = "Did a new version of the pages begin just before? Then take it back first.";
  const lasting =
    "The bound of good is for a quarter of the views at most; three hours tell a change from slow phones.";
  return {
    largestPaint: {
      ...vital,
      kind: "latency",
      means: "pages show what matters late: a quarter of the views wait longer than is good",
      measure: { metric: p75("WebVitalsLargestContentfulPaint") },
      unit: "milliseconds",
      ticket: 2500,
      firstSteps: [deployed, "Is it the answer or the page? Compare with the latency at the entrance.", look],
      rationale: lasting,
    },
    interaction: {
      ...vital,
      kind: "latency",
      means: "pages answer to clicks and keys late: a quarter of them wait longer than is good",
      measure: { metric: p75("WebVitalsInteractionToNextPaint") },
      unit: "milliseconds",
      ticket: 200,
      firstSteps: [deployed, look],
      rationale: lasting,
    },
    layoutShift: {
      ...vital,
      kind: "errors",
      means: "what pages show moves while it is read",
      measure: { metric: p75("WebVitalsCumulativeLayoutShift") },
      unit: "points of layout shift",
      ticket: 0.1,
      firstSteps: [deployed, "Do images, advertisements or fonts come without a size that keeps their place?", look],
      rationale: lasting,
    },
    scriptErrors: {
      kind: "errors",
      means: "scripts of the pages fail",
      measure: share("JsErrorCount"),
      bad: "above",
      unit: "per cent of page views",
      ticket: 5,
      period: "15 minutes",
      breaches: "3 of 3",
      firstSteps: [
        deployed,
        "Which error, in which browser? Errors of extensions are not yours: ignore them in the client.",
        look,
      ],
      rationale:
        "One error in twenty views. A view may have several, so this is no share of users; fewer than 100 say little.",
      source: METRICS,
    },
    failedRequests: {
      kind: "errors",
      means: "requests that pages make are answered with errors of the server",
      measure: share("Http5xxCount"),
      bad: "above",
      unit: "per cent of page views",
      ticket: 5,
      period: "15 minutes",
      breaches: "3 of 3",
      firstSteps: ["Does the entrance count them too? If not, somebody else's service fails: which address?", look],
      rationale: "What others serve to your pages is in no metric of your own.",
      source: METRICS,
    },
    silence: {
      kind: "traffic",
      means: "no page view is measured: nobody comes, or the client does not run",
      measure: { metric: sum("PageViewCount") },
      bad: "below",
      unit: "page views",
      period: "1 hour",
      ...(silentHours !== undefined && { ticket: 1, breaches: `${silentHours} of ${silentHours}` }),
      missing: "breaching",
      firstSteps: [
        "Does the entrance count requests? Then the client is not loaded, or Cognito gives it no credentials.",
        "Open a page and look at the console of the browser: a denied request names the right that is missing.",
      ],
      rationale: "No threshold of its own: only its owner knows how few are too few (`viewsPerHour`).",
      source: METRICS,
    },
  } satisfies Signals;
}

/**
 * Of what users feel, two can be promised as shares of events: `within: "2500 milliseconds"` of paints, and 200 of
 * interactions. Errors of scripts cannot, as a view may have many.
 */
export function realUsersIndicators(name: string) {
  return {
    paints: {
      kind: "latency",
      counts: "page loads",
      distribution: published(name, "WebVitalsLargestContentfulPaint"),
      unit: "milliseconds",
    },
    interactions: {
      kind: "latency",
      counts: "interactions",
      distribution: published(name, "WebVitalsInteractionToNextPaint"),
      unit: "milliseconds",
    },
  } satisfies Indicators;
}
