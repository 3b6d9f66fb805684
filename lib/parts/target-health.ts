/**
 * How often and how long a target is asked whether it is healthy: out after 35 seconds at most, back after 20.
 *
 * Quicker than the service's own 30 seconds, since users wait meanwhile; three failures, since one may be chance.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const HEALTH_CHECK = { interval: 10, timeout: 5, unhealthyThreshold: 3, healthyThreshold: 2 };

/** Seconds until a load balancer sends nothing more to what has failed. */
export const AVOIDED_SECONDS = HEALTH_CHECK.interval * HEALTH_CHECK.unhealthyThreshold + HEALTH_CHECK.timeout;
