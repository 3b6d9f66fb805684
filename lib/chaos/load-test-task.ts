import { Construct } from "constructs";
import { requireForm, requireKnown, requireThat } from "../core/guard";
import { Ramp } from "./load-test-ramp";

/** Sizes of Fargate tasks, and how many users of k6 each carries. */
interface Size {
  readonly cpu: number;
  readonly memoryMib: number;
  readonly users: number;
}

/**
 * A user takes 1 to 5 MB, and a thousand simple requests a second one CPU; half of it is left free, since a load
 * generator at its limit measures itself.
 *
 * @see https://grafana.com/docs/k6/latest/testing-guides/running-large-tests/
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const SIZES: readonly Size[] = [
  { cpu: 1024, memoryMib: 4096, users: 500 },
  { cpu: 2048, memoryMib: 8192, users: 1000 },
  { cpu: 4096, memoryMib: 16_384, users: 2000 },
  { cpu: 8192, memoryMib: 32_768, users: 4000 },
  { cpu: 16_384, memoryMib: 65_536, users: 8000 },
];

/** The smallest task that carries a ramp. */
export function sizeFor(scope: Construct, { users }: Ramp): Size {
  const fits = SIZES.find((size) => users <= size.users);
  const most = SIZES[SIZES.length - 1];
  const must = `take at most ${most.users} runs at the same time`;
  const mend = "shorten runTakes where runs are quicker, or test from several LoadTests";
  requireThat(scope, fits !== undefined, { prop: "peakRequestsPerSecond", must, got: users, mend });
  return fits ?? most;
}

/** A script is a part of the task's definition, which holds 64 KiB; encoded it grows by a third. */
const MOST_SCRIPT = 32 * 1024;

/** The text of a script; refuses what would not be the ramp that is stated. */
export function requireScript(scope: Construct, script: string): void {
  const isTest = "a k6 script with export default";
  requireKnown(scope, "script", script);
  requireForm(scope, "script", script, /\bexport\s+default\b/, isTest);
  const bytes = Buffer.byteLength(script);
  requireThat(scope, bytes <= MOST_SCRIPT, { prop: "script", must: "be at most 32768 bytes", got: bytes });
  const [own] = /\b(scenarios|stages|vus|iterations)\s*:/.exec(script) ?? [];
  const mend = "the ramp follows from peakRequestsPerSecond; what a script sets goes before it";
  requireThat(scope, own === undefined, { prop: "script", must: "leave the ramp out", got: own, mend });
}

/** What the containers are made from. */
export interface TaskPlan {
  readonly image: string;
  readonly script: string;
  readonly target: string;
  readonly ramp: Ramp;
  /** What the containers share. */
  readonly memoryMib: number;
  readonly logGroup: string;
  readonly region: string;
  readonly bucket: string;
}

/** One run in so many may be left out: k6 makes a user, and the moment is over. */
const LEFT_OUT = 1000;

/** How long k6 has to say what it measured until it was stopped. */
const STOP_SECONDS = 60;

/** What a copy to S3 takes, and more. */
const COPY_MIB = 512;

/** Where results are between the containers. */
const RESULTS = "/results";

/** The count that k6 has of something, as the summary says it. */
const counted = (metric: string) => `$(echo "$summary" | sed -n 's/.*"${metric}":{[^}]*"count":\\([0-9]*\\).*/\\1/p')`;

/** The script of the user with the ramp that is stated: k6 would take a `duration` of the script in place of all of it. */
const MAIN = [
  'import * as own from "./script.js";',
  'export * from "./script.js";',
  "export default own.default;",
  "const { duration, iterations, scenarios, stages, vus, ...rest } = own.options || {};",
  'export const options = { ...rest, ...JSON.parse(open("./options.json")) };',
].join("\n");

/**
 * What a shell runs, whose signal k6 would not see: an alarm that stops the task ends the load, and what was measured until
 * then is said. Of it, one line of JSON in the log, whose names a metric filter can read: `p(95)` is `p95`.
 */
const RUN = [
  'echo "$SCRIPT" | base64 -d > /tmp/script.js',
  'echo "$OPTIONS" | base64 -d > /tmp/options.json',
  'echo "$MAIN" | base64 -d > /tmp/main.js',
  // Before the load begins, so that a signal is never missed; $! is the load as soon as there is one.
  "trap 'kill -TERM $!; wait $!' TERM",
  `k6 run --quiet --summary-export ${RESULTS}/summary.json /tmp/main.js &`,
  "wait $!",
  "code=$?",
  `summary=$(tr -d " \\n" < ${RESULTS}/summary.json | sed "s/p(\\([0-9]*\\))/p\\1/g")`,
  'echo "$summary"',
  `runs=${counted("iterations")}`,
  `left=${counted("dropped_iterations")}`,
  // Runs that k6 had no user for: the load was not the one that is stated, whatever was measured of the rest.
  // A number that is not there is 0; braces would be an expression of Terraform.
  `if [ "$code" = 0 ] && [ "0$left" -gt "$(expr "0$runs" / ${LEFT_OUT})" ]; then`,
  '  echo "$left runs were left out: the stated rate was not reached"',
  "  exit 1",
  "fi",
  "exit $code",
].join("\n");

/** A run has no name of its own: its results go by the time at which it ended. */
const KEEP = `aws s3 cp ${RESULTS}/summary.json "s3://$BUCKET/$(date -u +%Y-%m-%dT%H-%M-%SZ).json"`;

const AWS_CLI = "public.ecr.aws/aws-cli/aws-cli:2.27.0";

/** The load, and what keeps its results when it has ended; of a load that is stopped, the log alone has them. */
export function containers({ image, script, target, ramp, memoryMib, logGroup, region, bucket }: TaskPlan): string {
  const logConfiguration = {
    logDriver: "awslogs",
    options: {
      "awslogs-group": logGroup,
      "awslogs-region": region,
      "awslogs-stream-prefix": "k6",
      // A log that is slow must not slow the load.
      mode: "non-blocking",
    },
  };
  const mountPoints = [{ sourceVolume: "results", containerPath: RESULTS, readOnly: false }];
  const shared = { logConfiguration, mountPoints, entryPoint: ["/bin/sh", "-c"] };
  // Encoded: what looks like an expression in a script is none for Terraform.
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  return JSON.stringify([
    {
      ...shared,
      name: "k6",
      image,
      // A load that outgrows its share is ended by itself, and ECS says so of the container.
      memory: memoryMib - COPY_MIB,
      essential: false,
      command: [RUN],
      stopTimeout: STOP_SECONDS,
      // The image runs as a user of its own, who cannot write to a volume.
      user: "0",
      environment: [
        { name: "SCRIPT", value: encoded(script) },
        { name: "OPTIONS", value: encoded(JSON.stringify(ramp.options)) },
        { name: "MAIN", value: encoded(MAIN) },
        { name: "TARGET", value: target },
      ],
    },
    {
      ...shared,
      name: "results",
      image: AWS_CLI,
      memory: COPY_MIB,
      essential: true,
      command: [KEEP],
      environment: [{ name: "BUCKET", value: bucket }],
      dependsOn: [{ containerName: "k6", condition: "COMPLETE" }],
    },
  ]);
}
