import { Duration, seconds } from "../duration";
import { Manifest } from "../manifest";
import { STATISTICS } from "../alarms/limits";
import { shell } from "../markdown";
import type { RunbookEntry } from "../runbooks";
import { inRegion, lately, word } from "./shell";

/** Three hours, or a day of points that come more seldom. */
const SPAN_SECONDS = 3 * 3600;
const POINTS = 24;

/**
 * What the alarms of a signal saw, as commands. Dimensions that AWS assigned are read from the alarm itself: it has them,
 * and no page can.
 */
export function valuesOf(manifest: Manifest, { signal, alarms }: RunbookEntry): string[] {
  // What happens is no number.
  if (alarms.length === 0 || "event" in signal.measure) return [];
  // A page and a ticket of one signal see the same.
  const names = alarms.filter(({ urgency }) => urgency === alarms[0].urgency).map(({ name }) => word(name));
  const period = seconds((signal.period ?? "1 minute") as Duration);
  const span = lately(Math.max(SPAN_SECONDS, POINTS * period));
  const metric = metricOf(signal.measure);
  const reads = metric ? statistics(metric, period, span) : expression(span);
  return [
    "What they saw:",
    "",
    shell(`for alarm in ${names.join(" ")}; do`, ...reads.map((line) => `  ${inRegion(manifest, line)}`), "done"),
  ];
}

/** What alarms of an expression saw, each with its parts. */
export function seenBy(manifest: Manifest, names: readonly string[]): string {
  const reads = expression(lately(SPAN_SECONDS)).map((line) => `  ${inRegion(manifest, line)}`);
  return shell(`for alarm in ${names.map(word).join(" ")}; do`, ...reads, "done");
}

/** What moved the alarms, newest first. */
export function historyOf(manifest: Manifest, { alarms }: RunbookEntry): string {
  const names = alarms.map(({ name }) => word(name)).join(" ");
  const command = `aws cloudwatch describe-alarm-history --alarm-name "$alarm" --history-item-type StateUpdate --max-items 10 --query 'AlarmHistoryItems[].[Timestamp,HistorySummary]' --output text`;
  return shell(`for alarm in ${names}; do`, `  echo "$alarm"`, `  ${inRegion(manifest, command)}`, "done");
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
}

/** The one metric of a measurement, or of each zone of it; nothing where it is reckoned from several. */
function metricOf(measure: RunbookEntry["signal"]["measure"]): Metric | undefined {
  const { zones } = measure as { zones?: Readonly<Record<string, RunbookEntry["signal"]["measure"]>> };
  const one = zones ? Object.values(zones)[0] : measure;
  return one && "metric" in one ? (one.metric as Metric) : undefined;
}

function statistics(metric: Metric, period: number, span: string): string[] {
  const which = `dimensions=$(aws cloudwatch describe-alarms --alarm-names "$alarm" --query 'MetricAlarms[0].Dimensions' --output json)`;
  const hasSome = Object.keys(metric.dimensions ?? {}).length > 0;
  return [...(hasSome ? [which] : []), pointsOf(metric, { by: hasSome ? '"$dimensions"' : "", period, span })];
}

/** The points of a metric, the newest last. */
function pointsOf(
  { namespace, name, statistic }: Metric,
  { by, period, span }: { readonly by: string; readonly period: number; readonly span: string },
): string {
  const isPercentile = !STATISTICS.includes(statistic);
  const as = isPercentile ? "--extended-statistics" : "--statistics";
  const value = isPercentile ? `ExtendedStatistics."${statistic}"` : statistic;
  const dimensions = by === "" ? "" : ` --dimensions ${by}`;
  return `aws cloudwatch get-metric-statistics --namespace ${word(namespace)} --metric-name ${word(name)}${dimensions} ${as} ${word(statistic)} --period ${period} ${span} --query 'sort_by(Datapoints,&Timestamp)[].[Timestamp,${value}]' --output text`;
}

const DAY = 86_400;

/** What a metric with known dimensions was on each of the last thirty days. */
export function monthOf(manifest: Manifest, metric: Readonly<Record<string, unknown>>): string {
  const asked = metric as unknown as Metric;
  const by = Object.entries(asked.dimensions ?? {}).map(([name, value]) => word(`Name=${name},Value=${String(value)}`));
  return shell(inRegion(manifest, pointsOf(asked, { by: by.join(" "), period: DAY, span: lately(30 * DAY) })));
}

/** One series after the other, a point a line: the shell turns two lists into pairs. */
const PAIRS = `awk -F'\\t' '{ print $1; n = split($2, at, " "); split($3, value, " "); for (i = 1; i <= n; i++) print "  " at[i], value[i] }'`;

/** An alarm holds its expression in the form in which it can be asked again; its parts say what moved it. */
function expression(span: string): string[] {
  const results = 'MetricDataResults[].[Label,join(`" "`,Timestamps),join(`" "`,Values[].to_string(@))]';
  return [
    `queries=$(aws cloudwatch describe-alarms --alarm-names "$alarm" --query 'MetricAlarms[0].Metrics' --output json | sed 's/"ReturnData": false/"ReturnData": true/')`,
    `aws cloudwatch get-metric-data --metric-data-queries "$queries" ${span} --scan-by TimestampAscending --query '${results}' --output text | ${PAIRS}`,
  ];
}
