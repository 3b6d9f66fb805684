import { Schedule, ScheduleLayer } from "@cdktf/provider-pagerduty/lib/schedule";
import { Construct } from "constructs";
import { refuse, requireDuration, requireForm, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { judge } from "../core/verdict";
import { DAYS, Hours, gapsIn, lengthOf, spansOf, tellSpan } from "./coverage";
import { requireClock, requirePerson, requireTimeZone } from "./forms";
import { Layer, RotationProps } from "./rotation-props";

const START = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$/;

/**
 * Who is on call when: people who take turns, in one layer or in several that follow the sun.
 *
 * Synthesis fails where nobody is on call for a part of the week, or always the same person: who is never off call does not
 * stay, and who is ill is not there.
 *
 * @see https://sre.google/sre-book/being-on-call/
 */
export class Rotation extends Construct {
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, props: RotationProps) {
    super(scope, id);
    register(this, props, "RotationProps");
    const { layers, start, timeZone } = props;
    const named = Object.entries(layers);
    requireThat(this, named.length > 0, { prop: "layers", must: "name at least one layer", got: layers });
    requireForm(this, "start", start, START, "a time with its offset, such as 2027-01-04T09:00:00+01:00");
    requireTimeZone(this, "timeZone", timeZone);
    for (const [name, layer] of named) this.check(name, layer);
    const gaps = gapsIn(named.map(([, { hours }]) => hours)).map(tellSpan);
    const mend = "add a layer for these hours";
    judge(this, "on-call", gaps.length === 0, {
      prop: "layers",
      must: "have somebody on call all week",
      got: gaps.length === 0 ? named.map(([name]) => name) : `nobody on ${gaps.join(", ")}`,
      mend,
    });
    this.schedule = new Schedule(this, "Resource", {
      name: nameOf(this, "pager"),
      description: `Who is on call for ${this.node.path}`,
      timeZone,
      layer: named.map(([name, layer]) => this.layer(name, layer, start)),
    });
  }

  /** What an escalation names. */
  get scheduleId(): string {
    return this.schedule.id;
  }

  private check(name: string, { people, hours }: Layer): void {
    requireThat(this, people.length > 0, { prop: `layers.${name}.people`, must: "name somebody", got: people });
    for (const person of people) requirePerson(this, `layers.${name}.people`, person);
    const several = new Set(people).size;
    judge(this, "on-call", several >= 2, {
      prop: `layers.${name}.people`,
      must: "be at least two who take turns",
      got: several,
      mend: "nobody can be on call always: add somebody, or share a rotation with another team",
    });
    if (!hours) return;
    for (const edge of ["from", "to"] as const) requireClock(this, `layers.${name}.hours.${edge}`, hours[edge]);
    if (hours.days?.length === 0) {
      refuse(this, { prop: `layers.${name}.hours.days`, must: "name at least one day", got: hours.days });
    }
  }

  private layer(name: string, { people, turn = "7 days", hours }: Layer, start: string): ScheduleLayer {
    return {
      name,
      start,
      rotationVirtualStart: start,
      rotationTurnLengthSeconds: requireDuration(this, `layers.${name}.turn`, turn, "1 hour", "365 days"),
      users: [...people],
      ...(hours && { restriction: restrictions(hours) }),
    };
  }
}

/** One restriction for every day where they are the same, one for each day where they are not. */
function restrictions(hours: Hours): NonNullable<ScheduleLayer["restriction"]> {
  const same = { startTimeOfDay: `${hours.from}:00`, durationSeconds: lengthOf(hours) * 60 };
  if (new Set(hours.days ?? DAYS).size === DAYS.length) return [{ type: "daily_restriction", ...same }];
  return spansOf(hours).map(({ from }) => ({
    type: "weekly_restriction",
    startDayOfWeek: Math.floor(from / (24 * 60)) + 1,
    ...same,
  }));
}
