import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Alarms, Incidents } from "../../lib/alerting";
import { ServiceGraph } from "../../lib/core";
import { Slo } from "../../lib/slo";
import { synth } from "../synth";
import { Row, insights } from "./insights";
import { ERRORS, Mill, NOTIFY } from "./mill";

/** Pages, and opens a ticket. */
const BROKEN = { broken: { ...ERRORS, page: 5, ticket: 1 } } as const;

/** What an objective can be of. */
class Gate extends Construct {
  get indicators() {
    const metric = (name: string) => ({ namespace: "Gate/Service", name, statistic: "Sum" });
    return {
      passed: { kind: "availability", counts: "carts", bad: [metric("Stuck")], total: [metric("All")] },
    } as const;
  }
}

/** Flour, which needs a mill, and bread, which needs an oven; only flour has an objective. */
function bakery(stack: TerraformStack) {
  const alarms = new Alarms(stack, "alarms", { notify: NOTIFY });
  const [mill, oven] = [new Mill(stack, "mill", BROKEN), new Mill(stack, "oven", BROKEN)];
  const gate = new Gate(stack, "gate");
  const flour = new ServiceGraph(stack, "flour", { entrance: gate, runs: mill });
  const bread = new ServiceGraph(stack, "bread", { runs: oven });
  return { alarms, mill, oven, gate, flour, bread };
}

function measured() {
  return synth((stack) => {
    const { alarms, mill, oven, gate, flour, bread } = bakery(stack);
    const incidents = new Incidents(stack, "incidents", { of: [flour, bread] });
    // What is watched later is asked about as well.
    for (const pattern of [mill, oven, incidents]) alarms.watch(pattern);
    const indicator = gate.indicators.passed;
    new Slo(stack, "carts", { objective: 99.9, of: flour, indicator, alarms });
  });
}

/** A change as EventBridge tells it. */
function change(alarm: string, from: readonly [string, string], to: readonly [string, string], begun?: string): Row {
  const reasonData = begun && {
    reasonData: JSON.stringify({ version: "1.0", startDate: `${begun}.000+0000`, period: 60 }),
  };
  const state = (value: string, at: string) => ({ value, timestamp: `${at}.500+0000` });
  return {
    "@timestamp": Date.parse(`${to[1]}.500Z`),
    detail: {
      alarmName: alarm,
      previousState: state(...from),
      state: { ...state(...to), reason: "Threshold Crossed", ...reasonData },
    },
  };
}

const MILL = "test-mill-broken-page";
const OVEN = "test-oven-broken-page";

/** Twice in October, once over midnight, once into the next month; the oven once, and it is still on in the end. */
const EVENTS: readonly Row[] = [
  change(MILL, ["OK", "2026-10-01T00:00:00"], ["ALARM", "2026-10-05T10:04:00"], "2026-10-05T10:01:00"),
  change(MILL, ["ALARM", "2026-10-05T10:04:00"], ["OK", "2026-10-05T10:34:00"]),
  change(MILL, ["OK", "2026-10-05T10:34:00"], ["ALARM", "2026-10-31T23:50:00"], "2026-10-31T23:45:00"),
  change(MILL, ["ALARM", "2026-10-31T23:50:00"], ["OK", "2026-11-01T00:20:00"]),
  change(MILL, ["OK", "2026-11-01T00:20:00"], ["INSUFFICIENT_DATA", "2026-11-02T00:00:00"]),
  change(MILL, ["INSUFFICIENT_DATA", "2026-11-02T00:00:00"], ["ALARM", "2026-11-03T00:01:00"], "2026-11-02T23:58:00"),
  change(MILL, ["ALARM", "2026-11-03T00:01:00"], ["INSUFFICIENT_DATA", "2026-11-03T02:01:00"]),
  change(OVEN, ["OK", "2026-11-01T00:00:00"], ["ALARM", "2026-11-09T09:00:00"], "2026-11-09T08:57:00"),
  change(
    "test-mill-broken-ticket",
    ["OK", "2026-10-01T00:00:00"],
    ["ALARM", "2026-10-05T10:02:00"],
    "2026-10-05T10:01:00",
  ),
];

