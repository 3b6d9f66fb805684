import { Construct } from "constructs";
import { requireBetween, requireDuration, requireWhole } from "../core/guard";
import { LoadTestProps } from "./load-test-props";

/** How fast requests come, as k6 is told it. */
export interface Ramp {
  /** Runs of the script a second, at the highest. */
  readonly runsPerSecond: number;
  /** Runs at the same time, at the highest. */
  readonly users: number;
  readonly seconds: number;
  /** The options of k6. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** How long requests take to stop: what is cut off says nothing. */
const DOWN_SECONDS = 120;

/**
 * A rate that grows to the stated peak, stays, and goes. Requests come at it whether or not earlier ones are answered:
 * users do not wait for each other, and a service that gets slow must not get less to do.
 *
 * @see https://grafana.com/docs/k6/latest/using-k6/scenarios/executors/ramping-arrival-rate/
 */
export function rampOf(scope: Construct, props: LoadTestProps): Ramp {
  const { peakRequestsPerSecond, requestsPerRun = 1, upToPercent = 100 } = props;
  const { rampUp = "10 minutes", hold = "10 minutes", runTakes = "1 second" } = props;
  requireBetween(scope, "peakRequestsPerSecond", peakRequestsPerSecond, 1, 1_000_000);
  requireWhole(scope, "requestsPerRun", requestsPerRun, 1, 1000);
  requireBetween(scope, "upToPercent", upToPercent, 1, 400);
  const up = requireDuration(scope, "rampUp", rampUp, "1 minute", "6 hours");
  const stays = requireDuration(scope, "hold", hold, "1 minute", "6 hours");
  const run = requireDuration(scope, "runTakes", runTakes, "1 second", "10 minutes");
  const runsPerSecond = Math.ceil((peakRequestsPerSecond * upToPercent) / 100 / requestsPerRun);
  const users = runsPerSecond * run;
  const stages = [
    { duration: `${up}s`, target: runsPerSecond },
    { duration: `${stays}s`, target: runsPerSecond },
    { duration: `${DOWN_SECONDS}s`, target: 0 },
  ];
  const peak = {
    executor: "ramping-arrival-rate",
    startRate: 0,
    timeUnit: "1s",
    preAllocatedVUs: users,
    // Where a run takes longer than was said, twice as many may run before requests are left out.
    maxVUs: users * 2,
    stages,
  };
  return { runsPerSecond, users, seconds: up + stays + DOWN_SECONDS, options: { scenarios: { peak } } };
}
