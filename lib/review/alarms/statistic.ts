import { STATISTICS } from "./limits";

/** `p99`, `tm99.5`: a share of the samples from the lowest up. */
const SHARE = /^(p|tm|wm|tc|ts)(\d{1,2}(\.\d{1,10})?|100)$/;

/** `TM(10%:90%)`, `PR(:0.3)`: what lies between two bounds, of which one may be open. */
const RANGE = /^(TM|WM|TC|TS|PR)\((.*):(.*)\)$/;

const VALUE = /^\d+(\.\d{0,10})?([Ee][+-]?\d+)?$/;
const PER_CENT = /^(\d{1,2}(\.\d{0,10})?|100(\.0{0,10})?)%$/;

/** The forms of an extended statistic, for people. */
export const EXTENDED_FORMS = '"p99", "tm99", "wm99", "tc99", "ts99", "IQM", "TM(10%:90%)" or "PR(:0.3)"';

/** Whether a statistic is one of the five words. */
export function isStatistic(statistic: string): boolean {
  return STATISTICS.includes(statistic);
}

/**
 * Whether a statistic is a percentile, a trimmed or winsorized measure, or a percentile rank.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function isExtendedStatistic(statistic: string): boolean {
  if (statistic === "IQM") return true;
  if (SHARE.test(statistic)) return true;
  const [, kind, low, high] = RANGE.exec(statistic) ?? [];
  if (kind === undefined || (low === "" && high === "")) return false;
  const bounds = [low, high].filter((bound) => bound !== "");
  const values = bounds.every((bound) => VALUE.test(bound));
  const shares = kind !== "PR" && bounds.every((bound) => PER_CENT.test(bound));
  return (values || shares) && (bounds.length < 2 || parseFloat(low) < parseFloat(high));
}
