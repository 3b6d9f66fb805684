import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { EscalationPolicy } from "@cdktf/provider-pagerduty/lib/escalation-policy";
import { EventOrchestrationService } from "@cdktf/provider-pagerduty/lib/event-orchestration-service";
import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { Schedule } from "@cdktf/provider-pagerduty/lib/schedule";
import { Service } from "@cdktf/provider-pagerduty/lib/service";
import { ServiceIntegration } from "@cdktf/provider-pagerduty/lib/service-integration";
import { TerraformStack, TerraformVariable } from "cdktf";
import { Escalation } from "../../lib/alerting";
import { waive } from "../../lib/core";
import { notesOf } from "../../lib/core/notes";
import { OnCall, OnCallProps, Rotation, RotationProps } from "../../lib/on-call";
import { Setting, synth } from "../synth";

const [ANNA, BEN, CARA] = ["PANNA01", "PBEN002", "PCARA03"];
const TURNS: RotationProps = {
  layers: { everybody: { people: [ANNA, BEN, CARA] } },
  start: "2027-01-04T09:00:00+01:00",
  timeZone: "Europe/Berlin",
};
const FIRST = { tell: [{ scheduleId: "PFIRST1" }] };
const SUPPORT = { from: "09:00", to: "17:00", timeZone: "Europe/Berlin" };
const LEVELS: OnCallProps["levels"] = [FIRST, { tell: [{ scheduleId: "PSECOND" }], within: "15 minutes" }];

const paged = (fill: (stack: TerraformStack) => void, setting: Setting = { checks: true }) =>
  synth((stack) => {
    new PagerdutyProvider(stack, "pagerduty", {});
    fill(stack);
  }, setting);

const rotation = (props: Partial<RotationProps> = {}, setting?: Setting) =>
  paged((stack) => new Rotation(stack, "primary", { ...TURNS, ...props }), setting);

const onCall = (props: Partial<OnCallProps> = {}, setting?: Setting) =>
  paged((stack) => new OnCall(stack, "on-call", { levels: LEVELS, ...props }), setting);

test("people take turns by the week, from the first handover on", () => {
  expect(rotation().the(Schedule)).toMatchObject({
    name: "test-primary",
    time_zone: "Europe/Berlin",
    layer: [
      {
        name: "everybody",
        users: [ANNA, BEN, CARA],
        start: TURNS.start,
        rotation_virtual_start: TURNS.start,
        rotation_turn_length_seconds: 604_800,
      },
    ],
  });
});

test("day and night take turns of their own", () => {
  const { layer } = rotation({
    layers: {
      night: { people: [ANNA, BEN], turn: "1 day", hours: { from: "20:00", to: "08:00" } },
      day: { people: [BEN, CARA], hours: { from: "08:00", to: "20:00" } },
    },
  }).the(Schedule);
  expect(layer).toMatchObject([
    {
      name: "night",
      rotation_turn_length_seconds: 86_400,
      restriction: [{ type: "daily_restriction", start_time_of_day: "20:00:00", duration_seconds: 43_200 }],
    },
    { name: "day", restriction: [{ start_time_of_day: "08:00:00", duration_seconds: 43_200 }] },
  ]);
});

test("hours of some days are said day by day", () => {
  const { layer } = rotation({
    layers: {
      always: { people: [ANNA, BEN] },
      weekend: { people: [BEN, CARA], hours: { days: ["saturday", "sunday"], from: "09:00", to: "17:00" } },
    },
  }).the(Schedule);
  expect(layer[0]).not.toHaveProperty("restriction");
  expect(layer[1].restriction).toEqual(
    [6, 7].map((day) => ({
      type: "weekly_restriction",
      start_day_of_week: day,
      start_time_of_day: "09:00:00",
      duration_seconds: 28_800,
    })),
  );
});

const OTHERS = ["PDAN004", "PEVE005", "PFINN06", "PGRETA7"];
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
const WEEKEND = { days: ["saturday", "sunday"], from: "00:00", to: "00:00" } as const;
const WORK = { days: ["monday", "friday"], from: "09:00", to: "17:00" } as const;

