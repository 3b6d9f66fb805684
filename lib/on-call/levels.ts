import { IConstruct } from "constructs";
import { requireThat } from "../core/guard";
import { judge } from "../core/verdict";
import { Level } from "./on-call-props";
import { Rotation } from "./rotation";

/**
 * How many are told at once at most.
 *
 * @see https://developer.pagerduty.com/api-reference/ (escalation_rules: targets, 1 to 10)
 */
const TOLD_AT_MOST = 10;

/** Judges that an escalation ends somewhere: somebody else is told at each level, and several at the end. */
export function judgeLevels(scope: IConstruct, levels: readonly Level[]): void {
  requireThat(scope, levels.length > 0, { prop: "levels", must: "name somebody", got: levels });
  levels.forEach(({ tell }, index) => {
    const prop = `levels[${index}].tell`;
    requireThat(scope, tell.length > 0, { prop, must: "name somebody", got: tell });
    const must = `name at most ${TOLD_AT_MOST}`;
    requireThat(scope, tell.length <= TOLD_AT_MOST, { prop, must, got: tell.length });
  });
  judge(scope, "on-call", levels.length >= 2, {
    prop: "levels",
    must: "be at least two: somebody is told when the first does not answer",
    got: levels.length,
    mend: "add a second rotation, or those who lead the team",
  });
  levels.forEach((level, index) => judgeNew(scope, index, level, levels.slice(0, index)));
  const last = levels[levels.length - 1].tell;
  const isShared = new Set(last).size >= 2 || last.some((each) => typeof each !== "string");
  judge(scope, "on-call", isShared, {
    prop: "levels",
    must: "end at a rotation or at several people",
    got: isShared ? levels.length : "one person",
    mend: "who is alone may be asleep: name another one beside",
  });
}

function judgeNew(scope: IConstruct, index: number, { tell }: Level, earlier: readonly Level[]): void {
  const told = new Set(earlier.flatMap((level) => level.tell.map(whoIs)));
  const isNew = tell.some((each) => !told.has(whoIs(each)));
  judge(scope, "on-call", isNew, {
    prop: `levels[${index}].tell`,
    must: "name somebody whom no level before it tells",
    got: isNew ? tell.length : "the same people at the same time",
    mend: "who did not answer is not called as the next one: name others, or let them take turns in another order",
  });
}

/** Who is called: two rotations with the same turns call the same person, whatever their names. */
function whoIs(told: Level["tell"][number]): string {
  if (typeof told === "string") return told;
  return told instanceof Rotation ? told.turns : told.scheduleId;
}
