import { AlarmFault, isUnknown, textOf } from "./config";
import { cycleIn } from "./cycle";
import { AlarmFamily, Reference, StackAlarm, isRepeated, placeIn } from "./family";
import { LIMITS } from "./limits";

export type { StackAlarm } from "./family";

/** A fault, and whose it is. */
export interface StackFault {
  readonly alarm: StackAlarm;
  readonly fault: AlarmFault;
}

/** What CloudWatch asks of the alarms of a stack together. */
export function stackFaults(alarms: readonly StackAlarm[], account?: string): StackFault[] {
  const family = new AlarmFamily(alarms);
  return [...sameName(alarms), ...circles(family), ...parents(family), ...named(family, account)];
}

/** CloudWatch does not refuse a second alarm of a name: it overwrites the first. */
function sameName(alarms: readonly StackAlarm[]): StackFault[] {
  const first = new Map<string, StackAlarm>();
  return alarms.flatMap((alarm) => {
    const name = textOf(alarm.config, "alarm_name");
    if (name === undefined) return [];
    const key = `${placeIn(alarm.config)} ${name}`;
    const other = first.get(key);
    if (!other) first.set(key, alarm);
    const by = other
      ? `"${name}" is ${other.address}, too`
      : isRepeated(alarm.config)
        ? "count or for_each"
        : undefined;
    if (by === undefined) return [];
    const must = "be its own: a second alarm of a name overwrites the first";
    return [{ alarm, fault: { prop: "alarm_name", must, got: by, mend: "rename one" } }];
  });
}

/** CloudWatch stops to evaluate composites that name each other, and cannot delete them. */
function circles(family: AlarmFamily): StackFault[] {
  // One that names itself by text is told of when it is looked at alone.
  const edges = family.composites.map((alarm): [string, string[]] => [
    alarm.address,
    family
      .children(alarm)
      .flatMap(({ alarm: child, address }) => (child === alarm && !address ? [] : (child?.address ?? []))),
  ]);
  const circle = cycleIn(new Map(edges));
  const alarm = family.composites.find(({ address }) => address === circle?.[0]);
  if (!alarm || !circle) return [];
  const must = "not lead back to itself: CloudWatch stops to evaluate a circle";
  return [{ alarm, fault: { prop: "alarm_rule", must, got: circle.join(" → "), mend: "leave one of them out" } }];
}

function parents(family: AlarmFamily): StackFault[] {
  const count = new Map<StackAlarm, number>();
  for (const composite of family.composites) {
    const named = family.children(composite).flatMap(({ alarm }) => alarm ?? []);
    for (const alarm of new Set(named)) count.set(alarm, (count.get(alarm) ?? 0) + 1);
  }
  const must = `be named by at most ${LIMITS.parents} composites`;
  const mend = "let a composite speak for it";
  return [...count]
    .filter(([, got]) => got > LIMITS.parents)
    .map(([alarm, got]) => ({ alarm, fault: { prop: "alarm_name", must, got, mend } }));
}

/** What a composite names must be there, before it and beside it. */
function named(family: AlarmFamily, account?: string): StackFault[] {
  return family.composites.flatMap((alarm) => {
    const before = family.madeBefore(alarm);
    const faults = family.references(alarm).flatMap((reference) => {
      if (reference.address && !reference.alarm) return [gone(reference)];
      if (!reference.alarm) return abroad(reference, textOf(alarm.config, "region"), account);
      if (reference.alarm === alarm) return [];
      return [...late(reference, reference.alarm, before), ...apart(reference, reference.alarm, alarm)];
    });
    return [...faults, ...long(family, alarm)].map((fault) => ({ alarm, fault }));
  });
}

function gone({ prop, address }: Reference): AlarmFault {
  return { prop, must: "name alarms that there are", got: address, mend: "define it, or leave it out" };
}

function late({ prop, text }: Reference, named: StackAlarm, before: ReadonlySet<string>): AlarmFault[] {
  if (before.has(named.address)) return [];
  const must = "refer to alarms of its own stack, so that they are made first";
  return [{ prop, must, got: text, mend: `write \${${named.address}.alarm_name} in its place` }];
}

const SAME_PLACE = "name alarms of its own account and Region";

/** The ARN of an alarm that another stack makes says where it stands. */
function abroad({ prop, text }: Reference, region: string | undefined, account: string | undefined): AlarmFault[] {
  const [, , , itsRegion, itsAccount] = isUnknown(text) || !text.startsWith("arn:") ? [] : text.split(":");
  const isHere = [
    [itsRegion, region],
    [itsAccount, account],
  ].every(([its, own]) => its === undefined || own === undefined || its === own);
  return isHere ? [] : [{ prop, must: SAME_PLACE, got: text, mend: "put a composite beside them" }];
}

function apart({ prop, text }: Reference, named: StackAlarm, alarm: StackAlarm): AlarmFault[] {
  const [place, own] = [placeIn(named.config), placeIn(alarm.config)];
  const isOpen = place === own || [place, own].some((each) => isUnknown(each));
  return isOpen ? [] : [{ prop, must: SAME_PLACE, got: text, mend: "put a composite beside them" }];
}

/** With the names written out, which the configuration alone does not show. */
function long(family: AlarmFamily, alarm: StackAlarm): AlarmFault[] {
  const rule = family.ruleOf(alarm);
  const isNew = isUnknown(alarm.config.alarm_rule) && !isUnknown(rule);
  const must = `have at most ${LIMITS.rule} characters with the names written out`;
  const mend = "shorten the names, or gather some of them under a composite of their own";
  return isNew && rule.length > LIMITS.rule ? [{ prop: "alarm_rule", must, got: rule.length, mend }] : [];
}