/** The answer to a saved query. */
function answer(name: string, events = EVENTS) {
  const saved = measured().at(CloudwatchQueryDefinition, `incidents/query-${name}`);
  return insights(saved.query_string, events);
}

/** The same from the events by hand: begin and end of each incident, by the month in which it began. */
function byHand(alarm: string): Record<string, number[]> {
  const minutes: Record<string, number[]> = {};
  let since: number | undefined;
  for (const event of EVENTS) {
    const { alarmName, state } = event.detail as { alarmName: string; state: { value: string } };
    if (alarmName !== alarm) continue;
    const at = event["@timestamp"] as number;
    if (state.value === "ALARM") since = at;
    else if (since !== undefined) {
      const month = new Date(since).toISOString().slice(0, 7);
      (minutes[month] ??= []).push((at - since) / 60_000);
      since = undefined;
    }
  }
  return minutes;
}

test("how long incidents last is known by month, also over midnight and over the end of a month", () => {
  const expected = Object.entries(byHand(MILL)).map(([month, each]) => ({
    month,
    incidents: each.length,
    mean: each.reduce((sum, length) => sum + length, 0) / each.length,
    longest: Math.max(...each),
  }));
  expect(expected.map(({ mean }) => mean)).toEqual([30, 120]);
  expect(answer("flour-time-to-recover")).toEqual(expected);
});

test("an event that is told twice makes no further incident, and one that is still on has no length", () => {
  const twice = EVENTS.flatMap((event) => [event, event]);
  expect(answer("flour-time-to-recover", twice)).toEqual(answer("flour-time-to-recover"));
  expect(answer("flour-incidents", twice)).toEqual(answer("flour-incidents"));
  expect(answer("bread-time-to-recover")).toEqual([]);
});

test("how soon somebody is told is known by month", () => {
  expect(answer("flour-time-to-detect")).toEqual([
    { month: "2026-10", pages: 2, mean: 240, longest: 300 },
    { month: "2026-11", pages: 1, mean: 180, longest: 180 },
  ]);
});

test("how often which alarm rang is known by month, of each service by itself", () => {
  expect(answer("flour-incidents")).toEqual([
    { month: "2026-10", alarm: MILL, incidents: 2 },
    { month: "2026-11", alarm: MILL, incidents: 1 },
  ]);
  expect(answer("bread-incidents")).toEqual([{ month: "2026-11", alarm: OVEN, incidents: 1 }]);
});

test("what pages for a service counts: its parts and its objective, no ticket and no window", () => {
  const { queries } = measured().manifest.constructs.find(({ path }) => path === "test/incidents")!;
  const named = (name: string) => [...queries![name].query.matchAll(/"(test-[^"]+)"/g)].map(([, alarm]) => alarm);
  expect(named("flourTimeToRecover")).toEqual([MILL, "test-carts-page"]);
  expect(named("flourTimeToDetect")).toEqual([MILL]);
  expect(named("breadTimeToRecover")).toEqual([OVEN]);
});

test("a saved query is one that CloudWatch takes: short enough, with two stats at most", () => {
  const saved = Object.values(measured().all(CloudwatchQueryDefinition));
  expect(saved).toHaveLength(6);
  for (const { query_string: query, log_group_names: groups } of saved) {
    expect(query.length).toBeLessThanOrEqual(10_000);
    expect(() => insights(query, EVENTS)).not.toThrow();
    expect(query).not.toContain("${");
    expect(groups).toHaveLength(1);
  }
});

