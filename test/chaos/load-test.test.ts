import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { LoadTest, LoadTestProps } from "../../lib/chaos";
import { PageAlarm } from "../../lib/core";
import { Config, network, synth } from "../synth";

const SCRIPT = 'import http from "k6/http";\nexport default () => http.get(`${__ENV.TARGET}/orders`);\n';
const ALARM: PageAlarm = {
  name: "orders-errors",
  arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-errors",
  kind: "metric",
};

function made(props: Partial<LoadTestProps> = {}) {
  const tests: LoadTest[] = [];
  const of = synth(
    (stack) => {
      const test = new LoadTest(stack, "load", {
        network: network(),
        target: "https://orders.example.com",
        script: SCRIPT,
        peakRequestsPerSecond: 900,
        stopOn: [ALARM],
        ...props,
      });
      tests.push(test);
    },
    { checks: true },
  );
  return { of, test: tests[0] };
}

const containers = (props?: Partial<LoadTestProps>): Record<string, Config> => {
  const all = JSON.parse(made(props).of.the(EcsTaskDefinition).container_definitions) as Config[];
  return Object.fromEntries(all.map((each) => [each.name as string, each]));
};
const environment = ({ environment: given }: Config): Record<string, string> =>
  Object.fromEntries(given.map(({ name, value }: Config) => [name, value]));
const decoded = (text: string) => Buffer.from(text, "base64").toString();
const ramp = (props?: Partial<LoadTestProps>) =>
  JSON.parse(decoded(environment(containers(props).k6).OPTIONS)).scenarios.peak as Config;
const steps = (props?: Partial<LoadTestProps>) => {
  const definition = made(props).of.the(SfnStateMachine).definition as string;
  return JSON.parse(definition) as { StartAt: string; TimeoutSeconds: number; States: Record<string, Config> };
};

test("the rate grows to the stated peak, stays and goes, whether or not requests are answered", () => {
  expect(ramp()).toMatchObject({
    executor: "ramping-arrival-rate",
    stages: [
      { duration: "600s", target: 900 },
      { duration: "600s", target: 900 },
      { duration: "120s", target: 0 },
    ],
  });
});

test.each<[string, Partial<LoadTestProps>, number]>([
  ["half of it", { upToPercent: 50 }, 450],
  ["more than is expected", { upToPercent: 150 }, 1350],
  ["three requests a run", { requestsPerRun: 3 }, 300],
  ["seven requests a run, rounded up", { requestsPerRun: 7 }, 129],
])("the peak is counted in requests: %s", (_, props, runs) => {
  expect(ramp(props).stages[0].target).toBe(runs);
});

test("as many runs go on at the same time as one takes, and twice as many before requests are left out", () => {
  const { preAllocatedVUs, maxVUs } = ramp({ runTakes: "3 seconds" });
  expect([preAllocatedVUs, maxVUs]).toEqual([2700, 5400]);
});

test.each<[number, string]>([
  [400, "1024"],
  [900, "2048"],
  [5000, "16384"],
])("%s runs at the same time take a task of %s CPU units", (peakRequestsPerSecond, cpu) => {
  expect(made({ peakRequestsPerSecond }).of.the(EcsTaskDefinition).cpu).toBe(cpu);
});

test("each container has a share of the memory of its own, and together they have it all", () => {
  const { memory, container_definitions } = made().of.the(EcsTaskDefinition);
  const shares = (JSON.parse(container_definitions) as Config[]).map((each) => each.memory as number);
  expect(shares).toEqual([7680, 512]);
  expect(shares[0] + shares[1]).toBe(Number(memory));
});

test("the script is the user's to the letter: Terraform reads none of its expressions", () => {
  const { SCRIPT: script, TARGET } = environment(containers().k6);
  expect(decoded(script)).toBe(SCRIPT);
  expect(TARGET).toBe("https://orders.example.com");
  expect(JSON.stringify(containers().k6)).not.toContain("${__ENV");
});