test.each<[string, Partial<RotationProps>, string]>([
  [
    "a rotation with a gap",
    { layers: { work: { people: [ANNA, BEN], hours: WORK } } },
    `test/primary: 'layers' must have somebody on call all week, got "nobody on monday 17:00 to friday 09:00, friday 17:00 to monday 09:00"; add a layer`,
  ],
  [
    "a single person",
    { layers: { all: { people: [ANNA] } } },
    "test/primary: 'layers.all.people' must be at least two who take turns, got 1; nobody can be on call always",
  ],
  [
    "a single person, named twice",
    { layers: { all: { people: [ANNA, ANNA] } } },
    "must be at least two who take turns, got 1",
  ],
  ["no layer", { layers: {} }, "'layers' must name at least one layer"],
  ["a name in place of an id", { layers: { all: { people: ["anna", BEN] } } }, "must be the id of a PagerDuty user"],
  ["a start without its offset", { start: "2027-01-04T09:00:00" }, "'start' must be a time with its offset"],
  ["a start that is no day", { start: "2027-13-04T09:00:00Z" }, "'start' must be a time with its offset"],
  ["a time zone that is none", { timeZone: "berlin" }, "'timeZone' must be a time zone"],
  [
    "hours that are none",
    { layers: { all: { people: [ANNA, BEN], hours: { from: "9", to: "17:00" } } } },
    "'layers.all.hours.from' must be a time of day",
  ],
  [
    "hours of no day",
    { layers: { all: { people: [ANNA, BEN], hours: { days: [], from: "09:00", to: "17:00" } } } },
    "'layers.all.hours.days' must name at least one day",
  ],
  [
    "a layer that one named later hides",
    { layers: { weekend: { people: [ANNA, BEN], hours: WEEKEND }, always: { people: [BEN, CARA] } } },
    "'layers.weekend' must have hours that no layer named after it covers, got \"nobody of it is ever called\"",
  ],
  [
    "days for one and nights for nobody, by turns as long as the hours",
    {
      start: "2027-01-04T08:00:00+01:00",
      layers: {
        always: { people: [BEN, CARA] },
        day: { people: [ANNA, BEN], turn: "12 hours", hours: { from: "08:00", to: "20:00" } },
      },
    },
    "'layers.day.people' must each have a turn within the hours, got \"PBEN002 is never called\"",
  ],
  [
    "seven who take turns by the day, where one has each Monday",
    {
      layers: {
        always: { people: [ANNA, BEN] },
        monday: { people: [ANNA, BEN, CARA, ...OTHERS], turn: "1 day", hours: { ...WORK, days: ["monday"] } },
      },
    },
    'got "PBEN002, PCARA03, PDAN004, PEVE005, PFINN06, PGRETA7 is never called"',
  ],
  [
    "a day that is named twice",
    { layers: { all: { people: [ANNA, BEN], hours: { ...WORK, days: ["monday", "monday"] } } } },
    "'layers.all.hours.days' must name each day once",
  ],
  ["a start on a day that is none", { start: "2027-02-30T09:00:00+01:00" }, "'start' must be a time with its offset"],
  ["a start in another calendar", { start: "2026-02-29T09:00:00Z" }, "it is no day"],
  ["a start of an offset that is none", { start: "2027-01-04T09:00:00+19:00" }, "'start' must be a time with its"],
  ["a time zone that nobody knows", { timeZone: "Europe/Berlim" }, "'timeZone' must be a time zone that is known"],
  ["a time zone of no region", { timeZone: "UTC" }, "'timeZone' must be a time zone, such as Europe/Berlin or Etc/UTC"],
  [
    "a turn of a minute",
    { layers: { all: { people: [ANNA, BEN], turn: "1 minute" } } },
    "'layers.all.turn' must be between",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => rotation(props)).toThrow(message);
});

