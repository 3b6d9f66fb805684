import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms, AlarmsProps, Tunings } from "../../lib/alerting";
import { Signal, Signals, Watchable } from "../../lib/core";
import { Postgres } from "../../lib/data";
import { network, synth, synthAll } from "../synth";
import { ERRORS, Mill, NOTIFY, PAGE, TICKET, metric } from "./mill";

function watched<S extends Signals>(signals: S, tunings: Tunings<S> = {}, props: Partial<AlarmsProps> = {}) {
  return synth((stack) => {
    new Alarms(stack, "alarms", { notify: NOTIFY, ...props }).watch(new Mill(stack, "mill", signals), tunings);
  });
}

test("a page wakes someone by itself and says when it is over", () => {
  const alarm = watched({ lost: { ...ERRORS, page: 5 } }).at(CloudwatchMetricAlarm, "mill/alarms/lost-page");
  expect(alarm).toMatchObject({
    alarm_name: "test-mill-lost-page",
    namespace: "Own/Service",
    metric_name: "Lost",
    statistic: "Sum",
    period: 60,
    comparison_operator: "GreaterThanThreshold",
    threshold: 5,
    evaluation_periods: 5,
    datapoints_to_alarm: 3,
    treat_missing_data: "notBreaching",
    alarm_actions: [PAGE],
    ok_actions: [PAGE],
    actions_enabled: true,
  });
});

test("ten symptoms of one cause are one ticket", () => {
  const stack = watched({
    lost: { ...ERRORS, ticket: 1 },
    late: { ...ERRORS, ticket: 2 },
    torn: { ...ERRORS, page: 3 },
  });
  const tickets = ["mill/alarms/lost-ticket", "mill/alarms/late-ticket"].map((path) =>
    stack.at(CloudwatchMetricAlarm, path),
  );
  for (const ticket of tickets) expect(ticket).not.toHaveProperty("alarm_actions");
  const composite = stack.the(CloudwatchCompositeAlarm);
  expect(composite).toMatchObject({ alarm_actions: [TICKET], ok_actions: [TICKET], alarm_name: "test-mill-ticket" });
  expect(composite.alarm_rule).toMatch(
    /^ALARM\("\$\{aws_cloudwatch_metric_alarm\.mill_alarms_lost-ticket_\w+\.alarm_name\}"\) OR ALARM\("\$\{.*late-ticket.*\}"\)$/,
  );
});

test("nobody is told of a pattern that only pages through a composite", () => {
  expect(watched({ lost: { ...ERRORS, page: 5 } }).all(CloudwatchCompositeAlarm)).toEqual({});
});

test("each zone has its own alarm, named after it", () => {
  const zones = { "eu-west-1a": { metric: metric("A") }, "eu-west-1b": { metric: metric("B") } };
  const stack = watched({ lost: { ...ERRORS, measure: { zones }, page: 1 } });
  expect(Object.keys(stack.all(CloudwatchMetricAlarm))).toEqual([
    "mill/alarms/lost-eu-west-1a-page",
    "mill/alarms/lost-eu-west-1b-page",
  ]);
  expect(stack.at(CloudwatchMetricAlarm, "mill/alarms/lost-eu-west-1b-page").alarm_description).toContain(
    "Orders are lost in eu-west-1b.",
  );
});

test("a share of failures counts only where there are enough requests", () => {
  const ratio = { bad: [metric("Failed"), metric("Refused")], total: [metric("Requests")], minimum: 50 };
  const { metric_query: queries } = watched({ failing: { ...ERRORS, measure: { ratio }, page: 5 } }).the(
    CloudwatchMetricAlarm,
  );
  expect(queries[0]).toEqual({
    id: "breach",
    expression: "IF(FILL(total1, 0) >= 50, 100 * (FILL(bad1, 0) + FILL(bad2, 0)) / (FILL(total1, 0)), 0)",
    label: "breach",
    return_data: true,
  });
  expect(queries.slice(1).map(({ id, metric: { metric_name } }: never) => [id, metric_name])).toEqual([
    ["bad1", "Failed"],
    ["bad2", "Refused"],
    ["total1", "Requests"],
  ]);
});

test("a percentile of a handful of requests decides nothing", () => {
  const slow = { ...ERRORS, kind: "latency", measure: { metric: metric("Time", "p99") }, page: 1 } as const;
  expect(watched({ slow }).the(CloudwatchMetricAlarm)).toMatchObject({
    extended_statistic: "p99",
    evaluate_low_sample_count_percentiles: "ignore",
  });
});