/** What the container does where k6 says this much, and is told to end where `stop` is set. */
function ran(summary: object, { code = 0, stop = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "load-test-"));
  const written = JSON.stringify({ metrics: summary }, null, 4);
  writeFileSync(join(folder, "said.json"), written);
  // Stands in for k6: it says what it measured as it ends, and ends early where it gets the signal.
  const end = `cp "${folder}/said.json" "${folder}/summary.json"`;
  const waits = stop ? `trap '${end}; exit 105' TERM\nkill -TERM $PPID\nsleep 5 & wait $!` : end;
  writeFileSync(join(folder, "k6"), `#!/bin/sh\n${waits}\nexit ${code}\n`, { mode: 0o755 });
  const { command, environment: given } = containers().k6;
  const script = command[0].replace(/\/results\/|\/tmp\//g, `${folder}/`);
  const env = { ...process.env, ...environment({ environment: given }), PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync("sh", ["-c", script], { env, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, said: stdout.trim().split("\n") };
}

const RUNS = { iterations: { rate: 9, count: 20_000 }, http_req_duration: { "p(95)": 12.5 } };

test("the ramp is the one that is stated, whatever the script says of a duration; the rest of its options stay", () => {
  const main = decoded(environment(containers().k6).MAIN);
  const own = { default: () => "run", options: { duration: "1s", vus: 1, thresholds: { http_reqs: ["count>5"] } } };
  // k6 takes modules; what they say is the same as a function of what they import and read.
  const body = main
    .replace(/^import .*|^export \* .*|^export default .*/gm, "")
    .replace("export const options =", "return");
  const options = new Function("own", "open", body)(own, () => decoded(environment(containers().k6).OPTIONS));
  expect(options).toEqual({ scenarios: { peak: ramp() }, thresholds: own.options.thresholds });
  expect(main).toContain("export default own.default;");
});

test("what was measured is a line of JSON in the log, by names that a filter can read", () => {
  const { status, said } = ran(RUNS);
  expect(status).toBe(0);
  expect(JSON.parse(said[0]).metrics.http_req_duration).toEqual({ p95: 12.5 });
});

test("a threshold that was missed fails the test", () => {
  expect(ran(RUNS, { code: 99 }).status).toBe(99);
});

test.each([
  [20, 0],
  [21, 1],
])("of 20000 runs, %s that were left out end it with %s", (count, status) => {
  const run = ran({ ...RUNS, dropped_iterations: { count, rate: 1 } });
  expect(run.status).toBe(status);
  expect(run.said.slice(1)).toEqual(status === 0 ? [] : ["21 runs were left out: the stated rate was not reached"]);
});

test("a test that is stopped ends the load, and says what it measured until then", () => {
  const { status, said } = ran(RUNS, { stop: true });
  expect(status).not.toBe(0);
  expect(JSON.parse(said[0]).metrics.iterations.count).toBe(20_000);
});

test("Terraform reads no expression of its own in what the containers run", () => {
  for (const { command } of Object.values(containers())) expect(command[0]).not.toMatch(/[$%]\{/);
});

test("results are kept however the load ended by itself, in a private bucket", () => {
  const { k6, results } = containers();
  expect([k6.essential, results.essential]).toEqual([false, true]);
  expect(results.dependsOn).toEqual([{ containerName: "k6", condition: "COMPLETE" }]);
  expect(made().of.the(S3Bucket).bucket).toBe("test-load-results-111122223333-eu-west-1");
  expect(environment(results).BUCKET).toMatch(/^\$\{aws_s3_bucket\.load_results_/);
});

test("what a run measured is a metric for a dashboard", () => {
  const { of, test: made_ } = made();
  const filters = Object.values(of.all(CloudwatchLogMetricFilter)).map(({ metric_transformation: each }) => each);
  expect(filters.map(({ namespace, name }) => ({ namespace, name, statistic: "Maximum" }))).toEqual(
    expect.arrayContaining(Object.values(made_.metrics)),
  );
  expect(filters).toHaveLength(Object.keys(made_.metrics).length);
});

test("people are told how to start it, look on, end the load itself and read what was measured", () => {
  const { of, test: made_ } = made();
  const { steps: told } = made_.procedures.testThePeak;
  const typed = told.flatMap(({ sh }) => sh ?? []).join("\n");
  const cluster = of.the(EcsCluster).name;
  expect(typed).toContain("--state-machine-arn arn:aws:states:eu-west-1:111122223333:stateMachine:test-load ");
  expect(of.the(SfnStateMachine).name).toBe("test-load");
  expect(typed).toContain(`aws ecs list-tasks --region eu-west-1 --cluster ${cluster} `);
  expect(typed).toContain(`aws ecs stop-task --region eu-west-1 --cluster ${cluster} `);
  expect(typed).not.toContain("stop-execution");
  expect(typed).toContain(`s3://${of.the(S3Bucket).bucket}/`);
  expect(Object.values(of.all(CloudwatchLogGroup)).map(({ name }) => name)).toContain(
    /aws logs tail (\S+)/.exec(typed)?.[1],
  );
  expect(typed).not.toMatch(/\$\{|TfToken/);
  expect(told[0].do).toContain("it takes about 22 minutes");
});

/** The states that are reached from one of them. */
function reached(states: Record<string, Config>, from: string): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const { Next, Default, Choices = [] } = states[name];
    for (const next of [Next, Default, ...Choices.map((choice: Config) => choice.Next)].filter(Boolean)) visit(next);
  };
  visit(from);
  return seen;
}

test("every step is there, and each is reached", () => {
  const { StartAt, States } = steps();
  expect([...reached(States, StartAt)].sort()).toEqual(Object.keys(States).sort());
});

test("no load begins while an alarm is on, or is not there", () => {
  const { StartAt, States } = steps();
  const way = [StartAt];
  while (way[way.length - 1] !== "Start") {
    const { Next, Default } = States[way[way.length - 1]];
    way.push(Next ?? Default);
  }
  expect(way).toEqual(["Find", "Count", "Guarded", "LookBefore", "QuietBefore", "Start"]);
  expect(States.Guarded.Choices).toEqual([{ Variable: "$.found", NumericLessThan: 1, Next: "Unguarded" }]);
  expect(States.QuietBefore.Choices[0].Next).toBe("NotQuiet");
});

test("an alarm that rings stops the task, and the alarms are the ones that were given", () => {
  const composite: PageAlarm = {
    name: "orders-burn",
    arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:burn",
    kind: "composite",
  };
  const { States } = steps({ stopOn: [ALARM, composite] });
  expect(States.Look.Parameters).toEqual({
    AlarmNames: ["orders-errors", "orders-burn"],
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    StateValue: "ALARM",
  });
  const [ringing] = States.Quiet.Choices;
  expect(ringing.Next).toBe("Stop");
  expect(States.Stop.Resource).toBe("arn:aws:states:::aws-sdk:ecs:stopTask");
  expect(States[States.Stop.Next].Type).toBe("Fail");
});

test("a missed threshold fails the test, and one that is running is looked at again", () => {
  const { Over } = steps().States;
  expect(Over.Choices.map(({ Next }: Config) => Next)).toEqual(["Missed", "Held"]);
  expect(Over.Default).toBe("Wait");
});

test("it has the time that the ramp takes", () => {
  expect(steps({ rampUp: "1 hour", hold: "1 hour" }).TimeoutSeconds).toBeGreaterThan(7200 + 120);
});

test("nobody gets in, and it stands in the private subnets without an address", () => {
  const { of } = made();
  expect(of.all(VpcSecurityGroupIngressRule)).toEqual({});
  const { AwsvpcConfiguration } = steps().States.Start.Parameters.NetworkConfiguration;
  expect(AwsvpcConfiguration.AssignPublicIp).toBe("DISABLED");
  expect(AwsvpcConfiguration.Subnets).toEqual(["subnet-private-a", "subnet-private-b", "subnet-private-c"]);
});

test("the steps run this task alone, and give it no other roles", () => {
  const { of } = made();
  const statements = JSON.parse(of.at(IamRolePolicy, "load/steps-role-policy").policy).Statement as Config[];
  const by = Object.fromEntries(statements.map((each) => [each.Sid as string, each]));
  expect(by.RunThisTask).toMatchObject({
    Resource: expect.stringMatching(/^\$\{aws_ecs_task_definition\.load_task_/),
    Condition: { ArnEquals: { "ecs:cluster": expect.stringMatching(/aws_ecs_cluster/) } },
  });
  expect(by.GiveItsRoles.Resource).toHaveLength(2);
  expect(by.GiveItsRoles.Condition).toEqual({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } });
  const trust = JSON.parse(of.at(IamRole, "load/steps-role").assume_role_policy).Statement[0];
  expect(trust.Condition.ArnLike).toEqual({
    "aws:SourceArn": "arn:aws:states:eu-west-1:111122223333:stateMachine:test-load",
  });
});

test.each<[string, Partial<LoadTestProps>, string]>([
  ["no alarm", { stopOn: [] }, "'stopOn' must name 1 to 5 alarms"],
  ["an address in the clear", { target: "http://orders.example.com" }, "'target' must be an https address"],
  ["a script that is none", { script: "GET /orders" }, "'script' must be a k6 script with export default"],
  [
    "a script with a ramp of its own",
    { script: `export const options = { vus: 10 };\n${SCRIPT}` },
    "'script' must leave the ramp out, got \"vus:\"; the ramp follows from peakRequestsPerSecond",
  ],
  ["a script that is too long", { script: SCRIPT + " ".repeat(32_768) }, "'script' must be at most 32768 bytes"],
  ["an image that moves", { image: "grafana/k6:latest" }, "'image' must be an image with a tag that does not move"],
  ["an image without a tag", { image: "grafana/k6" }, "'image' must be an image with a tag that does not move"],
  ["no load", { peakRequestsPerSecond: 0 }, "'peakRequestsPerSecond' must be between 1 and 1000000, got 0"],
  [
    "a load that no task carries",
    { peakRequestsPerSecond: 8001 },
    "'peakRequestsPerSecond' must take at most 8000 runs at the same time, got 8001",
  ],
  ["a leap", { rampUp: "10 seconds" }, "'rampUp' must be between 1 minute and 6 hours"],
  ["a peak that nobody sees", { hold: "1 second" }, "'hold' must be between 1 minute and 6 hours"],
  ["a run that never ends", { runTakes: "1 hour" }, "'runTakes' must be between 1 second and 10 minutes"],
  ["a run without requests", { requestsPerRun: 0 }, "'requestsPerRun' must be between 1 and 1000"],
  ["a peak out of all bounds", { upToPercent: 401 }, "'upToPercent' must be between 1 and 400"],
  ["results that are never kept", { keepDays: 0 }, "'keepDays' must be between 1 and 2147483647"],
])("fails on %s", (_, props, message) => {
  expect(() => made(props)).toThrow(`test/load: ${message}`);
});