test.each<[string, Partial<RotationProps>]>([
  ["a handover at midnight", { start: "2027-01-04T00:00:00+01:00" }],
  ["a handover within the hour that a spring skips", { start: "2027-03-28T02:30:00+01:00" }],
  ["a start in the clock of another zone", { start: "2027-01-04T08:00:00Z" }],
  ["a leap day", { start: "2028-02-29T09:00:00+01:00" }],
  ["one who takes every second turn", { layers: { all: { people: [ANNA, BEN, ANNA, CARA] } } }],
  [
    "weekends of others, named after the week",
    { layers: { always: { people: [ANNA, BEN] }, weekend: { people: [BEN, CARA], hours: WEEKEND } } },
  ],
  [
    "weekdays and weekends",
    {
      layers: {
        week: { people: [ANNA, BEN], hours: { ...WEEKEND, days: WEEKDAYS } },
        weekend: { people: [BEN, CARA], hours: WEEKEND },
      },
    },
  ],
  [
    "hours that overlap",
    {
      layers: {
        early: { people: [ANNA, BEN], hours: { from: "06:00", to: "19:00" } },
        late: { people: [BEN, CARA], hours: { from: "18:00", to: "07:00" } },
      },
    },
  ],
  [
    "turns of a day at the weekend, which an odd number of people share",
    {
      layers: {
        always: { people: [ANNA, BEN] },
        weekend: { people: [ANNA, BEN, CARA], turn: "1 day", hours: WEEKEND },
      },
    },
  ],
])("a rotation may have %s", (_, props) => {
  expect(rotation(props).the(Schedule).layer).not.toHaveLength(0);
});

test("when it begins, and where, may be known after apply", () => {
  const { layer, time_zone } = paged((stack) => {
    const [start, timeZone] = ["start", "zone"].map(
      (id) => new TerraformVariable(stack, id, { type: "string" }).stringValue,
    );
    new Rotation(stack, "primary", { layers: { day: { people: [ANNA, BEN], hours: WORK } }, start, timeZone });
  }, {}).the(Schedule);
  expect([layer[0].start, time_zone]).toEqual(["${var.start}", "${var.zone}"]);
});

test("hours that never end are no restriction, which a day of 24 hours may not be", () => {
  const { layer } = rotation({
    layers: { all: { people: [ANNA, BEN], hours: { from: "09:00", to: "09:00" } } },
  }).the(Schedule);
  expect(layer[0]).not.toHaveProperty("restriction");
});

test("a rotation of working hours is fine where somebody says who is on call at night", () => {
  const { manifest } = paged((stack) => {
    const work = new Rotation(stack, "leads", { ...TURNS, layers: { work: { people: [ANNA, BEN], hours: WORK } } });
    waive(work, "on-call", { waived: "the second level, in working hours only" });
  });
  expect(manifest.verdicts).toContainEqual(expect.objectContaining({ safeguard: "on-call", outcome: "waived" }));
});

test("who does not answer is followed by the next, and it begins again", () => {
  expect(onCall().the(EscalationPolicy)).toMatchObject({
    num_loops: 3,
    rule: [
      { escalation_delay_in_minutes: 10, target: [{ type: "schedule_reference", id: "PFIRST1" }] },
      { escalation_delay_in_minutes: 15, target: [{ type: "schedule_reference", id: "PSECOND" }] },
    ],
  });
});

test("a rotation and people are told side by side", () => {
  const stack = paged((scope) => {
    const primary = new Rotation(scope, "primary", TURNS);
    new OnCall(scope, "on-call", { levels: [{ tell: [primary] }, { tell: [primary, ANNA] }] });
  });
  const id = expect.stringMatching(/^\$\{pagerduty_schedule\.primary_\w+\.id\}$/);
  expect(stack.the(EscalationPolicy).rule[1].target).toEqual([
    { type: "schedule_reference", id },
    { type: "user_reference", id: ANNA },
  ]);
});

