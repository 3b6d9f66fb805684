import { Duration, seconds } from "../duration";
import { Manifest } from "../manifest";
import { yaml } from "../yaml";
import { DeclaredBurn, DeclaredObjective } from "./declared";
import { promised, short, slug } from "./words";

/** Seconds between two evaluations of a recording rule. */
const INTERVAL = 30;

/** Seconds up to which a window is read from the counters; longer ones are added up from what is recorded. */
const RAW = 21_600;

const BURNS = "ErrorBudgetBurns";

type Counted = DeclaredObjective & { readonly indicator: { readonly prometheus: Selectors } };
type Selectors = Readonly<Record<"bad" | "total", string>>;

/**
 * Recording and alerting rules for the objectives on what a Prometheus counts: the same windows and thresholds.
 *
 * Everything is weighed by traffic, and nothing is divided by no traffic: such a moment has no sample. No `for`: it starts
 * anew at each dip; `keep_firing_for` needs Prometheus 2.42. A ticket waits behind a page, as the alarms of CloudWatch do.
 * A counter that appears with its first failure hides that failure from `rate`: let it start at 0.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export function prometheusRules(manifest: Manifest): string | undefined {
  const counted = manifest.objectives.filter((each): each is Counted => "prometheus" in each.indicator);
  if (counted.length === 0) return undefined;
  return yaml({ groups: counted.flatMap((objective) => groupsOf(manifest, objective)) });
}

function groupsOf(manifest: Manifest, objective: Counted) {
  // With its stack: one Prometheus may count for several environments.
  const name = `${manifest.stack}-${slug(manifest, objective.path)}`;
  const labels = { slo: name, service: slug(manifest, objective.service) };
  const of = `{slo="${name}"}`;
  return [
    { name: `${name}-recordings`, interval: `${INTERVAL}s`, rules: recordings(objective, of, labels) },
    { name: `${name}-alerts`, rules: alerts(objective, of, labels) },
  ];
}

function recordings(objective: Counted, of: string, labels: Readonly<Record<string, string>>) {
  const { bad, total } = objective.indicator.prometheus;
  const windows = [...new Set(objective.windows.flatMap(({ long, short: brief }) => [long, brief]))];
  const sorted = windows.sort((a, b) => seconds(a as Duration) - seconds(b as Duration));
  const period = short(objective.period);
  const rules = {
    "slo:bad:rate5m": `sum(rate(${bad}[5m])) or vector(0)`,
    "slo:events:rate5m": `sum(rate(${total}[5m]))`,
    ...Object.fromEntries(sorted.map((window) => [ratio(window), ratioOver(objective, window, of)])),
    [`slo:error:ratio_${period}`]: added(of, period),
    "slo:objective:ratio": `vector(${objective.target})`,
    "slo:budget:remaining_ratio": `1 - slo:error:ratio_${period}${of} / ${objective.budget}`,
  };
  return Object.entries(rules).map(([record, expr]) => ({ record, expr, labels }));
}

function ratio(window: string): string {
  return `slo:error:ratio_rate${short(window)}`;
}

function ratioOver({ indicator }: Counted, window: string, of: string): string {
  const length = short(window);
  if (seconds(window as Duration) > RAW) return added(of, length);
  const { bad, total } = indicator.prometheus;
  return `(sum(rate(${bad}[${length}])) or vector(0)) / (sum(rate(${total}[${length}])) > 0)`;
}

function added(of: string, length: string): string {
  return `sum_over_time(slo:bad:rate5m${of}[${length}]) / (sum_over_time(slo:events:rate5m${of}[${length}]) > 0)`;
}

function alerts(objective: Counted, of: string, labels: Readonly<Record<string, string>>) {
  const promise = promised(objective);
  const told = (["page", "ticket"] as const).flatMap((urgency) => {
    const pairs = objective.windows.filter((window) => window.urgency === urgency);
    if (pairs.length === 0) return [];
    const summary = `The error budget burns too fast: ${promise}`;
    const burns = burning(objective, pairs, of);
    const expr = urgency === "page" ? burns : `(\n${burns}\n)\n${unlessPaged(labels.slo, pairs)}`;
    return alert(objective, { alert: BURNS, urgency, summary, labels }, expr);
  });
  // What counts its own requests is silent while it is down, and nobody would be paged for it.
  const blind = {
    alert: "ObjectiveIsBlind",
    urgency: "page",
    summary: `Nothing is counted any more: ${promise}`,
    labels,
  };
  return [...told, { ...alert(objective, blind, `absent(slo:events:rate5m${of})`), for: "10m" }];
}

interface Told {
  readonly alert: string;
  readonly urgency: string;
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
}

function alert({ runbook }: Counted, { alert: name, urgency, summary, labels }: Told, expr: string) {
  return {
    alert: name,
    expr,
    keep_firing_for: "5m",
    labels: { ...labels, severity: urgency },
    annotations: { summary, runbook_url: runbook },
  };
}

/** Each pair is guarded by failures in its long window. */
function burning(objective: Counted, pairs: readonly DeclaredBurn[], of: string): string {
  return pairs
    .map(({ long, short: brief, threshold }) =>
      [
        "(",
        `  ${ratio(long)}${of} > ${threshold}`,
        `  and ${ratio(brief)}${of} > ${threshold}`,
        `  and on () ${failedIn(objective, long, of)} > ${objective.minimumFailures - 0.5}`,
        ")",
      ].join("\n"),
    )
    .join("\nor\n");
}

/** Each page would be a ticket as well, for as long as the slowest short window of the ticket takes to get quiet. */
function unlessPaged(slo: string, pairs: readonly DeclaredBurn[]): string {
  const [slowest] = pairs.map((pair) => pair.short).sort((a, b) => seconds(b as Duration) - seconds(a as Duration));
  const paged = `ALERTS{alertname="${BURNS}",alertstate="firing",severity="page",slo="${slo}"}`;
  return `unless on () count_over_time(${paged}[${short(slowest)}])`;
}

/** Failures in a window: reckoned from rates, so not whole; the guard stands between two of them. */
function failedIn({ indicator }: Counted, window: string, of: string): string {
  const length = short(window);
  if (seconds(window as Duration) > RAW) return `sum_over_time(slo:bad:rate5m${of}[${length}]) * ${INTERVAL}`;
  return `sum(increase(${indicator.prometheus.bad}[${length}]))`;
}
