import { Manifest, Reference } from "../manifest";
import { yamlDocuments } from "../yaml";
import { DeclaredBurn, DeclaredObjective } from "./declared";
import { boundOf, promised, short, slug } from "./words";

const VERSION = "openslo/v1";

/**
 * The objectives of a stack as OpenSLO v1.
 *
 * A policy of v1 has one condition and one window: a pair of windows is two policies, and an annotation that says what
 * belongs together.
 *
 * @see https://github.com/OpenSLO/OpenSLO
 */
export function openSlo(manifest: Manifest): string {
  const services = [...new Set(manifest.objectives.map(({ service }) => service))];
  return yamlDocuments([
    ...services.map((path) => document("Service", slug(manifest, path), { description: `The service ${path}` })),
    ...(["page", "ticket"] as const).map((urgency) =>
      document("AlertNotificationTarget", urgency, { target: "sns", description: `Who is told of a ${urgency}` }),
    ),
    ...manifest.objectives.flatMap((objective) => [
      objectiveOf(manifest, objective),
      ...halves(objective).map((half) => policyOf(slug(manifest, objective.path), half)),
    ]),
  ]);
}

function document(kind: string, name: string, spec: unknown, annotations?: Readonly<Record<string, string>>) {
  return { apiVersion: VERSION, kind, metadata: { name, ...(annotations && { annotations }) }, spec };
}

/** One window of a pair. */
interface Half extends Pick<DeclaredBurn, "urgency" | "factor"> {
  readonly window: string;
}

function halves({ windows }: DeclaredObjective): Half[] {
  return windows.flatMap(({ urgency, factor, long, short: brief }) =>
    [long, brief].map((window) => ({ urgency, factor, window: short(window) })),
  );
}

function objectiveOf(manifest: Manifest, objective: DeclaredObjective) {
  const { path, service, period, target, indicator, windows } = objective;
  const name = slug(manifest, path);
  const pairs = windows.map((each) => `${short(each.long)}/${short(each.short)}@${each.factor}`).join(",");
  const isSliced = indicator.kind === "freshness";
  return document(
    "SLO",
    name,
    {
      description: promised(objective),
      service: slug(manifest, service),
      indicator: { metadata: { name: `${name}-indicator` }, spec: measureOf(objective) },
      timeWindow: [{ duration: short(period), isRolling: true }],
      budgetingMethod: isSliced ? "Timeslices" : "Occurrences",
      objectives: [
        {
          displayName: indicator.kind,
          ...boundTo(objective),
          target: Number(target),
          ...(isSliced && { timeSliceTarget: 1, timeSliceWindow: "1m" }),
        },
      ],
      alertPolicies: halves(objective).map((half) => ({ alertPolicyRef: policyName(name, half) })),
    },
    { "sre-constructs/windows": pairs },
  );
}

function measureOf({ indicator }: DeclaredObjective) {
  const { bad, total, distribution, percent, metric, prometheus } = indicator as Record<string, unknown>;
  if (prometheus) {
    const { bad: failed, total: all } = prometheus as Record<string, string>;
    const query = (text: string) => ({ metricSource: { type: "Prometheus", spec: { query: text } } });
    return { ratioMetric: { counter: true, bad: query(failed), total: query(all) } };
  }
  const bounded = distribution ?? percent ?? metric;
  if (bounded) return { thresholdMetric: source([bounded as Metric]) };
  return { ratioMetric: { counter: false, bad: source(bad as Metric[]), total: source(total as Metric[]) } };
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic?: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
}

/** Metrics that add up. */
function source(metrics: readonly Metric[]) {
  const specs = metrics.map(({ namespace, name, statistic, dimensions = {} }) => ({
    namespace,
    metricName: name,
    ...(statistic !== undefined && { stat: statistic }),
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, written(value)])),
  }));
  return { metricSource: { type: "CloudWatch", spec: specs.length === 1 ? specs[0] : { sumOf: specs } } };
}

/** What AWS assigns is named by address and attribute. */
function written(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { address, attribute, join = [] } = value as Partial<Reference> & { join?: unknown[] };
  return join.length > 0 ? join.map(written).join("") : `${address}.${attribute}`;
}

/** Which side of which bound is good, where a metric is not counted in good and bad. */
function boundTo(objective: DeclaredObjective) {
  const { threshold, bad, percent } = objective.indicator as { threshold?: number; bad?: unknown; percent?: unknown };
  if (percent) return { op: "gte", value: 100 };
  const within = boundOf(objective);
  if (within !== undefined) return { op: "lte", value: within };
  return threshold === undefined ? {} : { op: bad === "above" ? "lte" : "gte", value: threshold };
}

function policyName(objective: string, { urgency, window }: Half): string {
  return `${objective}-${urgency}-${window}`;
}

function policyOf(objective: string, half: Half) {
  const { urgency, factor, window } = half;
  const name = policyName(objective, half);
  return document("AlertPolicy", name, {
    description: `The budget burns ${factor} times too fast over ${window}`,
    alertWhenNoData: false,
    alertWhenResolved: true,
    alertWhenBreaching: true,
    conditions: [
      {
        kind: "AlertCondition",
        metadata: { name },
        spec: {
          severity: urgency,
          condition: { kind: "burnrate", op: "gt", threshold: Number(factor), lookbackWindow: window },
        },
      },
    ],
    notificationTargets: [{ targetRef: urgency }],
  });
}
