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
  const events = `aws rum get-app-monitor-data --name ${name} --time-range After=$((($(date +%s) - 3600) * 1000)) --query Events --output text | tr '\\t' '\\n' | tr -d '\\\\'`;
  const tally = "sort | uniq -c | sort -rn | head -n 20";
  const said = (type: string, key: string) =>
    `${events} | grep com.amazon.rum.${type}_event | grep -o '"${key}":"[^"]*"' | ${tally}`;
  /** The pages of the events of a type that are above a bound. */
  const pagesOf = (type: string, bound: number) =>
    `On which pages, how often in an hour? ${events} | awk -F'"value":' '/${type}_event/ && $2 + 0 > ${bound} && match($0, /"pageId":"[^"]*"/) { print substr($0, RSTART, RLENGTH) }' | ${tally}.`;
  const look =
    "One page: what changed there? All: it is what all pages load, or the way to one browser or country; the app monitor in the console of CloudWatch RUM tells them apart.";
  const deployed =
    "Did a new version of the pages begin just before? Yes: take it back first, as pages are published. No: go on.";
  const back = "Publish the version of the pages before: it is cached for as long as its headers say.";
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
      firstSteps: [
        deployed,
        "Is it the answer or the page? Compare with the latency at the entrance. It rose as well: go by its page. It did not: it is what pages load or do.",
        pagesOf("largest_contentful_paint", 2500),
        look,
      ],
      mitigate: [back, "The answers are late: the page of `latency` of the entrance says how users are relieved."],
      rationale: lasting,
    },
    interaction: {
      ...vital,
      kind: "latency",
      means: "pages answer to clicks and keys late: a quarter of them wait longer than is good",
      measure: { metric: p75("WebVitalsInteractionToNextPaint") },
      unit: "milliseconds",
      ticket: 200,
      firstSteps: [deployed, pagesOf("interaction_to_next_paint", 200), look],
      mitigate: [back, "One script keeps pages busy, such as a new tag of somebody else: leave it out."],
      rationale: lasting,
    },
    layoutShift: {
      ...vital,
      kind: "errors",
      means: "what pages show moves while it is read",
      measure: { metric: p75("WebVitalsCumulativeLayoutShift") },
      unit: "points of layout shift",
      ticket: 0.1,
      firstSteps: [
        deployed,
        pagesOf("cumulative_layout_shift", 0.1),
        look,
        "Do images, advertisements or fonts come without a size that keeps their place?",
      ],
      mitigate: [back, "One part of the pages moves the rest: leave it out until its place is kept."],
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
        `Which errors? ${said("js_error", "message")}.`,
        `On which pages? ${said("js_error", "pageId")}.`,
        "Errors of extensions of browsers are not yours: ignore them in the client. Yours: what do those pages load that others do not?",
      ],
      mitigate: [back, "One script alone fails: leave it out, where pages work without it."],
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
      firstSteps: [
        "Does the entrance count them too (`errorShare`)? Yes: go by its page. No: somebody else's service fails.",
        `On which pages? ${said("http", "pageId")}.`,
      ],
      mitigate: [
        "It is yours: the page of `errorShare` of the entrance says how users are relieved.",
        "It is somebody else's: let pages do without it, or show that it is missing.",
      ],
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
        "Does the entrance count requests? No: nobody reaches it; go by its pages. Yes: the client is not loaded, or Cognito gives it no credentials.",
        "Open a page and look at the console of the browser: a denied request names the right that is missing.",
        `Is the app monitor there, and for this domain? aws rum get-app-monitor --name ${name} --query 'AppMonitor.[State,Domain,DomainList,AppMonitorConfiguration.IdentityPoolId]'.`,
      ],
      mitigate: [
        "A right is missing, or the app monitor: apply the stack again.",
        "The client was left out by a new version of the pages: publish the version before.",
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
