import { Content } from "../core/content";
import { Duration } from "../core/duration";
import { Placement } from "../core/network";
import { PageAlarm } from "../core/routing";

/** What a `LoadTest` can be told. */
export interface LoadTestProps {
  /** Where the requests come from: the private subnets of all its zones. */
  readonly network: Placement;
  /** Where they go; the script reads it as `__ENV.TARGET`. */
  readonly target: string;
  /**
   * The text of a k6 script: what one request is, and thresholds. The ramp is not its own: what it says of one does not
   * count.
   */
  readonly script: Content;
  /** The highest rate that is expected, as the fleet is told it. */
  readonly peakRequestsPerSecond: number;
  /** Requests that one run of the script makes: the rate counts requests. @default 1 */
  readonly requestsPerRun?: number;
  /** One to five alarms; each ends the test at once, and none may be on when it begins. */
  readonly stopOn: readonly PageAlarm[];
  /** Per cent of the peak that is reached (1-400): above 100, what is left of it when things go on growing. @default 100 */
  readonly upToPercent?: number;
  /** How long the rate takes to get there: no faster than the service can grow. @default "10 minutes" */
  readonly rampUp?: Duration;
  /** How long it stays there: longer than the service takes to grow. @default "10 minutes" */
  readonly hold?: Duration;
  /** How long a run takes at most; it decides how many run at the same time. @default "1 second" */
  readonly runTakes?: Duration;
  /** Days that results are kept. @default 400 */
  readonly keepDays?: number;
  /** The image of k6: a tag that does not move. @default "grafana/k6:0.57.0" - from Docker Hub, which limits pulls */
  readonly image?: string;
  /**
   * The ARN of a KMS key for the logs; the CloudWatch Logs service must be allowed to use it.
   *
   * @default - a key of its own
   */
  readonly key?: string;
}
