import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { TerraformStack } from "cdktf";
import { ExperimentSchedule, Experiments } from "../../lib/chaos";
import { Setting, synth } from "../synth";
import { LOSS, Ledger, books } from "./ledger";

const NAME = "ledger-lost-machine";
const due: ExperimentSchedule = { every: "month", window: "tue 10:00-12:00", acknowledged: "the team watches it" };

function scheduled(change: Partial<ExperimentSchedule> = {}, setting: Setting = { checks: true }, name = NAME) {
  const schedules = { [name]: { ...due, ...change } };
  return synth((stack) => books(stack, { props: { schedules } }), setting);
}

test("people start experiments, where nobody says otherwise", () => {
  expect(synth((stack) => books(stack), { checks: true }).all(SchedulerSchedule)).toEqual({});
});

test.each<[ExperimentSchedule["every"], string]>([
  ["week", "cron(0 10 ? * TUE *)"],
  ["month", "cron(0 10 ? * TUE#1 *)"],
  ["quarter", "cron(0 10 ? 1,4,7,10 TUE#1 *)"],
])("every %s it begins on the first such day of it", (every, expression) => {
  expect(scheduled({ every }).the(SchedulerSchedule)).toMatchObject({
    schedule_expression: expression,
    schedule_expression_timezone: "UTC",
  });
});

test("it begins at some minute of the window, early enough to end in it, and is never made up for", () => {
  const made = scheduled({ timeZone: "Europe/Paris" });
  const { takesMinutes } = made.manifest.experiments[0];
  expect(made.the(SchedulerSchedule)).toMatchObject({
    schedule_expression_timezone: "Europe/Paris",
    flexible_time_window: { mode: "FLEXIBLE", maximum_window_in_minutes: 120 - takesMinutes },
    target: { retry_policy: { maximum_retry_attempts: 0 } },
  });
});

test("it starts this template, once for each time it is due", () => {
  const { target } = scheduled().the(SchedulerSchedule);
  expect(target.arn).toBe("arn:aws:scheduler:::aws-sdk:fis:startExperiment");
  expect(JSON.parse(target.input)).toEqual({
    ExperimentTemplateId: expect.stringMatching(
      /^\$\{aws_fis_experiment_template\.experiments_ledger-lost-machine_\w+\.id\}$/,
    ),
    ClientToken: "<aws.scheduler.execution-id>",
  });
});

test("its role may start this template alone", () => {
  const { policy } = scheduled().at(IamRolePolicy, `experiments/${NAME}/schedule-role-policy`);
  expect(JSON.parse(policy).Statement).toEqual([
    {
      Sid: "StartThisExperiment",
      Effect: "Allow",
      Action: "fis:StartExperiment",
      Resource: [
        expect.stringMatching(/:experiment-template\/\$\{aws_fis_experiment_template\.experiments_ledger-lost-machine/),
        "arn:aws:fis:eu-west-1:111122223333:experiment/*",
      ],
    },
    expect.objectContaining({ Sid: "PutsAside", Action: "sqs:SendMessage" }),
  ]);
});

test("a start that fails is kept, and people hear of it", () => {
  const made = scheduled();
  const { arn } = made.the(SchedulerSchedule).target.dead_letter_config;
  expect(arn).toMatch(/^\$\{aws_sqs_queue\.experiments_dead-letters_\w+\.arn\}$/);
  expect(made.at(CloudwatchMetricAlarm, "experiments/alarms/undelivered-ticket")).toMatchObject({
    metric_name: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: "test-experiments-dead-letters" },
    threshold: 0,
  });
});

