import { PagerdutyProvider } from "@cdktf/provider-pagerduty/lib/provider";
import { Escalation } from "../../../lib/alerting";
import { AlarmRoute, Layer, Level, OnCall, OnCallProps, Rotation, RotationProps } from "../../../lib/on-call";
import { DAYS, Hours } from "../../../lib/on-call/coverage";
import fc from "../../property";
import { generated } from "../case";
import { mostly, named, one, props, some, someNamed, text, time, whole } from "../values";

const person = mostly(fc.constantFrom("PANNA01", "PBEN002", "PCARA03", "PDAN004ABCDEFG"), [
  "anna",
  "P1",
  "",
  "PANNA01 ",
]);
const clock = mostly(fc.constantFrom("00:00", "08:00", "17:30", "23:59"), ["24:00", "8:00", "08:00:00", ""]);
const timeZone = mostly(fc.constantFrom("Europe/Berlin", "Etc/UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+1"), [
  "UTC",
  "Europe/Berlim",
  "berlin",
  "",
  "+01:00",
]);
const days = some(mostly(fc.constantFrom(...DAYS), ["Monday" as never, "someday" as never]), 1, 7);
const hours = props<Pick<Hours, "from" | "to">, Pick<Hours, "days">>({ from: clock, to: clock }, { days });

const layer = props<Pick<Layer, "people">, Omit<Layer, "people">>(
  { people: some(person, 2, 4) },
  { turn: time("7 days", "1 day", "1 hour", "12 hours", "365 days"), hours },
);

const rotation = props<RotationProps>({
  layers: someNamed(text("berlin", "austin", "Night shift", "x".repeat(100)), layer),
  start: mostly(fc.constantFrom("2027-01-04T09:00:00+01:00", "2020-02-29T00:00:00Z"), [
    "2027-01-04",
    "2027-02-30T09:00:00Z",
    "2027-01-04T09:00:00",
    "",
  ]),
  timeZone,
});

const told = fc.oneof(
  { weight: 3, arbitrary: person },
  { weight: 2, arbitrary: fc.constant({ scheduleId: "PSCHED1" }) },
);
const level = props<Pick<Level, "tell">, Pick<Level, "within">>(
  {
    tell: fc.oneof(
      { weight: 60, arbitrary: fc.array(told, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  },
  { within: time("10 minutes", "1 minute", "1 day") },
);
const route = props<Pick<AlarmRoute, "named">, Omit<AlarmRoute, "named"> & Required<Pick<AlarmRoute, "note">>>(
  { named: text("orders-database-", "x".repeat(255), "it's") },
  {
    severity: one("critical", "error", "warning", "info"),
    escalationPolicy: person,
    note: text("look at the replica"),
  },
).map((each) => ({ severity: "info" as const, ...each }));

const onCall = props<Pick<OnCallProps, "levels"> & { pages: boolean }, Omit<OnCallProps, "levels">>(
  {
    levels: mostly(fc.tuple(level, level), [[], [{ tell: ["PANNA01"] }]]) as fc.Arbitrary<OnCallProps["levels"]>,
    pages: fc.boolean(),
  },
  {
    repeats: whole(1, 9),
    support: props<Pick<Hours, "from" | "to"> & { timeZone: string }, Pick<Hours, "days">>(
      {
        from: mostly(fc.constantFrom("08:00", "00:00"), ["24:00"]),
        to: mostly(fc.constantFrom("17:00", "23:59"), ["07:00"]),
        timeZone,
      },
      { days },
    ),
    routes: named(text("database", "entrance", "x".repeat(200)), route),
    remindAfter: time("30 minutes", "10 minutes", "1 day"),
    serviceRegion: one("us", "eu"),
  },
);

/** The provider of PagerDuty is not at hand: synthesis, refusals, and what AWS is told of it. */
export const ON_CALL = [
  generated("Rotation", rotation, (scope, id, given) => {
    new PagerdutyProvider(scope, "pagerduty", {});
    return new Rotation(scope, id, given);
  }),
  generated("OnCall", onCall, (scope, id, { pages, ...given }) => {
    new PagerdutyProvider(scope, "pagerduty", {});
    const made = new OnCall(scope, id, given);
    const people = { emails: ["orders@example.com"] };
    const escalation = new Escalation(scope, "escalation", { page: pages ? {} : people, ticket: people });
    if (pages) escalation.tell("page", made.receiver("page"));
    if (given.support) escalation.tell("ticket", made.receiver("ticket"));
    return made;
  }),
];