test.each([
  "stats count(*) as a | stats count(*) as b | stats count(*) as c",
  "where detail.alarmName = 5",
  "fields parseTime(@timestamp) as at",
  "fields (1 + 2 as sum",
])("fails, as it would in CloudWatch: %s", (query) => {
  expect(() => insights(query, EVENTS)).toThrow();
});

test("the state changes of this stack's alarms come, in a pattern that stays short", () => {
  const { event_pattern: pattern } = measured().the(CloudwatchEventRule);
  expect(JSON.parse(pattern)).toEqual({
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    detail: { alarmName: [{ prefix: "test-" }] },
  });
  expect(pattern.length).toBeLessThan(2048);
});

test("they are kept encrypted for more than a year, and EventBridge may write nothing else", () => {
  const stack = measured();
  const group = stack.the(CloudwatchLogGroup);
  expect(group).toMatchObject({ retention_in_days: 400, name: "/aws/events/test-incidents" });
  expect(group.kms_key_id).toMatch(/^\$\{aws_kms_key\./);
  const { policy_document: document, policy_name: name } = stack.the(CloudwatchLogResourcePolicy);
  expect(name).toMatch(/^[\w.-]{1,64}$/);
  const statements = JSON.parse(document).Statement as { Action: string; Resource: string; Condition?: unknown }[];
  expect(statements.map(({ Action }) => Action)).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  for (const { Resource } of statements)
    expect(Resource).toMatch(/^\$\{aws_cloudwatch_log_group\.incidents_\w+\.arn\}:\*$/);
  expect(statements[1].Condition).toEqual({
    ArnEquals: { "aws:SourceArn": expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\.incidents_rule_\w+\.arn\}$/) },
  });
  const { depends_on: after } = stack.the(CloudwatchEventTarget);
  expect(after).toEqual([expect.stringMatching(/^aws_cloudwatch_log_resource_policy\./)]);
});

test("what is not recorded opens a ticket", () => {
  const { alarms } = measured().manifest;
  expect(alarms.filter(({ path }) => path === "test/incidents").map(({ signal }) => signal)).toContain("lost");
});

test("fails with a service that nobody is paged for", () => {
  const unwatched = (stack: TerraformStack) => {
    const { flour } = bakery(stack);
    new Incidents(stack, "incidents", { of: [flour] });
  };
  expect(() => synth(unwatched)).toThrow(
    "test/incidents: 'of.flour' must have an alarm that pages, got \"none\"; watch its parts with an Alarms of this stack, or give it an Slo",
  );
});

test("fails with a second one in a stack", () => {
  const twice = (stack: TerraformStack) => {
    const { flour, bread } = bakery(stack);
    new Incidents(stack, "incidents", { of: [flour] });
    new Incidents(stack, "others", { of: [bread] });
  };
  expect(() => synth(twice)).toThrow(
    "test/others: 'id' must be the only Incidents of its stack, got \"test/incidents\"; name all services in one",
  );
});

test("fails without a service, or with days that CloudWatch Logs does not know", () => {
  expect(() => synth((stack) => new Incidents(stack, "incidents", { of: [] as never }))).toThrow(
    "'of' must name at least one service, got []",
  );
  const days = (stack: TerraformStack) => new Incidents(stack, "incidents", { of: [bakery(stack).flour], days: 401 });
  expect(() => synth(days)).toThrow("'logDays' must be one of");
});

test("fails where a service has more alarms that page than a query can name", () => {
  const many = (stack: TerraformStack) => {
    const { alarms } = bakery(stack);
    const mills = Array.from({ length: 60 }, (_, index) => new Mill(stack, `mill-${"x".repeat(150)}-${index}`, BROKEN));
    for (const mill of mills) alarms.watch(mill);
    new Incidents(stack, "incidents", { of: [new ServiceGraph(stack, "mills", { runs: mills })] });
  };
  expect(() => synth(many)).toThrow(
    "'of.mills' must have so few alarms that page that a query of 10000 characters can name them, got 60",
  );
});