test("runbooks can say who is called, in which order", () => {
  let made!: OnCall;
  paged((scope) => {
    const primary = new Rotation(scope, "primary", TURNS);
    const levels: OnCallProps["levels"] = [
      { tell: [primary] },
      { tell: [ANNA, { scheduleId: "PLEADS1" }], within: "1 hour" },
    ];
    made = new OnCall(scope, "on-call", { levels, support: SUPPORT });
  });
  expect(notesOf(made, "on-call")).toEqual([
    {
      path: "test/on-call",
      levels: [
        { tell: ["test/primary"], within: "10 minutes" },
        { tell: [ANNA, "PLEADS1"], within: "1 hour" },
      ],
      repeats: 3,
      support: "09:00 to 17:00, Europe/Berlin",
    },
  ]);
});

test("a page is loud at any hour, told again when it is forgotten, and closed by its alarm alone", () => {
  expect(onCall({ remindAfter: "20 minutes" }).the(Service)).toMatchObject({
    incident_urgency_rule: { type: "constant", urgency: "high" },
    acknowledgement_timeout: "1200",
    auto_resolve_timeout: "null",
    alert_creation: "create_alerts_and_incidents",
  });
});

test("a ticket waits for somebody to be at work", () => {
  expect(onCall({ support: SUPPORT }).at(Service, "on-call/ticket")).toMatchObject({
    incident_urgency_rule: {
      type: "use_support_hours",
      during_support_hours: { type: "constant", urgency: "high" },
      outside_support_hours: { type: "constant", urgency: "low" },
    },
    support_hours: {
      type: "fixed_time_per_day",
      time_zone: "Europe/Berlin",
      start_time: "09:00:00",
      end_time: "17:00:00",
      days_of_week: [1, 2, 3, 4, 5],
    },
    scheduled_actions: [
      { type: "urgency_change", to_urgency: "high", at: [{ type: "named_time", name: "support_hours_start" }] },
    ],
  });
});

test("AWS reaches the pager by a key that stands in no source", () => {
  const stack = paged((scope) => {
    const made = new OnCall(scope, "on-call", { levels: LEVELS, support: SUPPORT });
    const escalation = new Escalation(scope, "escalation", { page: {}, ticket: {} });
    escalation.tell("page", made.receiver("page"));
    escalation.tell("ticket", made.receiver("ticket"));
  }, {});
  expect(Object.keys(stack.all(ServiceIntegration))).toEqual([
    "on-call/page-integration",
    "on-call/ticket-integration",
  ]);
  for (const urgency of ["page", "ticket"]) {
    expect(stack.at(SnsTopicSubscription, `escalation/${urgency}-https-pager`).endpoint).toMatch(
      new RegExp(
        `^https://events\\.pagerduty\\.com/integration/\\$\\{pagerduty_service_integration\\.on-call_${urgency}-integration_\\w+\\.integration_key\\}/enqueue$`,
      ),
    );
  }
});

test("an alarm may be told otherwise, by its name", () => {
  const routes = {
    database: { named: "orders-prod-database-", escalationPolicy: "PDBA001", note: "the data team knows more" },
    noise: { named: "-cpu-", severity: "warning" },
  } as const;
  const stack = onCall({ routes });
  expect(stack.the(EventOrchestrationService)).toMatchObject({
    enable_event_orchestration_for_service: true,
    set: [
      {
        rule: [
          {
            label: "database",
            condition: [{ expression: "event.custom_details.AlarmName matches part 'orders-prod-database-'" }],
            actions: { escalation_policy: "PDBA001", annotate: "the data team knows more" },
          },
          { label: "noise", actions: { severity: "warning" } },
        ],
      },
    ],
  });
  expect(onCall().all(EventOrchestrationService)).toEqual({});
  const both = onCall({ routes, support: SUPPORT }).all(EventOrchestrationService);
  expect(Object.keys(both)).toEqual(["on-call/routes", "on-call/ticket-routes"]);
  expect(both["on-call/ticket-routes"].set).toEqual(both["on-call/routes"].set);
});

