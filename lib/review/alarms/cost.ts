import { Facts } from "../rule";
import { alarmsIn } from "../valid-alarm";
import { AlarmConfig, blocksOf, numberOf } from "./config";
import { MINUTE } from "./window";

/**
 * US dollars a month for each, in US East. An alarm on metric math is paid for by each metric that it reads.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/ (looked up in November 2026)
 */
const PRICES = { standard: 0.1, highResolution: 0.3, composites: 0.5 } as const;

/** What is paid for in the alarms of a stack, and what it costs. */
export interface AlarmBill extends Readonly<Record<keyof typeof PRICES, number>> {
  /** US dollars a month, such as `"3.40"`: list price, US East. */
  readonly usdPerMonth: string;
}

/** What the alarms of a stack cost, whoever made them. */
export function alarmBill(resources: Facts["resources"]): AlarmBill {
  const paid = { standard: 0, highResolution: 0, composites: 0 };
  for (const { type, config } of alarmsIn(resources)) {
    if (type === "aws_cloudwatch_composite_alarm") paid.composites++;
    else paid[periodOf(config) < MINUTE ? "highResolution" : "standard"] += metricsOf(config);
  }
  const cents = Object.entries(PRICES).map(
    ([kind, price]) => Math.round(price * 100) * paid[kind as keyof typeof paid],
  );
  return { ...paid, usdPerMonth: (cents.reduce((sum, each) => sum + each, 0) / 100).toFixed(2) };
}

/** A band is paid for as three metrics: what is measured, and its two sides. */
function metricsOf(config: AlarmConfig): number {
  const queries = blocksOf(config, "metric_query") ?? [];
  const metrics = queries.filter(({ metric }) => metric !== undefined && metric !== null).length;
  const bands = queries.filter(({ expression }) => /ANOMALY_DETECTION_BAND/.test(String(expression ?? ""))).length;
  return Math.max(1, metrics) + 2 * bands;
}

function periodOf(config: AlarmConfig): number {
  const [query] = (blocksOf(config, "metric_query") ?? []).flatMap((each) => blocksOf(each, "metric") ?? []);
  return numberOf(query ?? config, "period") ?? MINUTE;
}
