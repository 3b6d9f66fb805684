import { Schedule, ScheduleLayer } from "@cdktf/provider-pagerduty/lib/schedule";
import { Construct } from "constructs";
import { refuse, requireDuration, requireThat } from "../core/guard";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { judge } from "../core/verdict";
import { DAYS, Hours, gapsIn, lengthOf, spansOf, tellSpan } from "./coverage";
import { requireClock, requirePerson, requireTimeZone } from "./forms";
import { Layer, RotationProps } from "./rotation-props";
import { startOf } from "./start";
import { isHidden, neverCalled } from "./turns";

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
  /** Who is called when, as a text: the same where two rotations always call the same person. */
  readonly turns: string;

  constructor(scope: Construct, id: string, props: RotationProps) {
    super(scope, id);
    register(this, props, "RotationProps");
    const { layers, start, timeZone } = props;
    const named = Object.entries(layers);
    requireThat(this, named.length > 0, { prop: "layers", must: "name at least one layer", got: layers });
    requireTimeZone(this, "timeZone", timeZone);
    const begins = startOf(this, start, timeZone);
    for (const [name, layer] of named) this.check(name, layer, begins);
    named.forEach(([name, { hours }], index) => {
      const isSeen = !isHidden(
        hours,
        named.slice(index + 1).map(([, later]) => later.hours),
      );
      judge(this, "on-call", isSeen, {
        prop: `layers.${name}`,
        must: "have hours that no layer named after it covers",
        got: isSeen ? (hours ?? "around the clock") : "nobody of it is ever called",
        mend: "where two are on call the one named later is called: name this layer after the others",
      });
    });
    const gaps = gapsIn(named.map(([, { hours }]) => hours)).map(tellSpan);
    const mend = "add a layer for these hours";
    judge(this, "on-call", gaps.length === 0, {
      prop: "layers",
      must: "have somebody on call all week",
      got: gaps.length === 0 ? named.map(([name]) => name) : `nobody on ${gaps.join(", ")}`,
      mend,
    });
    this.turns = JSON.stringify([Object.values(layers), start, timeZone]);
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

  private check(name: string, layer: Layer, begins: number | undefined): void {
    const { people, hours } = layer;
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
    const days = hours.days ?? DAYS;
    const must = "name each day once";
    requireThat(this, new Set(days).size === days.length, { prop: `layers.${name}.hours.days`, must, got: days });
    if (begins === undefined) return;
    const idle = neverCalled({ people, turn: this.turn(name, layer), hours }, begins);
    judge(this, "on-call", idle.length === 0, {
      prop: `layers.${name}.people`,
      must: "each have a turn within the hours",
      got: idle.length === 0 ? several : `${idle.join(", ")} is never called`,
      mend: "let a turn last a week, or take turns in another number",
    });
  }

  private turn(name: string, { turn = "7 days" }: Layer): number {
    return requireDuration(this, `layers.${name}.turn`, turn, "1 hour", "365 days");
  }

  private layer(name: string, layer: Layer, start: string): ScheduleLayer {
    const { people, hours } = layer;
    return {
      name,
      start,
      rotationVirtualStart: start,
      rotationTurnLengthSeconds: this.turn(name, layer),
      users: [...people],
      ...(hours && restrictions(hours)),
    };
  }
}

/**
 * One restriction for every day where they are the same, one for each day where they are not, none where they never
 * end.
 */
function restrictions(hours: Hours): Pick<ScheduleLayer, "restriction"> {
  if (gapsIn([hours]).length === 0) return {};
  const same = { startTimeOfDay: `${hours.from}:00`, durationSeconds: lengthOf(hours) * 60 };
  if (spansOf(hours).length === DAYS.length) return { restriction: [{ type: "daily_restriction", ...same }] };
  const restriction = spansOf(hours).map(({ from }) => ({
    type: "weekly_restriction",
    startDayOfWeek: Math.floor(from / (24 * 60)) + 1,
    ...same,
  }));
  return { restriction };
}