test.each<[string, Partial<OnCallProps>, string]>([
  [
    "an escalation of one level",
    { levels: [FIRST] as never },
    "test/on-call: 'levels' must be at least two: somebody is told when the first does not answer, got 1",
  ],
  [
    "an escalation that ends at one person",
    { levels: [FIRST, { tell: [ANNA] }] },
    "'levels' must end at a rotation or at several people, got \"one person\"; who is alone may be asleep",
  ],
  [
    "an escalation that ends at one person, named twice",
    { levels: [FIRST, { tell: [ANNA, ANNA] }] },
    "'levels' must end at a rotation or at several people",
  ],
  [
    "an escalation to whom has not answered",
    { levels: [FIRST, FIRST] },
    "'levels[1].tell' must name somebody whom no level before it tells, got \"the same people at the same time\"",
  ],
  [
    "a level that has no time",
    { levels: [{ ...FIRST, within: "0 minutes" }, { tell: [ANNA, BEN] }] },
    "'levels[0].within' must be between 1 minute and 1 day",
  ],
  [
    "a level of a crowd",
    { levels: [FIRST, { tell: Array.from({ length: 11 }, (_, index) => `PCROWD${index}`) }] },
    "'levels[1].tell' must name at most 10, got 11",
  ],
  [
    "an escalation that is told once",
    { repeats: 0 },
    "'repeats' must be between 1 and 9, got 0; an escalation that is told once",
  ],
  ["a level of nobody", { levels: [{ tell: [] }, FIRST] }, "'levels[0].tell' must name somebody"],
  [
    "a level of a name",
    { levels: [FIRST, { tell: ["anna", BEN] }] },
    "'levels[1].tell' must be the id of a PagerDuty user",
  ],
  [
    "a level by the half minute",
    { levels: [{ ...FIRST, within: "90 seconds" }, FIRST] },
    "'levels[0].within' must be whole minutes",
  ],
  [
    "working hours that end before they begin",
    { support: { ...SUPPORT, to: "08:00" } },
    "'support.to' must be after 09:00",
  ],
  ["working hours of no day", { support: { ...SUPPORT, days: [] } }, "'support.days' must name at least one day"],
  [
    "a route that changes nothing",
    { routes: { idle: { named: "x" } } },
    "'routes.idle' must say what is different: severity, escalationPolicy or note",
  ],
  [
    "a name that ends its own condition",
    { routes: { odd: { named: "x' or '", severity: "info" } } },
    "'routes.odd.named' must be a part of a name, without quotes",
  ],
])("fails on %s", (_, props, message) => {
  expect(() => onCall(props)).toThrow(message);
});

test("fails where a second rotation always calls whom the first one calls", () => {
  const make = (second: Partial<RotationProps>) => () =>
    paged((stack) => {
      const primary = new Rotation(stack, "primary", TURNS);
      const secondary = new Rotation(stack, "secondary", { ...TURNS, ...second });
      new OnCall(stack, "on-call", { levels: [{ tell: [primary] }, { tell: [secondary] }] });
    });
  expect(make({})).toThrow("'levels[1].tell' must name somebody whom no level before it tells");
  expect(make({ layers: { everybody: { people: [BEN, CARA, ANNA] } } })).not.toThrow();
});

test("an account of the European region is told over there", () => {
  const stack = paged((scope) => {
    const made = new OnCall(scope, "on-call", { levels: LEVELS, serviceRegion: "eu" });
    const escalation = new Escalation(scope, "escalation", { page: {}, ticket: { emails: ["team@example.com"] } });
    escalation.tell("page", made.receiver("page"));
  }, {});
  expect(stack.at(SnsTopicSubscription, "escalation/page-https-pager").endpoint).toMatch(
    /^https:\/\/events\.eu\.pagerduty\.com\/integration\//,
  );
});

test("fails to tell tickets where nobody said when", () => {
  expect(() => paged((stack) => new OnCall(stack, "on-call", { levels: LEVELS }).receiver("ticket"))).toThrow(
    "'receiver' must be of an urgency that is told here, got \"ticket\"; give support",
  );
});
