import { Metric, Signal } from "../core/signal";

/** What the person called does first, and what relieves the service meanwhile. */
export type FirstAid = Required<Pick<Signal, "firstSteps" | "mitigate">>;

const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;

/** How the points of an hour become one number. */
const WHOLE: Readonly<Record<string, string>> = { Sum: "sum", Minimum: "min", Average: "max", Maximum: "max" };

/** Commands that tell whether a metric is as ever: its last hour, then the same hour a week ago. */
export function asEver({ namespace, name, statistic, dimensions = {} }: Metric): string {
  const named = Object.entries(dimensions).map(([key, value]) => `"Name=${key},Value=${value}"`);
  const of = named.length > 0 ? ` --dimensions ${named.join(" ")}` : "";
  const before = (seconds: number) => (seconds === 0 ? "$(date +%s)" : `$(($(date +%s) - ${seconds}))`);
  const ago = (from: number, to: number) =>
    `\`aws cloudwatch get-metric-statistics --namespace ${namespace} --metric-name ${name}${of} --statistics ${statistic} --period 300 --start-time ${before(from)} --end-time ${before(to)} --query '${WHOLE[statistic]}(Datapoints[].${statistic})'\``;
  return `${ago(HOUR, 0)}, ${ago(WEEK + HOUR, WEEK)}`;
}

/** Whether AWS itself is in trouble in a region, as a step. */
export function healthOf(...regions: readonly string[]): string {
  return `Is AWS in trouble there? Without a support plan this is refused, and https://health.aws.amazon.com/health/status tells: aws health describe-events --region us-east-1 --filter regions=${regions.join(",")},eventStatusCodes=open,eventTypeCategories=issue --query 'events[].[service,region,startTime,eventTypeCode]' --output text.`;
}