test("how it ended is told, where it was stopped or failed", () => {
  const rule = scheduled().at(CloudwatchEventRule, "experiments/alarms/refuted");
  expect(JSON.parse(rule.event_pattern)).toEqual({
    source: ["aws.fis"],
    "detail-type": ["FIS Experiment State Change"],
    detail: {
      "experiment-template-id": [
        expect.stringMatching(/^\$\{aws_fis_experiment_template\.experiments_ledger-lost-machine/),
      ],
      "new-state": { status: ["stopped", "failed"] },
    },
  });
});

test("fails where nobody is told how it ended", () => {
  const alone = (stack: TerraformStack) => {
    const stopOn = [
      { name: "down", arn: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:down", kind: "metric" as const },
    ];
    const on = new Ledger(stack, "ledger", { faults: { lostMachine: LOSS } });
    new Experiments(stack, "experiments", { on, stopOn, schedules: { [NAME]: due } });
  };
  expect(() => synth(alone, { checks: true })).toThrow("test/experiments: 'Experiments' must be watched, got nobody");
});

test("people who start an experiment look on: nothing has to be watched", () => {
  const { verdicts } = synth((stack) => books(stack), { checks: true }).manifest;
  expect(verdicts.filter(({ path, safeguard }) => path === "test/experiments" && safeguard === "watched")).toEqual([]);
});

test("where nothing is protected, nobody has to say why", () => {
  const free = { posture: { deletionProtection: false } };
  expect(scheduled({ acknowledged: undefined }, free).manifest.experiments[0].schedule).toEqual({
    every: "month",
    window: "tue 10:00-12:00",
    timeZone: "UTC",
  });
});

test.each<[string, Partial<ExperimentSchedule>, string]>([
  [
    "a schedule in production that nobody answers for",
    { acknowledged: undefined },
    "acknowledged' must say why, in this posture",
  ],
  ["an empty answer", { acknowledged: " " }, "acknowledged' must say why, in this posture"],
  ["no window", { window: "tue" as never }, 'window\' must be a weekday and its hours, such as "tue 10:00-12:00"'],
  ["an hour that is none", { window: "tue 10:00-24:00" }, "window' must be a weekday and its hours"],
  ["a window that ends before it begins", { window: "tue 12:00-10:00" }, "window' must be longer than the 32 minutes"],
  ["a window as long as the experiment", { window: "tue 10:00-10:32" }, "window' must be longer than the 32 minutes"],
  ["a time zone that is none", { timeZone: "half past ten" }, "timeZone' must be a zone such as Europe/Paris"],
])("fails on %s", (_, change, message) => {
  expect(() => scheduled(change)).toThrow(`test/experiments/${NAME}: 'schedules.${NAME}.${message}`);
});

const both = (window: string, timeZone = "UTC") => {
  const zone = { ...due, every: "quarter" as const, window: window as never, timeZone };
  return synth((stack) => books(stack, { props: { schedules: { [NAME]: due, "zone-eu-west-1a": zone } } }));
};

test.each(["tue 11:59-14:00", "tue 09:00-10:01", "tue 08:00-18:00"])(
  "fails on two windows that overlap: one is tue 10:00-12:00, the other %s",
  (window) => {
    expect(() => both(window)).toThrow(
      `test/experiments: 'schedules.zone-eu-west-1a.window' must not overlap that of ${NAME}, which is tue 10:00-12:00, got "${window}"; two experiments at once`,
    );
  },
);

test.each(["tue 12:00-14:00", "tue 08:00-10:00", "wed 10:00-12:00"])("%s is apart from tue 10:00-12:00", (window) => {
  expect(Object.keys(both(window).all(SchedulerSchedule))).toHaveLength(2);
});

test("fails on a rhythm of its own", () => {
  const every = "day" as never;
  expect(() => scheduled({ every })).toThrow(
    `test/experiments: 'schedules.${NAME}.every' must be one of week, month, quarter`,
  );
});

test("fails on the schedule of an experiment that there is not", () => {
  expect(() => scheduled({}, { checks: true }, "ledger-lost-mind")).toThrow(
    "test/experiments: 'schedules' must be one of ledger-lost-machine, zone-eu-west-1a, zone-eu-west-1b, got \"ledger-lost-mind\"",
  );
});