test("an event goes to the topic of its urgency as it comes", () => {
  const event = { source: ["own.mill"], detailType: ["Mill Stopped"], detail: { mill: ["north"] } };
  const stack = watched({ stopped: { ...ERRORS, measure: { event }, urgency: "page" } });
  expect(JSON.parse(stack.the(CloudwatchEventRule).event_pattern)).toEqual({
    source: ["own.mill"],
    "detail-type": ["Mill Stopped"],
    detail: { mill: ["north"] },
  });
  expect(stack.the(CloudwatchEventTarget).arn).toBe(PAGE);
});

test("your numbers go before the pattern's, and the rest stays", () => {
  const stack = watched(
    { lost: { ...ERRORS, page: 5, ticket: 2 } },
    { lost: { page: 50, breaches: "1 of 1", period: "5 minutes" } },
  );
  expect(stack.at(CloudwatchMetricAlarm, "mill/alarms/lost-page")).toMatchObject({
    threshold: 50,
    evaluation_periods: 1,
    period: 300,
  });
  expect(stack.at(CloudwatchMetricAlarm, "mill/alarms/lost-ticket").threshold).toBe(2);
});

test("an event that reaches nobody is kept in one queue, which only the rules may write to, and is a ticket", () => {
  const event = (name: string) => ({ ...ERRORS, measure: { event: { source: ["own.mill"], detailType: [name] } } });
  const stack = watched({ stopped: event("Stopped"), burnt: event("Burnt") });
  const [queue] = Object.values(stack.all(CloudwatchEventTarget)).map((target) => target.dead_letter_config.arn);
  for (const { dead_letter_config: letters } of Object.values(stack.all(CloudwatchEventTarget))) {
    expect(letters.arn).toBe(queue);
  }
  expect(stack.the(SqsQueue)).toMatchObject({ sqs_managed_sse_enabled: true, message_retention_seconds: 14 * 86_400 });
  const [put] = JSON.parse(stack.the(SqsQueuePolicy).policy).Statement;
  expect([put.Principal, put.Resource]).toEqual([{ Service: "events.amazonaws.com" }, queue]);
  expect(put.Condition.ArnEquals["aws:SourceArn"]).toEqual([
    expect.stringMatching(/aws_cloudwatch_event_rule\.mill_alarms_stopped_\w+\.arn/),
    expect.stringMatching(/aws_cloudwatch_event_rule\.mill_alarms_burnt_\w+\.arn/),
  ]);
  expect(stack.at(CloudwatchMetricAlarm, "alarms/lost-events/alarms/undelivered-ticket")).toMatchObject({
    threshold: 0,
  });
});

test("what is measured alone needs no queue for lost events", () => {
  expect(watched({ lost: { ...ERRORS, page: 1 } }).all(SqsQueue)).toEqual({});
});

test("events of another region are kept there, and topics of there are told", () => {
  const there = "arn:aws:sns:eu-central-1:111122223333";
  const stack = synth((scope) => {
    const signals = {
      burnt: { ...ERRORS, region: "eu-central-1", measure: { event: { source: ["own"], detailType: ["x"] } } },
    };
    const elsewhere = { "eu-central-1": { page: `${there}:page`, ticket: `${there}:ticket` } };
    new Alarms(scope, "alarms", { notify: NOTIFY, elsewhere }).watch(new Mill(scope, "mill", signals));
  });
  expect(stack.the(SqsQueue).region).toBe("eu-central-1");
  expect(stack.the(SqsQueuePolicy).region).toBe("eu-central-1");
  expect(stack.the(CloudwatchMetricAlarm)).toMatchObject({
    region: "eu-central-1",
    alarm_actions: [`${there}:ticket`],
  });
});

test("a misspelt signal does not compile, and fails where nobody compiles", () => {
  synth((stack) => {
    const database = new Postgres(stack, "database", { network: network() });
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    // @ts-expect-error -- the signal is called cpu
    expect(() => alarms.watch(database, { cpuu: { page: 98 } })).toThrow("'signal' must be one of cpu, ");
  });
});

test("a signal is done without only for a reason, which is printed", () => {
  const stack = watched(
    { lost: { ...ERRORS, page: 5 }, late: { ...ERRORS, page: 5 } },
    { lost: { waived: "counted by hand" } },
  );
  expect(Object.keys(stack.all(CloudwatchMetricAlarm))).toEqual(["mill/alarms/late-page"]);
  expect(stack.warnings).toContain("alarm on lost is waived: counted by hand");
});

