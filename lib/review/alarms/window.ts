/** Seconds below which CloudWatch looks at a metric only where it is published at high resolution. */
export const MINUTE = 60;

/** Seconds of an hour. */
export const HOUR = 3600;
const DAY = 86_400;
const WEEK = 7 * DAY;

/** Periods of high resolution. */
export const HIGH_RESOLUTION = [10, 20, 30];

/** Whether CloudWatch evaluates an alarm by such a period. */
export function isPeriod(seconds: number): boolean {
  return HIGH_RESOLUTION.includes(seconds) || (seconds >= MINUTE && seconds % MINUTE === 0);
}

/**
 * How many seconds an alarm can look back, over all its periods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (Period)
 */
export function longestWindow(period: number): number {
  return period >= HOUR ? WEEK : DAY;
}

/** The same in words. */
export function longestWindowInWords(period: number): string {
  return period >= HOUR ? "7 days" : "1 day";
}

/** Whether a namespace is one of AWS's own, whose metrics come once a minute. */
export function isAwsNamespace(namespace: string): boolean {
  return namespace.startsWith("AWS/");
}

/**
 * Seconds until CloudWatch looks at a data point: once a minute, more often only at shorter periods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function lookedAtAfter(periodSeconds: number): number {
  return periodSeconds < MINUTE ? 10 : MINUTE;
}