test("the person called reads what it means, since when, what to do and where to read on", () => {
  const lost = { ...ERRORS, page: 1_500_000, unit: "orders", firstSteps: ["Look at the mill.", "Call the miller."] };
  const { alarm_description } = watched({ lost }, {}, { runbooks: "https://runbooks.example.com/" }).the(
    CloudwatchMetricAlarm,
  );
  expect(alarm_description.split("\n")).toEqual([
    "Orders are lost.",
    "test/mill: above 1,500,000 orders for 3 of 5 minutes.",
    "First: Look at the mill.",
    "Runbook: https://runbooks.example.com/mill/lost.md",
  ]);
});

test("a long story is cut before the runbook is", () => {
  const { alarm_description } = watched({ lost: { ...ERRORS, page: 1, firstSteps: ["x".repeat(2000)] } }).the(
    CloudwatchMetricAlarm,
  );
  // The provider counts bytes.
  expect(Buffer.byteLength(alarm_description)).toBe(1024);
  expect(alarm_description).toMatch(/…\nRunbook: runbooks\/mill\/lost\.md$/);
});

test("a description too long for CloudWatch ends before a command, never within one", () => {
  const firstSteps = [`Who asks for more? Überlast: \`aws logs tail ${"x".repeat(1000)}\``];
  const { alarm_description } = watched({ lost: { ...ERRORS, page: 1, firstSteps } }).the(CloudwatchMetricAlarm);
  expect(alarm_description).toMatch(/First: Who asks for more\? Überlast:…\nRunbook: /);
});

test("pages are named as text, so that who acts on them refers to nothing", () => {
  let names: string[] = [];
  synth((stack: TerraformStack) => {
    const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
    alarms.watch(new Mill(stack, "mill", { lost: { ...ERRORS, page: 5, ticket: 1 } }));
    names = alarms.pages.map(({ name }) => name);
  });
  expect(names).toEqual(["test-mill-lost-page"]);
});

test("alarms keep their addresses when the Alarms move", () => {
  const at = (id: string) =>
    Object.keys(
      synth((stack) => {
        new Alarms(new Construct(stack, id), "alarms", { notify: NOTIFY }).watch(
          new Mill(stack, "mill", { lost: { ...ERRORS, page: 5, ticket: 1 } }),
        );
      }).json.resource.aws_cloudwatch_metric_alarm,
    );
  expect(at("here")).toEqual(at("there"));
});

test("fails on a second watcher", () => {
  expect(() =>
    synth((stack) => {
      const mill = new Mill(stack, "mill", { lost: { ...ERRORS, page: 5 } });
      for (const id of ["first", "second"]) new Alarms(stack, id, { notify: NOTIFY }).watch(mill);
    }),
  ).toThrow(`test/mill: 'watch' must be called once for each construct, got "a second watcher, beside test/first"`);
});

test("fails on a construct of another stack", () => {
  let elsewhere!: Watchable;
  expect(() =>
    synthAll({
      one: (stack) => (elsewhere = new Mill(stack, "mill", { lost: { ...ERRORS, page: 5 } })),
      two: (stack) => new Alarms(stack, "alarms", { notify: NOTIFY }).watch(elsewhere),
    }),
  ).toThrow(
    "two/alarms: 'watch' must stand in the same stack as what is watched, got \"one/mill\"; watch it by an Alarms in one",
  );
});

test.each<[string, Signal, string]>([
  [
    "a page before its ticket",
    { ...ERRORS, page: 1, ticket: 5 },
    "'signals.lost.page' must be at least the ticket threshold 5, got 1",
  ],
  [
    "a page before its ticket, below",
    { ...ERRORS, bad: "below", page: 5, ticket: 1 },
    "'signals.lost.page' must be at most the ticket threshold 1, got 5",
  ],
  ["a threshold that is none", { ...ERRORS, page: NaN }, "'signals.lost.page' must be a value, got NaN"],
  ["M of N that is none", { ...ERRORS, page: 1, breaches: "0 of 5" }, `'signals.lost.breaches' must be "M of N"`],
  [
    "a period that is none",
    { ...ERRORS, page: 1, period: "5 mins" as never },
    "'signals.lost.period' must be a number and a unit",
  ],
  [
    "a setting that is off",
    { ...ERRORS, page: 1, requires: [{ setting: "group metrics", met: false, mend: "turn them on" }] },
    "'lost' must have group metrics, or it stays silent, got \"it off\"; turn them on",
  ],
])("fails on %s", (_, lost, message) => {
  expect(() => watched({ lost })).toThrow(message);
});
